using System.Globalization;
using HotspotInference.Forecasts;
using HotspotInference.Rendering;

namespace HotspotInference.Cli;

/// <summary>
/// Writes a forecast into a folder: the risk map as PNG and as ASCII grid, the hot cells and the areas that they make as GeoJSON.
/// </summary>
static class ForecastFiles
{
    /// <returns>The paths written.</returns>
    public static IReadOnlyList<string> Write(
        string folder, HotspotForecast forecast, HotspotSelection hotspots, IEnumerable<Incident>? happened, bool smooth = false)
    {
        string name = Path.Combine(folder, $"forecast-{Time(forecast)}{ClassPart(forecast, hotspots)}");
        string picture = name + ".png", cells = name + ".geojson", areas = name + "-areas.geojson", raster = name + ".asc";
        using (FileStream stream = File.Create(picture))
            RiskMapImage.WritePng(stream, forecast, hotspots, happened, new RiskMapOptions { Smooth = smooth });
        using (FileStream stream = File.Create(cells))
            HotspotGeoJson.Write(stream, forecast, hotspots);
        using (FileStream stream = File.Create(areas))
            HotspotAreas.Write(stream, forecast, hotspots);
        using (FileStream stream = File.Create(raster))
            RiskAsciiGrid.Write(stream, forecast.Grid, forecast.RiskMap(hotspots.Class).Span);
        return [picture, cells, areas, raster];
    }

    /// <summary>Writes several forecasts as one animated picture.</summary>
    /// <returns>The path written.</returns>
    public static string WriteAnimation(string folder, IReadOnlyList<HotspotForecast> forecasts, IReadOnlyList<HotspotSelection> hotspots,
        IReadOnlyCollection<Incident> incidents, bool smooth)
    {
        string path = Path.Combine(folder,
            $"forecast-{Time(forecasts[0])}-to-{Time(forecasts[^1])}{ClassPart(forecasts[0], hotspots[0])}.png");
        using FileStream stream = File.Create(path);
        RiskMapAnimation.WritePng(stream, forecasts, hotspots, incidents, new RiskMapOptions { Smooth = smooth });
        return path;
    }

    static string Time(HotspotForecast forecast) => forecast.PeriodStart.ToString(
        forecast.PeriodStart.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd'T'HHmm", CultureInfo.InvariantCulture);

    static string ClassPart(HotspotForecast forecast, HotspotSelection hotspots) =>
        forecast.Classes.Count == 1 ? "" : "-" + FileName(hotspots.Class);

    static string FileName(string text) => string.Concat(text.Select(character => char.IsAsciiLetterOrDigit(character) ? character : '_'));
}
