using System.Net;
using System.Security.Cryptography;
using System.Text;
using HotspotInference.Rendering;

namespace HotspotInference.Cli.Map;

/// <summary>
/// Writes a map as one HTML file that needs nothing else. What comes from data is JSON in script elements that do not run, and the page's
/// policy lets only the scripts run that are its own, known by their hashes, and nothing be fetched but the tiles that were asked for.
/// </summary>
static class MapPage
{
    // In the order of their needs.
    static readonly string[] s_scripts =
    [
        "data.js", "frames.js", "scores.js", "colors.js", "layer.js", "cell.js", "legend.js", "scene.js", "words.js", "app.js",
        "controls.js", "keyboard.js", "main.js",
    ];

    /// <summary>Writes the page.</summary>
    public static void Write(Stream stream, MapData data, MapPageSettings settings)
    {
        string leaflet = PageAssets.Read("leaflet.js").Replace("//# sourceMappingURL=leaflet.js.map", "", StringComparison.Ordinal);
        string script = string.Join('\n', s_scripts.Select(PageAssets.Read));
        string images = settings.Tiles is { } tiles ? $" {tiles.Source}" : "";
        string policy = $"default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'unsafe-inline'; img-src data:{images}; "
            + $"script-src {Hash(leaflet)} {Hash(script)}";
        Text(stream, $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="{policy}">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{WebUtility.HtmlEncode(data.Title)}</title>
            <!--
            Leaflet: {PageAssets.Read("leaflet-license")}
            -->
            <style>{PageAssets.Read("leaflet.css")}</style>
            <style>{PageAssets.Read("map.css")}</style>
            </head>
            <body>
            {PageAssets.Read("page.html")}
            <script type="application/json" id="map-data">
            """);
        data.Write(stream);
        Text(stream, "</script>\n<script type=\"application/json\" id=\"map-settings\">");
        settings.Write(stream);
        Text(stream, $"</script>\n<script>{leaflet}</script>\n<script>{script}</script>\n</body>\n</html>\n");
    }

    static string Hash(string script) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)))}'";

    static void Text(Stream stream, string text) => stream.Write(Encoding.UTF8.GetBytes(text));
}
