using System.Text.Json;

namespace HotspotInference.Cli.Tests;

public sealed class TransferVerbTests(SmallCity city)
{
    [Fact]
    public void Model_of_another_city_forecasts_this_one_at_its_level()
    {
        using var folder = new TemporaryFolder();
        string there = Other(folder);

        JsonElement json = CommandLineRun.Of([.. Transfer(city.Model, there, folder["b.onnx"]), "--json"]).Json;

        JsonElement level = Assert.Single(json.GetProperty("classes").EnumerateArray());
        // A third of the incidents on fewer cells.
        Assert.InRange(level.GetProperty("level").GetDouble(), 0.2, 2);
        Assert.Equal(1, level.GetProperty("calibration").GetDouble(), 1e-3);
        Assert.Equal("city", json.GetProperty("origin").GetProperty("name").GetString());
        Assert.Equal("2021-03-02", json.GetProperty("validation").GetProperty("first").GetString());
        var scores = CommandLineRun.Of("evaluate", "--model", folder["b.onnx"], "--incidents", there, "--bootstrap", "0", "--json");
        Assert.True(scores.ExitCode == 0, scores.Error);
        Assert.Equal("2021-04-01T00:00:00", scores.Json.GetProperty("start").GetString());
        var info = CommandLineRun.Of("info", "--model", folder["b.onnx"], "--json");
        Assert.True(info.ExitCode == 0, info.Error);
    }

    [Fact]
    public void Level_that_is_kept_is_shown()
    {
        using var folder = new TemporaryFolder();

        var run = CommandLineRun.Of([.. Transfer(city.Model, Other(folder), folder["b.onnx"]), "--level", "keep"]);

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Matches(@"Class any: in validation risk was \d\.\d\d x what happened\r?\n", run.Output);
        Assert.Contains("history, from the model city", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        using var folder = new TemporaryFolder();
        string there = Other(folder), file = folder["b.onnx"];

        Refusals.Failure(CommandLineRun.Of(Transfer(city.KindsModel, there, file)), $"model '{city.KindsModel}': the classes theft, other, any", "those of the heat maps, any");
        Refusals.Failure(CommandLineRun.Of([.. Transfer(city.Model, there, file), "--cadence", "week"]), $"model '{city.Model}': periods of a day", "a week");
        Refusals.Failure(CommandLineRun.Of(Transfer(folder["none.onnx"], there, file)), "model '", "no such file");
        Refusals.BadUsage(CommandLineRun.Of([.. Transfer(city.Model, there, file)[..^2], "--validate-to", "2021-03-01"]),
            "--train-to: 2021-03-01; expected a day before the end of the validation, 2021-03-01");
        Assert.False(File.Exists(file));
    }

    static string Other(TemporaryFolder folder)
    {
        string file = folder["there.csv"];
        var run = CommandLineRun.Of("simulate", "--days", "120", "--start", "2021-01-01", "--seed", "5", "--events-per-day", "4", "--decimals", "4", "--out", file);
        Assert.True(run.ExitCode == 0, run.Error);
        return file;
    }

    static string[] Transfer(string model, string incidents, string file) =>
    [
        "transfer", "--model", model, "--incidents", incidents, "--grid", "7x8", "--from", "2021-01-01", "--to", "2021-04-30",
        "--out", file, "--train-to", "2021-03-01", "--validate-to", "2021-03-31",
    ];
}
