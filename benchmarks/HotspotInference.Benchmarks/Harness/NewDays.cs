using System.Globalization;
using HotspotInference.Benchmarks.Graphs;
using HotspotInference.Features;
using HotspotInference.Grids;
using HotspotInference.Heatmaps;
using HotspotInference.Incidents;

namespace HotspotInference.Benchmarks.Harness;

/// <summary>
/// What one new day costs a city's state of 64 x 64 cells, with the features of each model and with the most that are fitted by default.
/// </summary>
static class NewDays
{
    const int Side = 64;

    public static void Run(TextWriter output, TimeSpan time)
    {
        var plain = new HeatmapSpec { Grid = new GridSpec(new GeoBounds(41.6, -87.9, 42.1, -87.5), Side, Side) };
        HeatmapSpec four = plain with { Kinds = KindEncoding.Of("a", "b", "c", "d") };
        var cities = new List<(string Name, HeatmapSpec Heatmaps, FeatureSpec Features)>();
        foreach (MeasuredModel model in MeasuredModel.All)
        {
            using HotspotPredictor predictor = HotspotPredictor.Load(model.Content, new HotspotPredictorOptions { Threads = 1 });
            cities.Add((model.Name, predictor.Heatmaps with { Grid = plain.Grid }, predictor.Features));
        }
        cities.Add(("16 maps, extended history, calendar, one class", plain, Everything(plain)));
        cities.Add(("the same, four kinds and any", four, Everything(four)));
        output.WriteLine($"## One new day into a city's state, {Side} x {Side} cells");
        output.WriteLine();
        output.WriteLine("| features | history features | 40 incidents, ms | 400 incidents, ms |");
        output.WriteLine("| --- | --- | --- | --- |");
        // Not looked at: for some hundred days of a process its code is not yet compiled in full.
        Measure(cities[0].Heatmaps, cities[0].Features, time);
        foreach ((string name, HeatmapSpec heatmaps, FeatureSpec features) in cities)
        {
            // One city after the other: a state is some megabytes, and many in turns would take each other's out of the cache.
            IReadOnlyList<Timing> timings = Measure(heatmaps, features, time);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {name} | {features.History?.FeatureCount ?? 0} | {timings[0].Median * 1e3:F3} | {timings[1].Median * 1e3:F3} |"));
        }
    }

    static IReadOnlyList<Timing> Measure(HeatmapSpec heatmaps, FeatureSpec features, TimeSpan time)
    {
        return Interleaved.Run([Day(40), Day(400)], time);

        (string, Action) Day(int incidents) => ($"{incidents}", new City(heatmaps, features, incidents).Append);
    }

    static FeatureSpec Everything(HeatmapSpec heatmaps) => new()
    {
        Maps = new MapWindowSpec { Lags = MapWindowSpec.LastPeriods(16, 1), Channels = heatmaps.Kinds.Classes },
        History = HistorySpec.Extended(heatmaps),
        Calendar = CalendarSpec.Default(heatmaps.Cadence),
    };
}
