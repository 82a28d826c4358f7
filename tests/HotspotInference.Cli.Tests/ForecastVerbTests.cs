using System.Text.Json;
using HotspotInference.Features;
using HotspotInference.Incidents;
using HotspotInference.Onnx;
using HotspotInference.Prediction;
using HotspotInference.Tests.Rendering;

namespace HotspotInference.Cli.Tests;

public sealed class ForecastVerbTests(SmallCity city)
{
    CommandLineRun Forecast(TemporaryFolder folder, params string[] options) => ForecastOf(folder, city.Incidents, options);

    CommandLineRun ForecastOf(TemporaryFolder folder, string incidents, params string[] options) =>
        CommandLineRun.Of(["forecast", "--model", city.Model, "--incidents", incidents, "--out", folder["out"], .. options]);

    static JsonElement First(CommandLineRun run) => run.Json.GetProperty("forecasts")[0];

    [Fact]
    public void Default_is_the_day_behind_the_last_incident()
    {
        using var folder = new TemporaryFolder();

        var run = Forecast(folder, "--json");

        Assert.Equal("2020-08-28T00:00:00", run.Json.GetProperty("known_until").GetString());
        Assert.Equal(("2020-08-28T00:00:00", 1),
            (First(run).GetProperty("start").GetString(), First(run).GetProperty("horizon").GetInt32()));
        Assert.Equal("validation", First(run).GetProperty("threshold_source").GetString());
    }

    [Fact]
    public void Picture_and_cells_are_written_and_hold_the_hotspots()
    {
        using var folder = new TemporaryFolder();

        JsonElement forecast = First(Forecast(folder, "--at", "2020-08-10", "--percentile", "90", "--json"));

        string[] files = [.. forecast.GetProperty("files").EnumerateArray().Select(file => file.GetString()!)];
        Assert.Equal([.. new[] { ".png", ".geojson", "-areas.geojson", ".asc" }.Select(end => folder["out/forecast-2020-08-10" + end])], files);
        Assert.True(new PngReader(File.ReadAllBytes(files[0])) is { Width: > 100, Height: > 100 });
        JsonElement collection = JsonDocument.Parse(File.ReadAllText(files[1])).RootElement;
        Assert.Equal("FeatureCollection", collection.GetProperty("type").GetString());
        JsonElement[] hot = [.. forecast.GetProperty("hotspots").EnumerateArray()];
        Assert.NotEmpty(hot);
        Assert.Equal(hot.Length, collection.GetProperty("features").GetArrayLength());
        Assert.All(hot, cell => Assert.True(cell.GetProperty("risk").GetDouble() > forecast.GetProperty("threshold").GetDouble()));
        // The ring of each feature is around the middle of its cell.
        Assert.All(hot.Zip(collection.GetProperty("features").EnumerateArray()), pair =>
        {
            double[][] ring = [.. pair.Second.GetProperty("geometry").GetProperty("coordinates")[0].EnumerateArray()
                .Select(point => new[] { point[0].GetDouble(), point[1].GetDouble() })];
            Assert.Equal(pair.First.GetProperty("longitude").GetDouble(),
                (ring.Min(point => point[0]) + ring.Max(point => point[0])) / 2, 1e-5);
            Assert.Equal(pair.First.GetProperty("latitude").GetDouble(),
                (ring.Min(point => point[1]) + ring.Max(point => point[1])) / 2, 1e-5);
        });
    }

    [Fact]
    public void Several_periods_are_an_animation_too()
    {
        using var folder = new TemporaryFolder();

        var run = Forecast(folder, "--at", "2020-08-10", "--horizon", "3", "--json");

        string file = run.Json.GetProperty("animation").GetString()!;
        Assert.Equal(folder["out/forecast-2020-08-10-to-2020-08-12.png"], file);
        Assert.True(new PngReader(File.ReadAllBytes(file)).Width > 100);
        Assert.Contains("acTL", System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(file)), StringComparison.Ordinal);
    }

    [Fact]
    public void Forecast_sees_nothing_from_its_day_on()
    {
        using var folder = new TemporaryFolder();
        // One stray report on the day itself says that the days before are known.
        string file = folder.Write("a.csv",
            [city.Header, .. city.Reports.Where(report => report.Time < new DateTime(2020, 8, 10)).Select(report => report.Row),
            "2020-08-10 00:00:00,45,-30,theft"]);

        Assert.Equal(First(Forecast(folder, "--at", "2020-08-10", "--json")).GetProperty("hotspots").GetRawText(),
            First(ForecastOf(folder, file, "--at", "2020-08-10", "--json")).GetProperty("hotspots").GetRawText());
    }

    [Fact]
    public void Day_after_quiet_days_can_be_forecast_where_later_reports_show_that_they_are_known()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("a.csv", [city.Header,
            .. city.Reports.Where(report => report.Time < new DateTime(2020, 8, 5) || report.Time >= new DateTime(2020, 8, 12))
            .Select(report => report.Row)]);

        Assert.Equal("2020-08-10T00:00:00",
            First(ForecastOf(folder, file, "--at", "2020-08-10", "--json")).GetProperty("start").GetString());
    }

    [Fact]
    public void Horizon_writes_the_files_of_as_many_periods()
    {
        using var folder = new TemporaryFolder();

        var run = Forecast(folder, "--horizon", "4");

        Assert.Equal(0, run.ExitCode);
        string[] names = [.. Enumerable.Range(28, 4).SelectMany(day =>
            new[] { "-areas.geojson", ".asc", ".geojson", ".png" }.Select(end => $"forecast-2020-08-{day}{end}"))];
        Assert.Equal(names.Append("forecast-2020-08-28-to-2020-08-31.png").Order(StringComparer.Ordinal),
            Directory.GetFiles(folder["out"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Contains("2020-08-31 00:00 .. 2020-09-01 00:00, class any", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Higher_percentile_flags_a_part_of_what_a_lower_one_flags()
    {
        using var folder = new TemporaryFolder();

        HashSet<string> Hot(string percentile) =>
            [.. First(Forecast(folder, "--percentile", percentile, "--json")).GetProperty("hotspots").EnumerateArray()
            .Select(cell => cell.GetRawText())];

        HashSet<string> some = Hot("97"), many = Hot("88");
        Assert.True(some.Count > 0 && some.IsProperSubsetOf(many));
    }

    [Fact]
    public void Class_chooses_the_map_and_names_the_files()
    {
        using var folder = new TemporaryFolder();

        CommandLineRun Of(params string[] options) =>
            CommandLineRun.Of(["forecast", "--model", city.KindsModel, "--incidents", city.Incidents, "--out", folder["out"], .. options]);

        Assert.Equal("any", First(Of("--json")).GetProperty("class").GetString());
        Assert.Equal("theft", First(Of("--class", "theft", "--json")).GetProperty("class").GetString());
        Assert.True(File.Exists(folder["out/forecast-2020-08-28-theft.png"]));
        Refusals.Failure(Of("--class", "piracy", "--quiet"), "class: 'piracy'; expected one of theft, other, any");
    }

    [Fact]
    public void Kind_of_an_incident_is_told_where_the_model_gives_it()
    {
        using var folder = new TemporaryFolder();
        WriteModelWithKinds(folder["kinds.onnx"]);
        CommandLineRun Of(params string[] options) => CommandLineRun.Of(
            ["forecast", "--model", folder["kinds.onnx"], "--incidents", city.Incidents, "--out", folder["out"], "--percentile", "0", .. options]);

        CommandLineRun shown = Of();
        JsonElement cell = First(Of("--json")).GetProperty("hotspots")[0];

        Assert.Contains("kind of an incident", shown.Output, StringComparison.Ordinal);
        Assert.Contains("other 0.75, theft 0.25", shown.Output, StringComparison.Ordinal);
        Assert.Equal((0.25, 0.75), (cell.GetProperty("kinds").GetProperty("theft").GetDouble(), cell.GetProperty("kinds").GetProperty("other").GetDouble()));
        Assert.False(First(Forecast(folder, "--json")).GetProperty("hotspots")[0].TryGetProperty("kinds", out _));
    }

    // The last map says where; every fourth incident is a theft.
    void WriteModelWithKinds(string path)
    {
        using var small = HotspotPredictor.Load(city.Model);
        KindEncoding kinds = KindEncoding.Parse("theft=theft other=*");
        var metadata = new ModelMetadata
        {
            Architecture = "kinds",
            Name = "kinds",
            Heatmaps = small.Heatmaps with { Kinds = kinds },
            Features = new FeatureSpec { Maps = new MapWindowSpec { Lags = [1], Channels = kinds.Classes } },
            Classes = kinds.Classes,
        };
        var graph = new OnnxGraphBuilder("kinds");
        OnnxValue map = graph.Gather(graph.Input("maps", "batch", 1, 3, "row", "column"), 0, 1);
        OnnxValue zeros = graph.Mul(graph.Gather(map, graph.Integers(0, 1), 1), graph.Scalar(0));
        graph.Output("risk", graph.Mul(graph.Tanh(graph.Add(map, graph.Scalar(1))), graph.Scalar(0.5f)), "batch", 3, "row", "column");
        graph.Output("kind", graph.Add(zeros, graph.Constant("shares", [0.25f, 0.75f], 2, 1, 1)), "batch", 2, "row", "column");
        graph.Metadata[ModelMetadata.Key] = metadata.ToJson();
        graph.Save(path);
    }

    [Fact]
    public void Standard_input_and_several_files_give_what_one_file_gives()
    {
        using var folder = new TemporaryFolder();
        string early = folder.Write("early.csv",
            [city.Header, .. city.Reports.Where(report => report.Time.Month < 4).Select(report => report.Row)]);
        string late = folder.Write("late.csv", ["Date Time,lat,lon", .. city.Reports.Where(report => report.Time.Month >= 4)
            .Select(report => string.Join(',', report.Row.Split(',')[..3]))]);
        string expected = First(Forecast(folder, "--json")).GetProperty("hotspots").GetRawText();

        Assert.Equal(expected, First(ForecastOf(folder, early, "--incidents", late, "--json")).GetProperty("hotspots").GetRawText());
        var piped = CommandLineRun.WithInput(File.ReadAllText(city.Incidents), "forecast", "--model", city.Model, "--incidents", "-",
            "--out", folder["out"], "--json");
        Assert.Equal(expected, First(piped).GetProperty("hotspots").GetRawText());
    }

    [Fact]
    public void Margin_that_is_ignored_is_never_hot()
    {
        using var folder = new TemporaryFolder();

        JsonElement forecast = First(Forecast(folder, "--ignore-margin", "4", "--percentile", "50", "--json"));

        Assert.All(forecast.GetProperty("hotspots").EnumerateArray(), cell => Assert.True(
            cell.GetProperty("row").GetInt32() is >= 4 and < SmallCity.Rows - 4 && cell.GetProperty("column").GetInt32() is >= 4
            and < SmallCity.Columns - 4));
    }

    [Fact]
    public void Day_past_the_last_known_data_is_a_failure_that_names_the_date()
    {
        using var folder = new TemporaryFolder();

        Refusals.Failure(Forecast(folder, "--at", "2020-09-15"), "--at: 2020-09-15, with incidents known until 2020-08-27",
            "up to 2020-08-28");
    }

    [Fact]
    public void Day_that_begins_no_period_is_a_failure_that_names_one()
    {
        using var folder = new TemporaryFolder();
        CommandLineRun.Of([.. city.Fit(folder["week.onnx"]), "--cadence", "week"]);

        // 2020-08-05 is a Wednesday.
        Refusals.Failure(CommandLineRun.Of("forecast", "--model", folder["week.onnx"], "--incidents", city.Incidents, "--at", "2020-08-05",
            "--out", folder["out"]),
            "forecast: from 2020-08-05 on; expected the start of a week, such as 2020-08-10");
        // The incidents end on Thursday the 27th.
        var run = CommandLineRun.Of("forecast", "--model", folder["week.onnx"], "--incidents", city.Incidents, "--out",
            folder["out"], "--json");
        Assert.Equal("2020-08-31T00:00:00", First(run).GetProperty("start").GetString());
        Assert.Contains("The incidents end 2020-08-27: the week that ends 2020-08-30 is taken as complete.", run.Error,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--horizon: '-1'; expected at least 1", "--horizon", "-1")]
    [InlineData("--percentile: '101'; expected 0 to 100", "--percentile", "101")]
    [InlineData("--threshold: 'luck'; expected one of percentile, selected", "--threshold", "luck")]
    [InlineData("--percentile: given with --threshold selected", "--threshold", "selected", "--percentile", "90")]
    [InlineData("--ignore-margin: given with --threshold selected", "--threshold", "selected", "--ignore-margin", "1")]
    [InlineData("--threads: '0'; expected a whole number of at least 1", "--threads", "0")]
    [InlineData("--ignore-margin: '-1'; expected at least 0", "--ignore-margin", "-1")]
    [InlineData("--at: '2020-02-31'; expected a day of the calendar", "--at", "2020-02-31")]
    [InlineData("--device: 'tpu'; expected one of cpu, cuda", "--device", "tpu")]
    public void Option_that_cannot_be_used_is_bad_usage(string expected, params string[] options)
    {
        using var folder = new TemporaryFolder();

        Refusals.BadUsage(Forecast(folder, options), expected);
    }

    [Fact]
    public void Folder_that_cannot_be_made_is_a_failure()
    {
        using var folder = new TemporaryFolder();
        string inFile = Path.Combine(folder.Write("file"), "out");

        Refusals.Failure(CommandLineRun.Of("forecast", "--model", city.Model, "--incidents", city.Incidents, "--out", inFile, "--quiet"),
            "--out: '", "cannot be made");
    }
}
