using System.Globalization;
using System.Text.Json;
using HotspotInference.Forecasts;
using HotspotInference.Grids;
using NetTopologySuite.Algorithm;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Union;

namespace HotspotInference.Cli;

/// <summary>
/// Hot cells that share an edge merged into areas, as GeoJSON (RFC 7946): one Polygon an area, the one with the highest risk first. Cells
/// that only touch at a corner are areas of their own, as a polygon's inside has to be connected.
/// </summary>
static class HotspotAreas
{
    const int Decimals = 7;

    /// <summary>
    /// Writes the areas. Properties: <c>cells</c>, <c>risk_highest</c>, <c>area_km2</c>, <c>class</c>, <c>period_start</c>,
    /// <c>threshold</c>.
    /// </summary>
    public static void Write(Stream stream, HotspotForecast forecast, HotspotSelection hotspots)
    {
        var factory = new GeometryFactory(new PrecisionModel(Math.Pow(10, Decimals)), 4326);
        GridSpec grid = forecast.Grid;
        Geometry union = hotspots.Cells.Count == 0 ? factory.CreatePolygon()
            : UnaryUnionOp.Union(hotspots.Cells.Select(cell => Rectangle(factory, grid.CellBounds(cell.Row, cell.Column))));
        var areas = Enumerable.Range(0, union.IsEmpty ? 0 : union.NumGeometries).Select(i => (Polygon)union.GetGeometryN(i))
            .Select(area => (Area: area,
                Cells: hotspots.Cells.Where(cell => Holds(area, factory, grid.CellCenter(cell.Row, cell.Column))).ToArray()))
            .OrderByDescending(pair => pair.Cells.Max(cell => cell.Risk)).ToArray();

        using var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        writer.WriteStartObject();
        writer.WriteString("type", "FeatureCollection");
        if (areas.Length > 0)
            WriteNumbers(writer, "bbox",
                [union.EnvelopeInternal.MinX, union.EnvelopeInternal.MinY, union.EnvelopeInternal.MaxX, union.EnvelopeInternal.MaxY]);
        writer.WriteStartArray("features");
        foreach ((Polygon area, HotspotCell[] cells) in areas)
        {
            writer.WriteStartObject();
            writer.WriteString("type", "Feature");
            WriteGeometry(writer, area);
            writer.WriteStartObject("properties");
            writer.WriteNumber("cells", cells.Length);
            writer.WriteNumber("risk_highest", cells.Max(cell => cell.Risk));
            writer.WriteNumber("area_km2", Math.Round(cells.Length * grid.CellHeightMeters * grid.CellWidthMeters / 1e6, 4));
            writer.WriteString("class", hotspots.Class);
            writer.WriteString("period_start", forecast.PeriodStart.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture));
            writer.WriteNumber("threshold", hotspots.Threshold.Value);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    // Rounded first, so that neighbours share their edges exactly.
    static Polygon Rectangle(GeometryFactory factory, GeoBounds cell)
    {
        (double west, double south) = (Math.Round(cell.West, Decimals), Math.Round(cell.South, Decimals));
        (double east, double north) = (Math.Round(cell.East, Decimals), Math.Round(cell.North, Decimals));
        return factory.CreatePolygon([new(west, south), new(east, south), new(east, north), new(west, north), new(west, south)]);
    }

    static bool Holds(Polygon area, GeometryFactory factory, (double Latitude, double Longitude) center) =>
        area.Contains(factory.CreatePoint(new Coordinate(center.Longitude, center.Latitude)));

    static void WriteGeometry(Utf8JsonWriter writer, Polygon area)
    {
        writer.WriteStartObject("geometry");
        writer.WriteString("type", "Polygon");
        writer.WriteStartArray("coordinates");
        WriteRing(writer, area.Shell, isCounterClockwise: true);
        foreach (LinearRing hole in area.Holes)
            WriteRing(writer, hole, isCounterClockwise: false);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    // RFC 7946, 3.1.6: the inside lies to the left. Corners of cells along a straight side are left out.
    static void WriteRing(Utf8JsonWriter writer, LinearRing ring, bool isCounterClockwise)
    {
        Coordinate[] points = ring.Coordinates[..^1];
        if (Orientation.IsCCW(ring.Coordinates) != isCounterClockwise)
            Array.Reverse(points);
        Coordinate[] corners = [.. points.Where((point, i) =>
        {
            (Coordinate before, Coordinate after) = (points[(i + points.Length - 1) % points.Length], points[(i + 1) % points.Length]);
            return !(before.X == point.X && point.X == after.X) && !(before.Y == point.Y && point.Y == after.Y);
        })];
        writer.WriteStartArray();
        foreach (Coordinate corner in corners.Append(corners[0]))
            WriteNumbers(writer, null, [corner.X, corner.Y]);
        writer.WriteEndArray();
    }

    static void WriteNumbers(Utf8JsonWriter writer, string? name, ReadOnlySpan<double> numbers)
    {
        if (name is not null)
            writer.WritePropertyName(name);
        writer.WriteStartArray();
        foreach (double number in numbers)
            writer.WriteNumberValue(Math.Round(number, Decimals));
        writer.WriteEndArray();
    }
}
