using System.Globalization;

namespace HotspotInference.Grids;

/// <summary>
/// A grid that does not alias on the lattice of a source's coordinates: cells are a whole number of lattice steps and edges lie midway
/// between lattice lines. Continuous axes are divided as asked. The area may grow, it never shrinks. Immutable.
/// </summary>
/// <remarks>
/// The reference grid of Washington DC (38.8185..38.9625 N, 77.0475..76.9035 W, 36 x 36) is <see cref="ForSteps"/> with 4 steps over the
/// lattice lines 38.819..38.962 and -77.047..-76.904: 144 lines of 0.001 degree each way. That is why its edges end in 5 at the fourth
/// decimal.
/// </remarks>
/// <param name="Grid">
/// The grid. <see cref="GridSpec.CellHeightMeters"/> and <see cref="GridSpec.CellWidthMeters"/> give the true cell size.
/// </param>
/// <param name="LatitudeSteps">Lattice steps across a row; null where latitudes are continuous.</param>
/// <param name="LongitudeSteps">Lattice steps across a column; null where longitudes are continuous.</param>
/// <param name="Reasons">Why the grid is as it is: a sentence for the rows and one for the columns.</param>
public sealed record GridSuggestion(GridSpec Grid, int? LatitudeSteps, int? LongitudeSteps, IReadOnlyList<string> Reasons)
{
    const string Rows = "rows";
    const string Columns = "columns";

    /// <summary>
    /// Cells of a size in metres. On a lattice the nearest whole number of steps, at least 1; on a continuous axis exactly the size, the
    /// area growing evenly to both sides to hold a whole number of cells.
    /// </summary>
    /// <param name="area">The least area to cover.</param>
    /// <param name="lattice">The lattice of the coordinates.</param>
    /// <param name="cellSizeMeters">Height and width of a cell in metres (west-east at the middle latitude), above 0.</param>
    /// <exception cref="HotspotException">The size is no positive number, makes more than 4096 rows or columns, the grown area leaves the
    /// globe, or the area lies between two lines of the lattice.</exception>
    public static GridSuggestion ForCellSize(GeoBounds area, CoordinateLattice lattice, double cellSizeMeters)
    {
        ArgumentNullException.ThrowIfNull(lattice);
        if (!(cellSizeMeters > 0 && double.IsFinite(cellSizeMeters)))
            throw new HotspotException("cell size", string.Create(CultureInfo.InvariantCulture, $"{cellSizeMeters} m"),
                "a positive number of metres", "Give a size such as 400.");
        return Of(
            Axis(Rows, area.South, area.North, lattice.Latitude, cellSizeMeters / GeoBounds.MetersPerDegreeLatitude),
            Axis(Columns, area.West, area.East, lattice.Longitude,
                cellSizeMeters / GeoBounds.MetersPerDegreeLongitude((area.South + area.North) / 2)));

        static AxisDivision Axis(string axis, double low, double high, AxisLattice? lattice, double size) => lattice is null
            ? AxisDivision.BySize(axis, low, high, size)
            : AxisDivision.OnLattice(axis, low, high, lattice, (int)Math.Clamp(Math.Round(size / lattice.Step), 1, int.MaxValue), null);
    }

    /// <summary>Cells of a number of lattice steps each way; for coordinates that sit on a lattice on both axes.</summary>
    /// <param name="area">The least area to cover.</param>
    /// <param name="lattice">The lattice of the coordinates.</param>
    /// <param name="steps">Lattice steps a cell, at least 1.</param>
    /// <exception cref="HotspotException">An axis is continuous, <paramref name="steps"/> is below 1, there would be more than 4096 rows or
    /// columns, or the area lies between two lines of the lattice.</exception>
    public static GridSuggestion ForSteps(GeoBounds area, CoordinateLattice lattice, int steps)
    {
        ArgumentNullException.ThrowIfNull(lattice);
        if (lattice is not { Latitude: { } latitude, Longitude: { } longitude })
            throw new HotspotException("grid", $"{steps} lattice steps a cell for continuous coordinates",
                "coordinates that sit on a lattice", "Ask for a cell size in metres, or for rows and columns.");
        if (steps < 1)
            throw new HotspotException("grid", $"{steps} lattice steps a cell", "at least 1", "Give a whole number such as 4.");
        return Of(
            AxisDivision.OnLattice(Rows, area.South, area.North, latitude, steps, null),
            AxisDivision.OnLattice(Columns, area.West, area.East, longitude, steps, null));
    }

    /// <summary>
    /// A number of rows and columns. On a lattice the fewest whole steps with which they cover the area, which grows to hold them; a
    /// continuous axis keeps its edges.
    /// </summary>
    /// <param name="area">The least area to cover.</param>
    /// <param name="lattice">The lattice of the coordinates.</param>
    /// <param name="rows">Rows, 1..4096.</param>
    /// <param name="columns">Columns, 1..4096.</param>
    /// <exception cref="HotspotException">Rows or columns are out of range, the grown area leaves the globe, or the area lies between two
    /// lines of the lattice.</exception>
    public static GridSuggestion ForShape(GeoBounds area, CoordinateLattice lattice, int rows, int columns)
    {
        ArgumentNullException.ThrowIfNull(lattice);
        // The grid as asked for refuses what is out of range.
        var plain = new GridSpec(area, rows, columns);
        return Of(
            Axis(Rows, area.South, area.North, lattice.Latitude, plain.Rows),
            Axis(Columns, area.West, area.East, lattice.Longitude, plain.Columns));

        static AxisDivision Axis(string axis, double low, double high, AxisLattice? lattice, int cells) => lattice is null
            ? AxisDivision.ByCount(axis, low, high, cells)
            : AxisDivision.OnLattice(axis, low, high, lattice, null, cells);
    }

    static GridSuggestion Of(AxisDivision rows, AxisDivision columns) => new(
        new GridSpec(new GeoBounds(rows.Low, columns.Low, rows.High, columns.High), rows.Cells, columns.Cells),
        rows.Steps, columns.Steps, [rows.Reason + ".", columns.Reason + "."]);
}
