using Microsoft.ML;

namespace HotspotInference.Pipelines;

/// <summary>Places incidents on a grid; learns the grid where it is not given.</summary>
public sealed class GridCellEstimator : HotspotEstimator<GridCellTransformer>
{
    readonly GridRule _grid;
    readonly IncidentColumns _columns;

    internal GridCellEstimator(GridRule grid, IncidentColumns columns) : base(Contract(columns))
    {
        _grid = grid;
        _columns = columns;
    }

    internal static StepContract Contract(IncidentColumns columns) =>
        new("MapToGridCell", [.. IncidentRows.Inputs(columns, IncidentParts.Point)], GridCellTransformer.Added);

    private protected override GridCellTransformer Learn(IDataView input, StepContract contract) =>
        new(contract, _grid.Learn(input, _columns), _columns);
}
