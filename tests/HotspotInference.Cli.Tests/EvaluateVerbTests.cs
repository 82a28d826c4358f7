using System.Globalization;
using System.Text.Json;

namespace HotspotInference.Cli.Tests;

public sealed class EvaluateVerbTests(SmallCity city)
{
    static readonly string[] s_coverages = ["0.01", "0.02", "0.05", "0.1"];

    CommandLineRun Evaluate(params string[] options) =>
        CommandLineRun.Of(["evaluate", "--model", city.Model, "--incidents", city.Incidents, "--bootstrap", "20", .. options]);

    [Fact]
    public void Page_holds_the_scores_and_runs_nothing()
    {
        using var folder = new TemporaryFolder();
        CommandLineRun.Of(city.Fit(folder["<i>x.onnx"]));

        var run = CommandLineRun.Of("evaluate", "--model", folder["<i>x.onnx"], "--incidents", city.Incidents, "--bootstrap", "20", "--html",
            folder["page.html"], "--json");

        string page = File.ReadAllText(folder["page.html"]);
        JsonElement model = run.Json.GetProperty("model").GetProperty("classes").GetProperty("any");
        JsonElement precision = model.GetProperty("average_precision");
        string Text(string part) => precision.GetProperty(part).GetDouble().ToString("F4", CultureInfo.InvariantCulture);
        Assert.Contains($"<td>{Text("value")} ({Text("low")}-{Text("high")})</td>", page, StringComparison.Ordinal);
        JsonElement labels = model.GetProperty("labels").GetProperty("96");
        Assert.Contains($"<tr><td>96</td><td>{100 * labels.GetProperty("flagged_share").GetProperty("value").GetDouble():0.##}%</td>"
            + $"<td>{labels.GetProperty("correct_rate").GetProperty("value").GetDouble():F3}</td>", page, StringComparison.Ordinal);
        Assert.Equal(2, page.Split("<svg ").Length - 1);
        Assert.Contains("By the rule coverage=0.05 the model calls a cell hot above a risk of", page, StringComparison.Ordinal);
        Assert.Contains("&lt;i&gt;x", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<i>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Refusals.Failure(Evaluate("--html", folder["missing/page.html"], "--quiet"), "--html: ", "in a folder that is missing");
    }

    [Fact]
    public void Json_holds_every_score_of_the_model_and_of_every_baseline_with_its_interval()
    {
        JsonElement json = Evaluate("--json").Json;

        Assert.Equal(("2020-08-01T00:00:00", "2020-08-28T00:00:00"),
            (json.GetProperty("start").GetString(), json.GetProperty("end").GetString()));
        Assert.Equal((27, 0), (json.GetProperty("periods").GetInt32(), json.GetProperty("periods_left_out").GetInt32()));
        Assert.Equal(SmallCity.Rows * SmallCity.Columns, json.GetProperty("cells").GetInt32());
        Assert.InRange(json.GetProperty("base_rate").GetDouble(), 0.001, 0.5);
        Assert.Equal(["any"], json.GetProperty("classes").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal(["historical average", "EWMA 90 days", "last period"],
            json.GetProperty("baselines").EnumerateArray().Select(baseline => baseline.GetProperty("name").GetString()));
        foreach (JsonElement forecaster in (IEnumerable<JsonElement>)[json.GetProperty("model"),
            .. json.GetProperty("baselines").EnumerateArray()])
        {
            JsonElement scores = forecaster.GetProperty("classes").GetProperty("any");
            Assert.Equal(json.GetProperty("events").GetDouble(), scores.GetProperty("events").GetDouble());
            foreach (string measure in (string[])["hit_rate", "pai", "pei_star"])
                Assert.All(s_coverages, coverage => AssertInterval(scores.GetProperty(measure).GetProperty(coverage)));
            foreach (string measure in (string[])["average_precision", "brier", "log_loss", "ece"])
                AssertInterval(scores.GetProperty(measure));
            foreach (int percentile in Enumerable.Range(85, 15))
            {
                JsonElement labels = scores.GetProperty("labels").GetProperty(percentile.ToString(CultureInfo.InvariantCulture));
                string[] six = ["true_negative", "correct", "false_positive", "false_positive_neighbour", "false_negative",
                    "false_negative_neighbour"];
                Assert.All(six, label => AssertInterval(labels.GetProperty(label)));
                Assert.Equal(27 * SmallCity.Rows * SmallCity.Columns,
                    six.Sum(label => labels.GetProperty(label).GetProperty("value").GetDouble()));
            }
        }

        static void AssertInterval(JsonElement estimate) =>
            Assert.True(estimate.GetProperty("low").GetDouble() <= estimate.GetProperty("high").GetDouble());
    }

    [Fact]
    public void Dump_scored_anew_gives_the_scores_of_the_report()
    {
        using var folder = new TemporaryFolder();

        JsonElement json = Evaluate("--json", "--dump", folder["dump"], "--to", "2020-08-10").Json;

        string[] periods = File.ReadAllLines(Path.Combine(folder["dump"], "periods.csv"));
        Assert.Equal(("index,start,scored", "0,2020-08-01T00:00:00,1", "9,2020-08-10T00:00:00,1"), (periods[0], periods[1], periods[^1]));
        JsonElement grid = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder["dump"], "grid.json"))).RootElement;
        Assert.Equal((44.94, -29.92, SmallCity.Rows, SmallCity.Columns, "day"),
            (grid.GetProperty("south").GetDouble(), grid.GetProperty("east").GetDouble(),
            grid.GetProperty("rows").GetInt32(), grid.GetProperty("columns").GetInt32(), grid.GetProperty("cadence").GetString()));
        string shape = $"(10, 1, {SmallCity.Rows}, {SmallCity.Columns})";
        float[] risk = Npy.Read(Path.Combine(folder["dump"], "risk.npy"), shape),
            actual = Npy.Read(Path.Combine(folder["dump"], "actual.npy"), shape);
        // What happened, counted from the file itself.
        Assert.Equal(city.Reports.Count(report => report.Time >= new DateTime(2020, 8, 1) && report.Time < new DateTime(2020, 8, 11)
            && IsInside(report.Row)), actual.Sum());
        Assert.Equal(actual.Sum(), json.GetProperty("events").GetDouble());

        int cells = SmallCity.Rows * SmallCity.Columns;
        JsonElement scores = json.GetProperty("model").GetProperty("classes").GetProperty("any");
        double hits = Enumerable.Range(0, 10).Sum(period => Enumerable.Range(period * cells, cells).OrderByDescending(cell => risk[cell])
            .Take(cells / 10).Sum(cell => actual[cell]));
        Assert.Equal(hits / actual.Sum(), scores.GetProperty("hit_rate").GetProperty("0.1").GetProperty("value").GetDouble(), 1e-9);
        Assert.Equal(AveragePrecision(risk, actual), scores.GetProperty("average_precision").GetProperty("value").GetDouble(), 1e-9);
        Assert.Equal(risk.Zip(actual, (p, n) => Math.Pow(p - (n > 0 ? 1 : 0), 2)).Average(),
            scores.GetProperty("brier").GetProperty("value").GetDouble(), 1e-7);
    }

    [Fact]
    public void Table_fits_80_columns_and_json_in_a_file_stands_beside_it()
    {
        using var folder = new TemporaryFolder();

        var run = Evaluate("--json", folder["scores.json"]);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("historical average", run.Output, StringComparison.Ordinal);
        Assert.All(run.Output.Split('\n').Where(line => !line.StartsWith("Class ", StringComparison.Ordinal)),
            line => Assert.InRange(line.TrimEnd().Length, 0, 80));
        Assert.Equal(27, JsonDocument.Parse(File.ReadAllText(folder["scores.json"])).RootElement.GetProperty("periods").GetInt32());
    }

    [Fact]
    public void No_baselines_are_scored_where_none_are_wanted()
    {
        var run = Evaluate("--baselines", "none");

        Assert.Equal(0, run.ExitCode);
        Assert.DoesNotContain("historical average", run.Output, StringComparison.Ordinal);
        Assert.Empty(Evaluate("--baselines", "none", "--json").Json.GetProperty("baselines").EnumerateArray());
    }

    [Fact]
    public void Days_that_the_model_learnt_from_are_warned_of()
    {
        var run = Evaluate("--from", "2020-06-01", "--json");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("warning: the model learnt from days up to 2020-07-31: scores on those flatter it. Score from 2020-08-01 on.",
            run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Thresholds_over_the_scored_span_are_marked_retrospective()
    {
        var run = Evaluate("--thresholds", "retrospective", "--json");

        Assert.True(run.Json.GetProperty("retrospective").GetBoolean());
        Assert.Equal("batch", run.Json.GetProperty("threshold_source").GetString());
        Assert.Contains("warning: retrospective: ", run.Error, StringComparison.Ordinal);
        Assert.False(Evaluate("--json").Json.GetProperty("retrospective").GetBoolean());
    }

    [Fact]
    public void Maps_that_look_ahead_are_scored_only_where_asked_for_and_marked()
    {
        using var folder = new TemporaryFolder();
        string model = folder["linear.onnx"];
        Assert.Equal(0, CommandLineRun.Of([.. city.Fit(model), "--missing", "empty-periods", "--fill", "linear"]).ExitCode);
        CommandLineRun Scored(params string[] options) => CommandLineRun.Of(
            ["evaluate", "--model", model, "--incidents", city.Incidents, "--bootstrap", "40", "--json", .. options]);

        CommandLineRun honest = Scored(), leaky = Scored("--allow-leaky", "--thresholds", "retrospective");

        Assert.DoesNotContain("leaky: ", honest.Error, StringComparison.Ordinal);
        Assert.Contains("warning: leaky: ", leaky.Error, StringComparison.Ordinal);
        Assert.Equal((false, true), (honest.Json.GetProperty("leaky").GetBoolean(), leaky.Json.GetProperty("leaky").GetBoolean()));
        // What cannot have been forecast is neither better nor worse.
        Assert.NotEqual(JsonValueKind.Null, Verdict(honest).ValueKind);
        Assert.Equal(JsonValueKind.Null, Verdict(leaky).ValueKind);

        static JsonElement Verdict(CommandLineRun run) => run.Json.GetProperty("comparisons")[0].GetProperty("classes").GetProperty("any")
            .GetProperty("average_precision").GetProperty("verdict");
    }

    [Fact]
    public void Horizon_that_is_longer_knows_less()
    {
        float[] Risk(string horizon)
        {
            using var folder = new TemporaryFolder();
            Evaluate("--horizon", horizon, "--from", "2020-08-10", "--to", "2020-08-10", "--dump", folder["dump"], "--json");
            return Npy.Read(Path.Combine(folder["dump"], "risk.npy"), $"(1, 1, {SmallCity.Rows}, {SmallCity.Columns})");
        }

        // What was forecast for August 10th on the 8th is what --at says then.
        using var maps = new TemporaryFolder();
        JsonElement forecast = CommandLineRun.Of("forecast", "--model", city.Model, "--incidents", city.Incidents, "--at",
            "2020-08-08", "--horizon", "3",
            "--percentile", "0", "--out", maps["maps"], "--json").Json.GetProperty("forecasts")[2];
        float[] three = Risk("3");
        Assert.All(forecast.GetProperty("hotspots").EnumerateArray(), cell => Assert.Equal(
            three[cell.GetProperty("row").GetInt32() * SmallCity.Columns + cell.GetProperty("column").GetInt32()],
            cell.GetProperty("risk").GetSingle(), 1e-6));
        Assert.NotEqual(three, Risk("1"));
    }

    [Fact]
    public void Kinds_are_scored_each_and_together()
    {
        JsonElement json = CommandLineRun.Of("evaluate", "--model", city.KindsModel, "--incidents", city.Incidents, "--bootstrap",
            "0", "--json").Json;

        Assert.Equal(["theft", "other", "any"], json.GetProperty("classes").EnumerateArray().Select(name => name.GetString()));
        JsonElement classes = json.GetProperty("model").GetProperty("classes");
        Assert.Equal(json.GetProperty("events").GetDouble(), classes.GetProperty("any").GetProperty("events").GetDouble());
        Assert.Equal(json.GetProperty("events").GetDouble(),
            classes.GetProperty("theft").GetProperty("events").GetDouble() + classes.GetProperty("other")
            .GetProperty("events").GetDouble());
    }

    [Fact]
    public void Quiet_days_at_the_end_are_scored_where_reports_from_elsewhere_reach_so_far()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("a.csv",
            [city.Header, .. city.Reports.Where(report => report.Time < new DateTime(2020, 8, 15)).Select(report => report.Row),
            "2020-08-20 12:00:00,10,10,theft"]);

        JsonElement json = CommandLineRun.Of("evaluate", "--model", city.Model, "--incidents", file, "--bootstrap", "0", "--json").Json;

        Assert.Equal("2020-08-21T00:00:00", json.GetProperty("end").GetString());
    }

    [Fact]
    public void Incidents_that_begin_after_the_models_history_are_warned_of()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("a.csv",
            [city.Header, .. city.Reports.Where(report => report.Time >= new DateTime(2020, 6, 1)).Select(report => report.Row)]);

        var run = CommandLineRun.Of("evaluate", "--model", city.Model, "--incidents", file, "--bootstrap", "0", "--json");

        Assert.Contains("warning: the incidents begin 2020-06-01, the model's history 2020-01-01", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2020-08-27", "--from", "2020-08-01", "--to", "2020-09-05")]
    [InlineData("2020-08-27", "--from", "2020-09-01")]
    [InlineData("2020-08-27", "--from", "2021-09-01", "--to", "2021-09-05")]
    [InlineData("2020-01-01", "--from", "2019-01-01", "--to", "2019-02-01")]
    public void Span_that_the_incidents_do_not_cover_is_a_failure_that_names_where_they_end(string date, params string[] options) =>
        Refusals.Failure(Evaluate(options), "span to ", date);

    [Theory]
    [InlineData("--horizon: '-1'; expected at least 1", "--horizon", "-1")]
    [InlineData("--horizon: '0'; expected at least 1", "--horizon", "0")]
    [InlineData("--threads: '0'; expected a whole number of at least 1", "--threads", "0")]
    [InlineData("--percentile: '50'; expected 85 to 99", "--percentile", "50")]
    [InlineData("--from: '2020-02-31'; expected a day of the calendar", "--from", "2020-02-31")]
    [InlineData("span: 2020-08-10 to 2020-08-05; expected a last day on or after the first", "--from", "2020-08-10", "--to", "2020-08-05")]
    [InlineData("--thresholds: 'mine'; expected one of validation, period, retrospective", "--thresholds", "mine")]
    public void Option_that_cannot_be_used_is_bad_usage(string expected, params string[] options) =>
        Refusals.BadUsage(Evaluate(options), expected);

    [Fact]
    public void Negative_draws_are_bad_usage() => Refusals.BadUsage(
        CommandLineRun.Of("evaluate", "--model", city.Model, "--incidents", city.Incidents, "--bootstrap", "-5"),
        "--bootstrap: '-5'; expected at least 0");

    [Fact]
    public void Places_that_cannot_be_written_are_failures()
    {
        using var folder = new TemporaryFolder();

        Refusals.Failure(Evaluate("--json", folder["missing/scores.json"]), "--json: '", "in a folder that is missing");
        Refusals.Failure(Evaluate("--dump", Path.Combine(folder.Write("file"), "dump")), "--dump: '", "cannot be made");
    }

    static bool IsInside(string row)
    {
        string[] fields = row.Split(',');
        return double.Parse(fields[1], CultureInfo.InvariantCulture) is >= 44.94 and <= 45.06
            && double.Parse(fields[2], CultureInfo.InvariantCulture) is >= -30.08 and <= -29.92;
    }

    // By the definition, without ties: the mean over positives of the precision at their rank; equal risks share the last rank.
    static double AveragePrecision(float[] risk, float[] actual)
    {
        double sum = 0;
        foreach (int positive in Enumerable.Range(0, risk.Length).Where(i => actual[i] > 0))
        {
            int above = risk.Count(other => other >= risk[positive]);
            sum += (double)Enumerable.Range(0, risk.Length).Count(i => risk[i] >= risk[positive] && actual[i] > 0) / above;
        }
        return sum / actual.Count(count => count > 0);
    }
}
