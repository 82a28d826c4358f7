using HotspotInference.Cli.Tests;
using HotspotInference.Heatmaps;
using HotspotInference.Incidents;

[assembly: AssemblyFixture(typeof(HotspotInference.Browser.Tests.MapCity))]

namespace HotspotInference.Browser.Tests;

/// <summary>
/// A made-up city whose kinds and titles try to break out of the page, a model of it, and the maps that the tool makes of both.
/// </summary>
public sealed class MapCity : IDisposable
{
    public const string Breakout = "</script><img src=x onerror=alert(1)>";
    public const int Rows = 14, Columns = 12;

    readonly TemporaryFolder _folder = new();
    readonly Dictionary<DateOnly, HotspotForecast> _forecasts = [];

    public MapCity()
    {
        Expect("simulate", "--days", "240", "--start", "2020-01-01", "--events-per-day", "14", "--centers", "3", "--decimals", "4", "--out", Incidents);
        File.WriteAllText(Incidents, File.ReadAllText(Incidents).Replace(",theft", "," + Breakout, StringComparison.Ordinal));
        Expect("fit", "--incidents", Incidents, "--area", "44.94,-30.08,45.06,-29.92", "--grid", $"{Rows}x{Columns}", "--kinds",
            "<b>t=*; assault", "--from", "2020-01-01", "--to", "2020-08-27", "--train-to", "2020-06-30", "--validate-to", "2020-07-15",
            "--out", Model);
        File.WriteAllText(Outlines, """
            {"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"</script>"},
            "geometry":{"type":"Polygon","coordinates":[[[-30.05,44.95],[-29.95,44.95],[-29.95,45.05],[-30.05,44.95]]]}}]}
            """);
        Expect("map", "--model", Model, "--incidents", Incidents, "--title", Breakout, "--outlines", Outlines, "--out", Map);
        Expect("map", "--incidents", Incidents, "--cadence", "week", "--out", IncidentMap);
        Predictor = HotspotPredictor.Load(Model);
        All = [.. new IncidentReader([Incidents]).Read()];
    }

    public string Incidents => _folder["city.csv"];

    public string Model => _folder["city.onnx"];

    public string Outlines => _folder["outlines.geojson"];

    /// <summary>The days behind the validation, 2020-07-16 to 2020-08-27, and the forecast of the next.</summary>
    public string Map => _folder["map.html"];

    /// <summary>A map without a model.</summary>
    public string IncidentMap => _folder["incidents.html"];

    public HotspotPredictor Predictor { get; }

    public IReadOnlyList<Incident> All { get; }

    public static DateOnly FirstDay => new(2020, 7, 16);

    public const int Days = 43;

    /// <summary>What the library forecasts for a day from the incidents before it.</summary>
    public HotspotForecast Forecast(DateOnly day)
    {
        if (!_forecasts.TryGetValue(day, out HotspotForecast? forecast))
            _forecasts.Add(day, forecast = Predictor.Predict(
                Predictor.CreateState(All.Where(incident => incident.Time < day.ToDateTime(TimeOnly.MinValue)), day.AddDays(-1))));
        return forecast;
    }

    /// <summary>A class's incidents of a day by cell.</summary>
    public float[] Actual(DateOnly day, int classIndex)
    {
        HeatmapSpec spec = Predictor.Heatmaps;
        var builder = new HeatmapBuilder(spec, Periods.PeriodRange.Days(spec.Cadence, day, day));
        builder.AddRange(All);
        var map = new float[spec.MapLength];
        builder.Build().CopyTo(0, map);
        return map[(classIndex * spec.Grid.CellCount)..((classIndex + 1) * spec.Grid.CellCount)];
    }

    public void Dispose()
    {
        Predictor.Dispose();
        _folder.Dispose();
    }

    static void Expect(params string[] args)
    {
        var run = CommandLineRun.Of(args);
        Assert.True(run.ExitCode == 0, run.Error);
    }
}
