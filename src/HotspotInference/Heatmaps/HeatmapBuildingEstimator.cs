using HotspotInference.Heatmaps;
using Microsoft.ML;

namespace HotspotInference.Pipelines;

/// <summary>Makes heat maps of incidents; learns the grid where it is not given.</summary>
public sealed class HeatmapBuildingEstimator : HotspotEstimator<HeatmapBuildingTransformer>
{
    readonly GridRule _grid;
    readonly Func<GridSpec, HeatmapSpec> _heatmaps;
    readonly HeatmapRowOptions _options;

    internal HeatmapBuildingEstimator(GridRule grid, Func<GridSpec, HeatmapSpec> heatmaps, HeatmapRowOptions options)
        : base(Contract(options))
    {
        _grid = grid;
        _heatmaps = heatmaps;
        _options = options;
    }

    internal static StepContract Contract(HeatmapRowOptions options) =>
        new("BuildHeatmaps", [.. IncidentRows.Inputs(options.Columns)], PeriodRows.Columns(PeriodRows.AnySpec), KeepsInput: false);

    private protected override HeatmapBuildingTransformer Learn(IDataView input, StepContract contract) =>
        new(contract, _heatmaps(_grid.Learn(input, _options.Columns)), _options);
}
