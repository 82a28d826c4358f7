using Microsoft.ML;
using Microsoft.ML.Data;

namespace HotspotInference.Pipelines;

/// <summary>Enlarges risk maps for pictures.</summary>
public sealed class RiskUpsamplingEstimator : HotspotEstimator<RiskUpsamplingTransformer>
{
    readonly string _output;
    readonly string _input;
    readonly int _factor;

    internal RiskUpsamplingEstimator(string output, string input, int factor) : base(Contract(output, input))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(factor, 1);
        (_output, _input, _factor) = (output, input, factor);
    }

    internal static StepContract Contract(string output, string input) =>
        new("UpsampleRisk", [new InputColumn(input, NumberDataViewType.Single, InputKind.Vector)],
            [new(output, new VectorDataViewType(NumberDataViewType.Single, 1))]);

    private protected override RiskUpsamplingTransformer Learn(IDataView input, StepContract contract) =>
        new(contract, _output, _input, _factor);
}
