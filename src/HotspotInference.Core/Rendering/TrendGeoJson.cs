using System.Text.Json;
using HotspotInference.Trends;

namespace HotspotInference.Rendering;

/// <summary>
/// Writes the analysed cells of a trend analysis as GeoJSON (RFC 7946): a FeatureCollection with one Polygon a cell, WGS84. Thread-safe.
/// </summary>
public static class TrendGeoJson
{
    /// <summary>
    /// Writes an analysis. Properties of a cell: <c>row</c>, <c>column</c>, <c>class</c>, <c>pattern</c> (in words), <c>z</c> and <c>p</c>
    /// (Gi* in the last step), <c>hot_steps</c>, <c>cold_steps</c>, <c>trend_z</c> and <c>trend_p</c> (Mann-Kendall).
    /// </summary>
    /// <param name="stream">Receives UTF-8.</param>
    /// <param name="analysis">The analysis.</param>
    public static void Write(Stream stream, TrendAnalysis analysis)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(analysis);
        using var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        writer.WriteStartObject();
        writer.WriteString("type", "FeatureCollection");
        HotspotGeoJson.WriteBox(writer, [.. Enumerable.Range(0, analysis.Patterns.Length).Where(cell => analysis.IsAnalysed[cell])
            .Select(cell => analysis.Grid.CellBounds(cell / analysis.Grid.Columns, cell % analysis.Grid.Columns))]);
        writer.WriteStartArray("features");
        for (int cell = 0; cell < analysis.Patterns.Length; cell++)
        {
            if (analysis.IsAnalysed[cell])
                WriteCell(writer, analysis, cell);
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    static void WriteCell(Utf8JsonWriter writer, TrendAnalysis analysis, int cell)
    {
        (int row, int column) = Math.DivRem(cell, analysis.Grid.Columns);
        int[] states = [.. Enumerable.Range(0, analysis.Steps.Count).Select(step => analysis.StateOf(step, cell))];
        writer.WriteStartObject();
        writer.WriteString("type", "Feature");
        HotspotGeoJson.WritePolygon(writer, analysis.Grid.CellBounds(row, column));
        writer.WriteStartObject("properties");
        writer.WriteNumber("row", row);
        writer.WriteNumber("column", column);
        writer.WriteString("class", analysis.Class);
        writer.WriteString("pattern", TrendPatterns.NameOf(analysis.Patterns[cell]));
        writer.WriteNumber("z", analysis.ZScores(states.Length - 1)[cell]);
        writer.WriteNumber("p", analysis.PValues(states.Length - 1)[cell]);
        writer.WriteNumber("hot_steps", states.Count(state => state > 0));
        writer.WriteNumber("cold_steps", states.Count(state => state < 0));
        writer.WriteNumber("trend_z", analysis.Trends[cell].Z);
        writer.WriteNumber("trend_p", analysis.Trends[cell].P);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
