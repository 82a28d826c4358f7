using System.Globalization;
using System.Text.Json;
using HotspotInference.Forecasts;
using HotspotInference.Grids;

namespace HotspotInference.Rendering;

/// <summary>
/// Writes hot cells as GeoJSON (RFC 7946): a FeatureCollection with one Polygon a cell, WGS84 longitude and latitude of 7
/// decimals (1 cm), rings closed and counter-clockwise. Thread-safe.
/// </summary>
public static class HotspotGeoJson
{
    const int Decimals = 7;

    /// <summary>
    /// Writes a selection, the highest risk first. Properties of a cell: <c>row</c>, <c>column</c>, <c>risk</c>, <c>level</c> (in
    /// words), <c>class</c>, <c>period_start</c> (ISO, wall-clock), <c>threshold</c>, <c>threshold_source</c>, and <c>kinds</c>, the
    /// probability of each kind given an incident, where the forecast has it.
    /// </summary>
    /// <param name="stream">Receives UTF-8.</param>
    /// <param name="forecast">The forecast.</param>
    /// <param name="hotspots">Its hot cells.</param>
    /// <exception cref="HotspotException">The forecast lacks the selection's class.</exception>
    public static void Write(Stream stream, HotspotForecast forecast, HotspotSelection hotspots)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(forecast);
        ArgumentNullException.ThrowIfNull(hotspots);
        RiskLevels levels = forecast.Levels(hotspots.Class);
        using var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        writer.WriteStartObject();
        writer.WriteString("type", "FeatureCollection");
        writer.WriteStartArray("features");
        foreach (HotspotCell cell in hotspots.Cells)
        {
            writer.WriteStartObject();
            writer.WriteString("type", "Feature");
            WritePolygon(writer, forecast.Grid.CellBounds(cell.Row, cell.Column));
            writer.WriteStartObject("properties");
            writer.WriteNumber("row", cell.Row);
            writer.WriteNumber("column", cell.Column);
            writer.WriteNumber("risk", cell.Risk);
            writer.WriteString("level", RiskLevels.NameOf(levels[cell.Row, cell.Column]));
            writer.WriteString("class", hotspots.Class);
            writer.WriteString("period_start", forecast.PeriodStart.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture));
            writer.WriteNumber("threshold", hotspots.Threshold.Value);
            writer.WriteString("threshold_source", hotspots.Threshold.Source.ToString().ToLowerInvariant());
            WriteKinds(writer, forecast.KindsOf(cell.Row, cell.Column));
            writer.WriteEndObject();
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    static void WriteKinds(Utf8JsonWriter writer, IReadOnlyList<KindProbability> kinds)
    {
        if (kinds.Count == 0)
            return;
        writer.WriteStartObject("kinds");
        foreach (KindProbability kind in kinds)
            writer.WriteNumber(kind.Kind, Math.Round(kind.Probability, 6));
        writer.WriteEndObject();
    }

    internal static void WritePolygon(Utf8JsonWriter writer, GeoBounds cell)
    {
        writer.WriteStartObject("geometry");
        writer.WriteString("type", "Polygon");
        writer.WriteStartArray("coordinates");
        writer.WriteStartArray();
        WritePosition(writer, cell.West, cell.South);
        WritePosition(writer, cell.East, cell.South);
        WritePosition(writer, cell.East, cell.North);
        WritePosition(writer, cell.West, cell.North);
        WritePosition(writer, cell.West, cell.South);
        writer.WriteEndArray();
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    static void WritePosition(Utf8JsonWriter writer, double longitude, double latitude)
    {
        writer.WriteStartArray();
        writer.WriteNumberValue(Math.Round(longitude, Decimals));
        writer.WriteNumberValue(Math.Round(latitude, Decimals));
        writer.WriteEndArray();
    }
}
