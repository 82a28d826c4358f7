using System.Globalization;
using System.Text;

namespace HotspotInference.Rendering;

/// <summary>
/// Writes a map as an ASCII grid (Esri's <c>.asc</c>), which GIS programs read: WGS84 degrees (EPSG:4326), north up. Cells that are not
/// square in degrees have <c>dx</c> and <c>dy</c> instead of <c>cellsize</c>, which GDAL and what is built on it read. Thread-safe.
/// </summary>
public static class RiskAsciiGrid
{
    /// <summary>Writes one map.</summary>
    /// <param name="stream">Receives ASCII.</param>
    /// <param name="grid">The study area and its cells.</param>
    /// <param name="map"><c>[row, column]</c>.</param>
    /// <exception cref="ArgumentException"><paramref name="map"/> has another length.</exception>
    public static void Write(Stream stream, GridSpec grid, ReadOnlySpan<float> map)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(grid);
        Forecasts.Guard.Length(map.Length, grid.CellCount, "rows x columns", nameof(map));
        double dx = (grid.Bounds.East - grid.Bounds.West) / grid.Columns, dy = (grid.Bounds.North - grid.Bounds.South) / grid.Rows;
        using var writer = new StreamWriter(stream, Encoding.ASCII, leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine(Line("ncols", grid.Columns));
        writer.WriteLine(Line("nrows", grid.Rows));
        writer.WriteLine(Line("xllcorner", grid.Bounds.West));
        writer.WriteLine(Line("yllcorner", grid.Bounds.South));
        // Division leaves a hair's difference between sides that are meant to be equal.
        if (Math.Abs(dx - dy) < 1e-9 * dx)
        {
            writer.WriteLine(Line("cellsize", dx));
        }
        else
        {
            writer.WriteLine(Line("dx", dx));
            writer.WriteLine(Line("dy", dy));
        }
        writer.WriteLine("nodata_value -9999");
        for (int row = 0; row < grid.Rows; row++)
        {
            for (int column = 0; column < grid.Columns; column++)
            {
                if (column > 0)
                    writer.Write(' ');
                writer.Write(map[row * grid.Columns + column].ToString("G7", CultureInfo.InvariantCulture));
            }
            writer.WriteLine();
        }
    }

    static string Line(string name, double value) => string.Create(CultureInfo.InvariantCulture, $"{name} {value:R}");
}
