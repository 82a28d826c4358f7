using Microsoft.ML;

namespace HotspotInference.Pipelines;

/// <summary>Makes up the heat maps of periods without data; learns from the column how the maps were made.</summary>
public sealed class HeatmapFillingEstimator : HotspotEstimator<HeatmapFillingTransformer>
{
    internal HeatmapFillingEstimator() : base(Contract()) { }

    internal static StepContract Contract() =>
        new("FillMissingHeatmaps", PeriodRows.Inputs, [PeriodRows.Heatmap(PeriodRows.AnySpec, isFilled: true)]);

    private protected override HeatmapFillingTransformer Learn(IDataView input, StepContract contract) =>
        new(contract, HeatmapAnnotations.Spec(input.Schema));
}
