using System.Globalization;
using HotspotInference.Benchmarks.Graphs;
using HotspotInference.Features;
using HotspotInference.Grids;
using HotspotInference.Heatmaps;
using HotspotInference.Incidents;

namespace HotspotInference.Benchmarks.Harness;

/// <summary>What one new day of 400 incidents costs a city's state of 64 x 64 cells, with the features of each model and with the most that are fitted by default.</summary>
static class NewDays
{
    const int Side = 64, IncidentsADay = 400;

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
        IReadOnlyList<Timing> timings = Interleaved.Run(
            [.. cities.Select(city => (city.Name, (Action)new City(city.Heatmaps, city.Features, IncidentsADay).Append))], time * cities.Count);
        output.WriteLine($"## One new day of {IncidentsADay} incidents into a city's state, {Side} x {Side} cells");
        output.WriteLine();
        output.WriteLine("| features | history features | ms |");
        output.WriteLine("| --- | --- | --- |");
        foreach (((string name, _, FeatureSpec features), Timing timing) in cities.Zip(timings))
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {features.History?.FeatureCount ?? 0} | {timing.Median * 1e3:F3} |"));
    }

    static FeatureSpec Everything(HeatmapSpec heatmaps) => new()
    {
        Maps = new MapWindowSpec { Lags = MapWindowSpec.LastPeriods(16, 1), Channels = heatmaps.Kinds.Classes },
        History = HistorySpec.Extended(heatmaps),
        Calendar = CalendarSpec.Default(heatmaps.Cadence),
    };
}
