using System.Globalization;
using HotspotInference.Grids;

namespace HotspotInference;

/// <summary>
/// A study area divided into rows x columns cells of equal size in degrees. Row 0 is the northern edge, column 0 the
/// western edge. Immutable, compared by value, safe to share between threads.
/// </summary>
public sealed record GridSpec
{
    /// <summary>The largest number of rows or columns.</summary>
    public const int MaximumSide = 4096;

    /// <summary>Divides a study area.</summary>
    /// <param name="bounds">The study area.</param>
    /// <param name="rows">Rows, 1..4096.</param>
    /// <param name="columns">Columns, 1..4096.</param>
    /// <exception cref="HotspotException">Rows or columns are out of range.</exception>
    public GridSpec(GeoBounds bounds, int rows, int columns)
    {
        if (bounds == default)
            throw new HotspotException("grid", "an empty study area", "a rectangle in degrees",
                "Construct the GeoBounds with its four edges.");
        if (rows is < 1 or > MaximumSide || columns is < 1 or > MaximumSide)
            throw new HotspotException("grid", $"{rows} x {columns} cells", $"1 to {MaximumSide} rows and columns",
                "Give the grid as rows x columns.");
        Bounds = bounds;
        Rows = rows;
        Columns = columns;
    }

    /// <summary>The study area.</summary>
    public GeoBounds Bounds { get; }

    /// <summary>Number of rows, north to south.</summary>
    public int Rows { get; }

    /// <summary>Number of columns, west to east.</summary>
    public int Columns { get; }

    /// <summary>Rows times columns.</summary>
    public int CellCount => Rows * Columns;

    /// <summary>North-south size of a cell in metres.</summary>
    public double CellHeightMeters => Bounds.HeightMeters / Rows;

    /// <summary>West-east size of a cell in metres at the middle latitude.</summary>
    public double CellWidthMeters => Bounds.WidthMeters / Columns;

    /// <summary>
    /// Divides a study area into cells that are square in metres. The area grows evenly to both sides until it holds a whole number of
    /// cells, so that nothing is lost and a cell is exactly as large as asked (west-east at the middle latitude).
    /// </summary>
    /// <param name="bounds">The least area to cover.</param>
    /// <param name="cellSizeMeters">Height and width of a cell in metres, above 0.</param>
    /// <exception cref="HotspotException">The size is no positive number, makes more than 4096 rows or columns, or the grown area leaves
    /// the globe.</exception>
    public static GridSpec FromCellSize(GeoBounds bounds, double cellSizeMeters) =>
        GridSuggestion.ForCellSize(bounds, CoordinateLattice.None, cellSizeMeters).Grid;

    /// <summary>How the grid lies on the lattice of a source's coordinates: whether it aliases, and by how much.</summary>
    /// <remarks>
    /// Where cells are not a whole number of lattice steps, some hold more lattice points than others and so more incidents (it cost 7%
    /// of average precision on Washington's gunfire). Where an edge runs through lattice points, rounding decides where they fall.
    /// </remarks>
    public GridAlignment AlignmentOn(CoordinateLattice lattice)
    {
        ArgumentNullException.ThrowIfNull(lattice);
        return new GridAlignment(
            lattice.Latitude is null ? null : AxisAlignment.Of(Bounds.South, Bounds.North, Rows, lattice.Latitude),
            lattice.Longitude is null ? null : AxisAlignment.Of(Bounds.West, Bounds.East, Columns, lattice.Longitude));
    }

    /// <summary>
    /// Finds the cell of a point. The one placing formula of the library, in double: counted from the south,
    /// <c>r = (int)((lat - south) / (north - south) * rows)</c>, and the row is <c>rows - 1 - r</c>; columns likewise from the
    /// west. A point on the northern or eastern edge belongs to the last cell.
    /// </summary>
    /// <returns>False, with row and column 0, for a point outside the study area or not a number.</returns>
    public bool TryPlace(double latitude, double longitude, out int row, out int column)
    {
        if (!Bounds.Contains(latitude, longitude))
        {
            row = column = 0;
            return false;
        }
        int fromSouth = (int)((latitude - Bounds.South) / (Bounds.North - Bounds.South) * Rows);
        int fromWest = (int)((longitude - Bounds.West) / (Bounds.East - Bounds.West) * Columns);
        row = Rows - 1 - Math.Min(fromSouth, Rows - 1);
        column = Math.Min(fromWest, Columns - 1);
        return true;
    }

    /// <summary>Finds the cell of a point as the row-major index <c>row * Columns + column</c>, or -1 outside the study area.</summary>
    public int CellOf(double latitude, double longitude) =>
        TryPlace(latitude, longitude, out int row, out int column) ? row * Columns + column : -1;

    /// <summary>The rectangle of one cell.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The row or column is not in the grid.</exception>
    public GeoBounds CellBounds(int row, int column)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, Rows);
        ArgumentOutOfRangeException.ThrowIfNegative(column);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(column, Columns);
        return new GeoBounds(
            Latitude(Rows - 1 - row), Longitude(column),
            Latitude(Rows - row), Longitude(column + 1));
    }

    /// <summary>The middle of one cell, degrees.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The row or column is not in the grid.</exception>
    public (double Latitude, double Longitude) CellCenter(int row, int column)
    {
        GeoBounds cell = CellBounds(row, column);
        return ((cell.South + cell.North) / 2, (cell.West + cell.East) / 2);
    }

    /// <summary>For example <c>36 x 36 cells of 445 x 347 m in 38.8185,-77.0475,38.9625,-76.9035</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        // To a tenth of a metre.
        $"{Rows} x {Columns} cells of {CellHeightMeters:F0} x {CellWidthMeters:F0} m in "
        + $"{Bounds.South:0.######},{Bounds.West:0.######},{Bounds.North:0.######},{Bounds.East:0.######}");

    // Interpolating between both edges makes the outer edges exact and neighbours share theirs.
    double Latitude(int edge) => edge == Rows ? Bounds.North : Bounds.South + (Bounds.North - Bounds.South) * edge / Rows;

    double Longitude(int edge) => edge == Columns ? Bounds.East : Bounds.West + (Bounds.East - Bounds.West) * edge / Columns;
}
