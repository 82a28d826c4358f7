using System.Globalization;

namespace HotspotInference.Incidents;

/// <summary>
/// Where and when the counts of sparse tensors lie: files of <c>row,col,day,category,count</c>, as the research code ST-HSL (Li et al.
/// 2022) has them, which keep neither dates nor coordinates. Each count becomes that many incidents at the centre of its cell at the start
/// of its day. Immutable.
/// </summary>
public sealed record TensorOptions
{
    /// <summary>The date of day 0 in each source, in the order of the sources: days count from each file's own start.</summary>
    public required IReadOnlyList<DateOnly> FirstDays { get; init; }

    /// <summary>Cells in a degree from south to north, above 0. 37 by default, as in ST-HSL.</summary>
    public double CellsPerDegreeLatitude { get; init; } = 37;

    /// <summary>Cells in a degree from west to east, above 0. 28 by default, as in ST-HSL.</summary>
    public double CellsPerDegreeLongitude { get; init; } = 28;

    /// <summary>
    /// The latitude of the southern edge of row 0, degrees; rows count northwards. 40 by default, a neutral place where the default cells
    /// are nearly square.
    /// </summary>
    public double OriginLatitude { get; init; } = 40;

    /// <summary>The longitude of the western edge of column 0, degrees. 0 by default.</summary>
    public double OriginLongitude { get; init; }

    /// <summary>The middle of a cell, degrees.</summary>
    /// <param name="row">The row, counted from the south.</param>
    /// <param name="column">The column, counted from the west.</param>
    public (double Latitude, double Longitude) CenterOf(int row, int column) =>
        (OriginLatitude + (row + 0.5) / CellsPerDegreeLatitude, OriginLongitude + (column + 0.5) / CellsPerDegreeLongitude);

    internal void Validate()
    {
        if (!(CellsPerDegreeLatitude > 0 && CellsPerDegreeLongitude > 0)
            || !double.IsFinite(CellsPerDegreeLatitude * CellsPerDegreeLongitude))
            throw new HotspotException("tensor cells",
                string.Create(CultureInfo.InvariantCulture, $"{CellsPerDegreeLatitude},{CellsPerDegreeLongitude}"),
                "two numbers of cells in a degree, above 0", "Example: 37,28.");
        if (!(Math.Abs(OriginLatitude) <= 90 && Math.Abs(OriginLongitude) <= 180))
            throw new HotspotException("tensor origin", string.Create(CultureInfo.InvariantCulture, $"{OriginLatitude},{OriginLongitude}"),
                "latitude -90 to 90, longitude -180 to 180", "Example: 41.64,-87.84.");
    }
}
