using System.Text.Json;

namespace HotspotInference.Cli.Map;

/// <summary>How a map page begins, and what lies behind the cells.</summary>
/// <param name="Percentile">The percentile above which cells are hot at first.</param>
/// <param name="Outlines">Lines to draw, each of longitudes and latitudes.</param>
/// <param name="Tiles">Where a background map comes from; null for none.</param>
sealed record MapPageSettings(double Percentile, IReadOnlyList<IReadOnlyList<(double Longitude, double Latitude)>> Outlines,
    TileSource? Tiles)
{
    const int Decimals = 6;

    /// <summary>Writes them as JSON without a character that ends a script element.</summary>
    public void Write(Stream stream)
    {
        using var writer = new Utf8JsonWriter(stream);
        writer.WriteStartObject();
        writer.WriteNumber("percentile", Percentile);
        writer.WriteString("tiles", Tiles?.Address);
        writer.WriteString("attribution", Tiles?.Attribution);
        writer.WriteStartArray("outlines");
        foreach (IReadOnlyList<(double Longitude, double Latitude)> line in Outlines)
        {
            writer.WriteStartArray();
            foreach ((double longitude, double latitude) in line)
            {
                writer.WriteStartArray();
                writer.WriteNumberValue(Math.Round(longitude, Decimals));
                writer.WriteNumberValue(Math.Round(latitude, Decimals));
                writer.WriteEndArray();
            }
            writer.WriteEndArray();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
