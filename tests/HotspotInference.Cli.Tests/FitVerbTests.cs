using System.Text.Json;
using HotspotInference.Features;

namespace HotspotInference.Cli.Tests;

public sealed class FitVerbTests(SmallCity city)
{
    [Fact]
    public void Json_tells_spans_classes_and_shares_that_sum_to_one()
    {
        using var folder = new TemporaryFolder();

        var run = CommandLineRun.Of([.. city.Fit(folder["a.onnx"]), "--kinds", "theft=theft other=*", "--json"]);

        JsonElement json = run.Json;
        Assert.Equal(["theft", "other", "any"],
            json.GetProperty("classes").EnumerateArray().Select(fit => fit.GetProperty("class").GetString()));
        Assert.Equal("2020-06-30", json.GetProperty("training").GetProperty("last").GetString());
        Assert.Equal("2020-07-01", json.GetProperty("validation").GetProperty("first").GetString());
        Assert.All(json.GetProperty("classes").EnumerateArray(), fit =>
            Assert.Equal(1, fit.GetProperty("weights").EnumerateArray().Sum(weight => weight.GetProperty("share").GetDouble()), 1e-6));
        // A city of a constant level: risk is about what happens.
        Assert.InRange(json.GetProperty("classes")[2].GetProperty("calibration").GetDouble(), 0.8, 1.2);
    }

    [Fact]
    public void Likelihood_of_occurrence_has_more_features_and_stays_calibrated()
    {
        using var folder = new TemporaryFolder();

        JsonElement fit = CommandLineRun.Of([.. city.Fit(folder["a.onnx"]), "--likelihood", "occurrence",
            "--json"]).Json.GetProperty("classes")[0];

        Assert.InRange(fit.GetProperty("calibration").GetDouble(), 0.8, 1.2);
        Assert.Equal(1, fit.GetProperty("weights").EnumerateArray().Sum(weight => weight.GetProperty("share").GetDouble()), 1e-6);
        using var predictor = HotspotPredictor.Load(folder["a.onnx"]);
        using var ofCounts = HotspotPredictor.Load(city.Model);
        Assert.Equal([null, 1f, null], new[] { predictor.Features.History! }.Concat(predictor.Features.History!.More)
            .Select(block => block.BinaryThreshold));
        Assert.Equal(HistoryPhase.WeekPart, predictor.Features.History!.More[^1].Phase);
        Assert.Empty(ofCounts.Features.History!.More);
        Refusals.BadUsage(CommandLineRun.Of([.. city.Fit(folder["b.onnx"]), "--likelihood", "any"]), "--likelihood");
    }

    [Fact]
    public void Same_incidents_give_the_same_model_bit_by_bit()
    {
        using var folder = new TemporaryFolder();

        CommandLineRun.Of([.. city.Fit(folder["a.onnx"]), "--name", "city"]);
        CommandLineRun.Of([.. city.Fit(folder["b.onnx"]), "--name", "city"]);

        Assert.Equal(File.ReadAllBytes(folder["a.onnx"]), File.ReadAllBytes(folder["b.onnx"]));
    }

    [Fact]
    public void Spans_left_out_are_a_quarter_of_warm_up_and_a_fifth_of_validation()
    {
        using var folder = new TemporaryFolder();

        var run = CommandLineRun.Of("fit", "--incidents", city.Incidents, "--area", SmallCity.Area, "--grid", "8x8", "--out",
            folder["a.onnx"], "--json");

        // 240 days: 48 for validation from July 11th; of the 192 before, 48 are history alone.
        Assert.Equal("2020-01-01", run.Json.GetProperty("history_from").GetString());
        Assert.Equal("2020-02-18", run.Json.GetProperty("training").GetProperty("first").GetString());
        Assert.Equal("2020-07-11", run.Json.GetProperty("validation").GetProperty("first").GetString());
        Assert.Equal("2020-08-27", run.Json.GetProperty("validation").GetProperty("last").GetString());
    }

    [Theory]
    [InlineData("week")]
    [InlineData("12h")]
    public void Spans_that_meet_within_a_period_are_told_apart(string cadence)
    {
        using var folder = new TemporaryFolder();

        var run = CommandLineRun.Of([.. city.Fit(folder["a.onnx"]), "--cadence", cadence]);
        var scores = CommandLineRun.Of("evaluate", "--model", folder["a.onnx"], "--incidents", city.Incidents,
            "--bootstrap", "0", "--json");

        Assert.True(run.ExitCode == 0, run.Error);
        // 2020-07-31 is a Friday: the first week that is not learnt begins on August 3rd.
        Assert.Equal(cadence == "week" ? "2020-08-03T00:00:00" : "2020-08-01T00:00:00", scores.Json.GetProperty("start").GetString());
        Assert.Equal(0, scores.Json.GetProperty("periods_left_out").GetInt32());
    }

    [Fact]
    public void Declared_gaps_and_days_left_out_are_not_learnt()
    {
        using var folder = new TemporaryFolder();

        int all = CommandLineRun.Of([.. city.Fit(folder["a.onnx"]), "--json"]).Json.GetProperty("periods").GetInt32();
        int fewer = CommandLineRun.Of([.. city.Fit(folder["b.onnx"]), "--gaps", "2020-06-01..2020-06-05", "--exclude-days",
            "06-10..06-12", "--json"])
            .Json.GetProperty("periods").GetInt32();

        Assert.Equal(all - 8, fewer);
    }

    [Fact]
    public void Span_that_is_chosen_is_shown_and_warned_of_where_much_is_lost()
    {
        using var folder = new TemporaryFolder();
        // Twenty-one months of two incidents a day, three quiet ones, then half a year of twelve.
        IEnumerable<string> rows = Enumerable.Range(0, 912).Where(day => day is < 640 or >= 730).SelectMany(day =>
            Enumerable.Range(0, day < 640 ? 2 : 12).Select(i => FormattableString.Invariant(
                $"{new DateTime(2018, 1, 1).AddDays(day).AddHours(i):yyyy-MM-dd HH:mm:ss},{50 + i % 4 * 0.01 + day % 3 * 0.01},{8 + i % 3 * 0.01 + day % 2 * 0.01},theft")));

        var run = CommandLineRun.Of("fit", "--incidents", folder.Write("a.csv", ["timestamp,latitude,longitude,type", .. rows]),
            "--area", "49.99,7.99,50.06,8.05", "--grid", "4x4", "--out", folder["a.onnx"]);

        Assert.Contains("warning: the span is chosen, as the months that reach a fifth of the busiest: 2020-01-01 .. 2020-06-30 holding 2184 incidents, "
            + "1280 (36.95%) outside. Give --from and --to to keep more.", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("coverage=0.1", "coverage", 0, 0.1)]
    [InlineData("miss=0.4", "false_negative_rate", 0, 0.4)]
    // Near 1 / (1 + cost) where risk is calibrated.
    [InlineData("cost=1", "threshold", 0.35, 0.65)]
    [InlineData("cost=9", "threshold", 0.06, 0.15)]
    public void Rule_chooses_the_threshold_that_forecast_then_uses(string rule, string kept, double least, double most)
    {
        using var folder = new TemporaryFolder();

        JsonElement fit = CommandLineRun.Of([.. city.Fit(folder["a.onnx"]), "--threshold-rule", rule, "--json"]).Json;
        JsonElement forecast = CommandLineRun.Of("forecast", "--model", folder["a.onnx"], "--incidents", city.Incidents,
            "--at", "2020-08-01",
            "--threshold", "selected", "--out", folder["out"], "--json").Json.GetProperty("forecasts")[0];

        JsonElement chosen = Assert.Single(fit.GetProperty("thresholds").EnumerateArray());
        Assert.Equal(rule, fit.GetProperty("threshold_rule").GetString());
        Assert.InRange(chosen.GetProperty(kept).GetDouble(), least, most);
        Assert.Equal((chosen.GetProperty("threshold").GetSingle(), "validation"),
            (forecast.GetProperty("threshold").GetSingle(), forecast.GetProperty("threshold_source").GetString()));
        Assert.All(forecast.GetProperty("hotspots").EnumerateArray(), cell =>
            Assert.True(cell.GetProperty("risk").GetSingle() > chosen.GetProperty("threshold").GetSingle()));
    }

    [Fact]
    public void Model_without_validation_has_no_threshold_to_select()
    {
        using var folder = new TemporaryFolder();

        CommandLineRun.Of("fit", "--incidents", city.Incidents, "--area", SmallCity.Area, "--grid", "8x8", "--to", "2020-06-30",
            "--train-to", "2020-06-30",
            "--out", folder["a.onnx"]);

        Refusals.BadUsage(CommandLineRun.Of("forecast", "--model", folder["a.onnx"], "--incidents", city.Incidents,
            "--threshold", "selected",
            "--out", folder["out"]), "--threshold: selected, but the model has none stored.", "--threshold-rule");
    }

    [Theory]
    [InlineData("training: 2020-05-02 to 2020-05-01; expected a last day on or after the first", "--train-from", "2020-05-02",
        "--train-to", "2020-05-01")]
    [InlineData("--validate-to: 2020-05-01; expected a day after the training, which ends 2020-06-30", "--train-to", "2020-06-30",
        "--validate-to", "2020-05-01")]
    [InlineData("--area: south 45.06, north 44.94; expected -90 <= south < north <= 90", "--area",
        "45.06,-29.92,44.94,-30.08", "--grid", "4x4")]
    [InlineData("--grid: '0x5'; expected rows x columns, each 1 to 4096", "--grid", "0x5")]
    [InlineData("--cadence: '7h'", "--cadence", "7h")]
    [InlineData("--exclude-days:", "--exclude-days", "13-01")]
    [InlineData("--gaps:", "--gaps", "2020-02-31")]
    [InlineData("--threshold-rule: 'miss=2'; expected coverage=SHARE", "--threshold-rule", "miss=2")]
    [InlineData("--kinds:", "--kinds", "a=x a=y")]
    [InlineData("time zone: 'Mars/Olympus'", "--time-zone", "Mars/Olympus")]
    public void Option_that_cannot_be_used_is_bad_usage(string expected, params string[] options)
    {
        using var folder = new TemporaryFolder();

        Refusals.BadUsage(CommandLineRun.Of(["fit", "--incidents", city.Incidents, "--out", folder["a.onnx"], .. options]), expected);
        Assert.False(File.Exists(folder["a.onnx"]));
    }

    [Fact]
    public void Training_behind_the_incidents_is_a_failure_that_names_their_span()
    {
        using var folder = new TemporaryFolder();

        Refusals.Failure(CommandLineRun.Of("fit", "--incidents", city.Incidents, "--train-from", "2020-05-01", "--train-to", "2021-05-01",
            "--validate-to", "2021-06-01", "--out", folder["a.onnx"]), "training span: 2020-05-01..2021-05-01", "2020-08-27");
    }

    [Fact]
    public void Span_without_incidents_is_a_failure_that_counts_the_rows()
    {
        using var folder = new TemporaryFolder();

        Refusals.Failure(CommandLineRun.Of("fit", "--incidents", city.Incidents, "--from", "2024-01-01", "--to", "2024-02-01",
            "--out", folder["a.onnx"]),
            "incidents: none left of ", " outside the span");
    }

    [Fact]
    public void Kind_that_never_happened_is_a_failure_that_names_it()
    {
        using var folder = new TemporaryFolder();

        Refusals.Failure(CommandLineRun.Of([.. city.Fit(folder["a.onnx"]), "--kinds", "theft,piracy"]), "class 'piracy'",
            "no incident in the training span");
    }

    [Fact]
    public void Missing_folder_is_refused_before_the_work()
    {
        using var folder = new TemporaryFolder();

        Refusals.Failure(CommandLineRun.Of(city.Fit(folder["missing/a.onnx"])), "--out: '", "in a folder that is missing");
        Refusals.Failure(CommandLineRun.Of(city.Fit(folder[""])), "--out: '", "a folder; expected a file");
    }
}
