using System.Text.Json;
using HotspotInference.Tests.Rendering;

namespace HotspotInference.Cli.Tests;

public sealed class DemoVerbTests
{
    [Fact]
    public void Two_runs_say_and_write_the_same()
    {
        using TemporaryFolder first = new(), second = new();

        var run = CommandLineRun.Of("demo", "--out", first["out"], "--json", first["scores.json"]);
        var again = CommandLineRun.Of("demo", "--out", second["out"], "--json", second["scores.json"]);

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(run.Output, again.Output.Replace(second["out"], first["out"], StringComparison.Ordinal));
        string[] names =
        [
            "forecast-2018-04-01-areas.geojson", "forecast-2018-04-01.asc", "forecast-2018-04-01.geojson", "forecast-2018-04-01.png", "incidents.csv.gz",
        ];
        Assert.Equal(names, Directory.GetFiles(first["out"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.All(names, name => Assert.Equal(File.ReadAllBytes(first[$"out/{name}"]), File.ReadAllBytes(second[$"out/{name}"])));
        Assert.True(new PngReader(File.ReadAllBytes(first["out/forecast-2018-04-01.png"])).Width > 100);

        JsonElement json = JsonDocument.Parse(File.ReadAllText(first["scores.json"])).RootElement;
        Assert.Equal(File.ReadAllText(first["scores.json"]), File.ReadAllText(second["scores.json"]));
        // The true intensity is the ceiling, but for luck; the shipped model comes closer to it than the baselines.
        double model = Precision(json.GetProperty("model"));
        double[] baselines = [.. json.GetProperty("baselines").EnumerateArray().Select(Precision)];
        Assert.Equal("true intensity", json.GetProperty("baselines").EnumerateArray().Last().GetProperty("name").GetString());
        Assert.All(baselines[..^1], baseline => Assert.InRange(baseline, 0, model));
        Assert.InRange(model, 0.9 * baselines[^1], baselines[^1]);
    }

    [Fact]
    public void Folder_that_cannot_be_made_is_a_failure()
    {
        using var folder = new TemporaryFolder();

        Refusals.Failure(CommandLineRun.Of("demo", "--out", folder.Write("file")), "--out: '", "cannot be made");
    }

    static double Precision(JsonElement forecaster) =>
        forecaster.GetProperty("classes").GetProperty("any").GetProperty("average_precision").GetProperty("value").GetDouble();
}
