using System.Text.Json;

namespace HotspotInference.Cli.Tests;

public sealed class ValidateVerbTests(SmallCity city)
{
    static readonly string[] s_forecasters = ["history model", "EWMA 90 days", "historical average"];

    CommandLineRun Validate(params string[] options) =>
        CommandLineRun.Of(["validate", "--incidents", city.Incidents, "--area", SmallCity.Area,
        "--grid", $"{SmallCity.Rows}x{SmallCity.Columns}", "--from", "2020-01-01", "--to", "2020-08-27", "--bootstrap", "0", .. options]);

    [Fact]
    public void Json_holds_splits_refits_horizons_and_the_learning_curve()
    {
        JsonElement json = Validate("--splits", "2", "--test-days", "30", "--refit", "never,monthly,10d", "--horizons", "1,7",
            "--learning-curve", "0.25,0.5", "--json").Json;

        // 240 days: two blocks of 30 leave 180, of which 45 warm up.
        JsonElement first = json.GetProperty("splits")[0];
        Assert.Equal(("2020-01-01", "2020-06-28"), Days(first.GetProperty("known")));
        Assert.Equal(("2020-02-15", "2020-06-28"), Days(first.GetProperty("training")));
        Assert.Equal(("2020-06-29", "2020-07-28"), Days(first.GetProperty("test")));
        Assert.Equal(("2020-07-29", "2020-08-27"), Days(json.GetProperty("splits")[1].GetProperty("test")));
        JsonElement[] refits = [.. json.GetProperty("refits").EnumerateArray()];
        Assert.Equal(new[] { ("never", 2), ("monthly", 2), ("10d", 6) }.SelectMany(refit =>
            s_forecasters.Select(name => (name, refit.Item1, refit.Item2))),
            refits.Select(score => (score.GetProperty("forecaster").GetString()!, score.GetProperty("refit").GetString()!,
            score.GetProperty("fits").GetInt32())));
        Assert.All(refits, score =>
        {
            Assert.Equal((60, 2),
                (score.GetProperty("pooled").GetProperty("periods").GetInt32(), score.GetProperty("splits").GetArrayLength()));
            Assert.InRange(Precision(score.GetProperty("pooled")), 0.05, 0.9);
        });
        // What has nothing to fit does not change when fitted anew; the history model does.
        Assert.Equal(Precision(refits[1].GetProperty("pooled")), Precision(refits[7].GetProperty("pooled")));
        Assert.NotEqual(Precision(refits[0].GetProperty("pooled")), Precision(refits[6].GetProperty("pooled")));
        Assert.Equal([1, 1, 1, 7, 7, 7],
            json.GetProperty("horizons").EnumerateArray().Select(score => score.GetProperty("horizon").GetInt32()));
        Assert.All(json.GetProperty("horizons").EnumerateArray(),
            score => Assert.Equal(48, score.GetProperty("pooled").GetProperty("periods").GetInt32()));
        Assert.Equal([("2020-04-29", "2020-07-28"), ("2020-01-28", "2020-07-28")],
            json.GetProperty("learning_curve").EnumerateArray().Select(known => Days(known.GetProperty("split").GetProperty("known"))));
    }

    [Fact]
    public void Block_is_scored_as_evaluate_scores_a_model_of_the_same_days()
    {
        using var folder = new TemporaryFolder();

        JsonElement block = Validate("--splits", "1", "--test-days", "27", "--json").Json;
        string[] days = [.. new[] { "first", "last" }.Select(end => block.GetProperty("splits")[0].GetProperty("training")
            .GetProperty(end).GetString()!)];
        CommandLineRun.Of("fit", "--incidents", city.Incidents, "--area", SmallCity.Area, "--grid", $"{SmallCity.Rows}x{SmallCity.Columns}",
            "--from", "2020-01-01", "--to", "2020-08-27", "--train-from", days[0], "--train-to", days[1], "--out", folder["a.onnx"]);
        JsonElement evaluated = CommandLineRun.Of("evaluate", "--model", folder["a.onnx"], "--incidents", city.Incidents,
            "--from", "2020-08-01",
            "--bootstrap", "0", "--json").Json;

        Assert.Equal("2020-07-31", days[1]);
        Assert.Equal(Precision(evaluated.GetProperty("model")), Precision(block.GetProperty("refits")[0].GetProperty("pooled")), 1e-9);
        Assert.Equal(Precision(evaluated.GetProperty("baselines")[1]),
            Precision(block.GetProperty("refits")[1].GetProperty("pooled")), 1e-9);
    }

    [Fact]
    public void Forecasters_are_those_asked_for()
    {
        JsonElement json = Validate("--splits", "1", "--test-days", "30", "--forecasters", "KDE, last period", "--json").Json;

        Assert.Equal(["KDE", "last period"],
            json.GetProperty("refits").EnumerateArray().Select(score => score.GetProperty("forecaster").GetString()));
        Assert.Equal(13,
            Validate("--splits", "1", "--test-days", "30", "--forecasters", "all", "--json").Json.GetProperty("refits").GetArrayLength());
    }

    [Fact]
    public void Tables_fit_80_columns()
    {
        var run = CommandLineRun.Of("validate", "--incidents", city.Incidents, "--area", SmallCity.Area, "--grid", "6x6", "--from",
            "2020-01-01", "--to", "2020-08-27",
            "--splits", "6", "--test-days", "20", "--window", "rolling", "--training-days", "60", "--refit", "never,monthly", "--horizons",
                "1,3", "--learning-curve", "0.25", "--bootstrap", "20");

        Assert.Equal((0, 5), (run.ExitCode, run.Output.Split('\n').Count(line => line.StartsWith("Class ", StringComparison.Ordinal)) - 2));
        Assert.Contains("window  rolling", run.Output, StringComparison.Ordinal);
        Assert.All(run.Output.Split('\n').Where(line => !line.StartsWith("grid", StringComparison.Ordinal)),
            line => Assert.InRange(line.TrimEnd().Length, 0, 80));
    }

    [Theory]
    [InlineData("--splits: '0'; expected at least 1", "--splits", "0")]
    [InlineData("--test-days: '0'; expected at least 1", "--test-days", "0")]
    [InlineData("--window: 'sliding'; expected one of expanding, rolling", "--window", "sliding")]
    [InlineData("--training-days: given for an expanding window", "--training-days", "60")]
    [InlineData("--refit: 'yearly'; expected never, daily, weekly, monthly", "--refit", "never,yearly")]
    [InlineData("--forecasters: 'magic'; expected all, or of historical average, last period", "--forecasters", "KDE,magic")]
    [InlineData("--horizons: '0'; expected whole numbers of at least 1", "--horizons", "1,0")]
    [InlineData("--horizons: '1.5'; expected whole numbers of at least 1", "--horizons", "1.5")]
    [InlineData("--learning-curve: '-1'; expected numbers above 0", "--learning-curve", "-1")]
    [InlineData("walk-forward validation: ", "--splits", "4", "--test-days", "60")]
    [InlineData("horizon: 31 periods; expected at most a test block's 30", "--test-days", "30", "--horizons", "31")]
    public void Option_that_cannot_be_used_is_bad_usage(string expected, params string[] options) =>
        Refusals.BadUsage(Validate(options), expected);

    [Fact]
    public void Negative_draws_are_bad_usage() =>
        Refusals.BadUsage(CommandLineRun.Of("validate", "--incidents", city.Incidents, "--bootstrap", "-1"),
            "--bootstrap: '-1'; expected at least 0");

    [Fact]
    public void Years_that_are_not_there_are_a_failure_that_says_how_many_are() =>
        Refusals.Failure(Validate("--learning-curve", "2", "--test-days", "30"),
            "learning curve: 730 periods known; expected at most the 210 before");

    static (string?, string?) Days(JsonElement span) => (span.GetProperty("first").GetString(), span.GetProperty("last").GetString());

    static double Precision(JsonElement score) =>
        score.GetProperty("classes").GetProperty("any").GetProperty("average_precision").GetProperty("value").GetDouble();
}
