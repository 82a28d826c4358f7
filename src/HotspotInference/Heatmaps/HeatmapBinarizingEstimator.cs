using Microsoft.ML;
using Microsoft.ML.Data;

namespace HotspotInference.Pipelines;

/// <summary>Turns counts into ones and zeros.</summary>
public sealed class HeatmapBinarizingEstimator : HotspotEstimator<HeatmapBinarizingTransformer>
{
    readonly string _output;
    readonly string _input;
    readonly float _threshold;

    internal HeatmapBinarizingEstimator(string output, string input, float threshold) : base(Contract(output, input))
    {
        if (!(threshold > 0))
            throw new ArgumentOutOfRangeException(nameof(threshold), threshold,
                "Expected a number above 0: with any other every cell would be 1.");
        (_output, _input, _threshold) = (output, input, threshold);
    }

    internal static StepContract Contract(string output, string input) => new("BinarizeHeatmaps",
        [new InputColumn(input, NumberDataViewType.Single, InputKind.Vector)],
        [new(output, new VectorDataViewType(NumberDataViewType.Single, 1))]);

    private protected override HeatmapBinarizingTransformer Learn(IDataView input, StepContract contract) =>
        new(contract, _output, _input, _threshold);
}
