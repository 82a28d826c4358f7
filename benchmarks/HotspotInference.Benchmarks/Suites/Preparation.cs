using HotspotInference.Features;
using HotspotInference.Heatmaps;
using HotspotInference.Incidents;

namespace HotspotInference.Benchmarks.Suites;

/// <summary>
/// A file of incidents to every window of 16 daily maps, copied out one after the other; says how many incidents lie in the grid.
/// </summary>
static class Preparation
{
    public static long Run(string file, GridSpec grid, ref float[] window)
    {
        var builder = new HeatmapBuilder(new HeatmapSpec { Grid = grid });
        foreach (Incident incident in new IncidentReader(file).Read())
            builder.Add(incident);
        HeatmapSeries series = builder.Build();
        IReadOnlyList<string> classes = series.Spec.Kinds.Classes;
        var windows = new HeatmapWindows(series, new MapWindowSpec { Lags = MapWindowSpec.LastPeriods(16, 1), Channels = classes });
        if (window.Length != windows.WindowLength)
            window = new float[windows.WindowLength];
        foreach (long target in windows.Targets(series.Periods).Periods)
            windows.CopyWindow(target, window);
        return builder.Report.Placed;
    }
}
