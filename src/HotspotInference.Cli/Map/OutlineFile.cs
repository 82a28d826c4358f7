using System.Text.Json;

namespace HotspotInference.Cli.Map;

/// <summary>Reads the lines and the rims of areas out of a GeoJSON file (RFC 7946). Names and other properties are not looked at.</summary>
static class OutlineFile
{
    // Deeper than any geometry of a geometry collection needs.
    const int MostDepth = 64;

    /// <summary>The lines of a file, each of longitudes and latitudes.</summary>
    /// <exception cref="HotspotException">It is no GeoJSON, or has no line.</exception>
    public static IReadOnlyList<IReadOnlyList<(double Longitude, double Latitude)>> Read(string path)
    {
        var lines = new List<IReadOnlyList<(double, double)>>();
        try
        {
            using FileStream stream = File.OpenRead(path);
            using var document = JsonDocument.Parse(stream, new JsonDocumentOptions { MaxDepth = MostDepth });
            Collect(document.RootElement, lines);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw Unusable(path, "a file that cannot be read as GeoJSON", e);
        }
        return lines.Count > 0 ? lines : throw Unusable(path, "no line or area", null);
    }

    static void Collect(JsonElement element, List<IReadOnlyList<(double, double)>> lines)
    {
        // An area's rings are lines; what has no length is not drawn.
        switch (element.GetProperty("type").GetString())
        {
            case "FeatureCollection":
                Each(element.GetProperty("features"), feature => Collect(feature, lines));
                break;
            case "Feature":
                if (element.GetProperty("geometry") is { ValueKind: JsonValueKind.Object } geometry)
                    Collect(geometry, lines);
                break;
            case "GeometryCollection":
                Each(element.GetProperty("geometries"), part => Collect(part, lines));
                break;
            case "LineString":
                lines.Add(Line(element.GetProperty("coordinates")));
                break;
            case "MultiLineString" or "Polygon":
                Each(element.GetProperty("coordinates"), line => lines.Add(Line(line)));
                break;
            case "MultiPolygon":
                Each(element.GetProperty("coordinates"), polygon => Each(polygon, ring => lines.Add(Line(ring))));
                break;
            case "Point" or "MultiPoint":
                break;
            case var type:
                throw new FormatException($"The type '{type}' is none of GeoJSON.");
        }
    }

    static void Each(JsonElement array, Action<JsonElement> visit)
    {
        foreach (JsonElement element in array.EnumerateArray())
            visit(element);
    }

    static List<(double, double)> Line(JsonElement positions) =>
        [.. positions.EnumerateArray().Select(position => (Degrees(position[0], 180), Degrees(position[1], 90)))];

    static double Degrees(JsonElement number, double most) => number.GetDouble() is var value && Math.Abs(value) <= most ? value
        : throw new FormatException($"{value} is no longitude and latitude in degrees.");

    static HotspotException Unusable(string path, string found, Exception? reason) => new(path,
        reason is null ? found : $"{found} ({reason.Message})", "GeoJSON with lines or areas in WGS84 longitude and latitude",
        "Convert it, for example with: ogr2ogr -f GeoJSON -t_srs EPSG:4326 -lco RFC7946=YES out.geojson in.shp.", reason);
}
