using System.Text.Json;

namespace HotspotInference.Cli.Tests;

public sealed class TrendsVerbTests(SmallCity city) : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    CommandLineRun Run(params string[] options) => CommandLineRun.Of(
        ["trends", "--incidents", city.Incidents, "--grid", "24x24", "--from", "2020-01-01", "--to", "2020-08-27", .. options]);

    [Fact]
    public void Table_counts_every_pattern()
    {
        var run = Run("--step", "14d");

        Assert.Equal(0, run.ExitCode);
        Assert.DoesNotContain("warning", run.Error, StringComparison.Ordinal);
        Assert.Contains("17 x 14d, 2020-01-03..2020-08-27", run.Output, StringComparison.Ordinal);
        Assert.Contains("new hot spot", run.Output, StringComparison.Ordinal);
        Assert.Contains("historical cold spot", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_geojson_and_picture_tell_the_same()
    {
        var run = Run("--step", "14d", "--out", _folder["a.png"], "--out", _folder["a.geojson"], "--json");

        Assert.Equal(0, run.ExitCode);
        int analysed = run.Json.GetProperty("analysed_cells").GetInt32();
        var patterns = run.Json.GetProperty("patterns").EnumerateArray().ToDictionary(
            pattern => pattern.GetProperty("pattern").GetString()!, pattern => pattern.GetProperty("cells").GetInt32());
        Assert.Equal(17, patterns.Count);
        Assert.Equal(analysed, patterns.Values.Sum());
        Assert.Equal(analysed - patterns["no pattern"], run.Json.GetProperty("cells").GetArrayLength());
        // The city's three centres.
        Assert.True(patterns.Where(pattern => pattern.Key.EndsWith("hot spot", StringComparison.Ordinal))
            .Sum(pattern => pattern.Value) > 3);
        using var geojson = JsonDocument.Parse(File.ReadAllText(_folder["a.geojson"]));
        var cells = geojson.RootElement.GetProperty("features").EnumerateArray()
            .Select(cell => cell.GetProperty("properties").GetProperty("pattern").GetString()!);
        Assert.Equal(patterns.Where(pattern => pattern.Value > 0).ToDictionary(), cells.CountBy(pattern => pattern).ToDictionary());
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], File.ReadAllBytes(_folder["a.png"])[..4]);
    }

    [Fact]
    public void Options_that_cannot_be_used_are_refused()
    {
        Refusals.BadUsage(Run("--out", _folder["a.txt"]), $"--out: '{_folder["a.txt"]}'", ".png or .geojson");
        Refusals.BadUsage(Run("--significance", "2"), "--significance: 2");
        Refusals.BadUsage(Run("--neighbour-cells", "-1"), "--neighbour-cells, --neighbour-steps: a negative number");
        Refusals.BadUsage(Run("--step", "year"), "--step: 'year'", "28d");
        Refusals.Failure(Run("--step", "month"), "trends: 7 whole steps of month", "at least 10");
        Refusals.Failure(Run("--step", "14d", "--class", "arson"), "class: 'arson'", "any");
        Refusals.Failure(Run("--cadence", "week"), "heat maps: periods of a week", "a day");
    }
}
