using HotspotInference.Grids;
using Microsoft.ML;

namespace HotspotInference.Pipelines;

/// <summary>
/// How a grid is found: given, or learnt from the incidents so that it does not alias on the lattice of their coordinates
/// (<see cref="GridSuggestion"/>). Immutable.
/// </summary>
public sealed class GridRule
{
    readonly Func<IReadOnlyList<Incident>, GridSpec> _find;

    GridRule(Func<IReadOnlyList<Incident>, GridSpec> find) => _find = find;

    internal GridSpec? Known { get; private init; }

    /// <summary>This grid.</summary>
    public static GridRule Given(GridSpec grid)
    {
        ArgumentNullException.ThrowIfNull(grid);
        return new GridRule(_ => grid) { Known = grid };
    }

    /// <summary>Cells of a size in metres (<see cref="GridSuggestion.ForCellSize"/>).</summary>
    /// <param name="cellSizeMeters">Height and width of a cell, above 0.</param>
    /// <param name="area">The study area.</param>
    public static GridRule CellSize(double cellSizeMeters, AreaRule area)
    {
        ArgumentNullException.ThrowIfNull(area);
        return new GridRule(incidents =>
            GridSuggestion.ForCellSize(area.Find(incidents), CoordinateLattice.Detect(incidents), cellSizeMeters).Grid);
    }

    /// <summary>So many rows and columns (<see cref="GridSuggestion.ForShape"/>).</summary>
    /// <param name="rows">Rows, 1..4096.</param>
    /// <param name="columns">Columns, 1..4096.</param>
    /// <param name="area">The study area.</param>
    public static GridRule Shape(int rows, int columns, AreaRule area)
    {
        ArgumentNullException.ThrowIfNull(area);
        return new GridRule(incidents =>
            GridSuggestion.ForShape(area.Find(incidents), CoordinateLattice.Detect(incidents), rows, columns).Grid);
    }

    /// <summary>The grid; reads the incidents only where it is not given.</summary>
    internal GridSpec Learn(IDataView input, IncidentColumns columns) =>
        Known ?? _find(IncidentRows.ReadAll(input, columns, IncidentParts.Point));
}
