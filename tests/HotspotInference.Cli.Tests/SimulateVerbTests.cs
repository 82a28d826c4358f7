using HotspotInference.Incidents;
using HotspotInference.Simulation;

namespace HotspotInference.Cli.Tests;

public sealed class SimulateVerbTests
{
    [Theory]
    [InlineData("city.csv")]
    [InlineData("city.csv.gz")]
    public void Incidents_read_back_are_the_citys(string name)
    {
        using var folder = new TemporaryFolder();

        var run = CommandLineRun.Of("simulate", "--seed", "5", "--days", "20", "--start", "2020-02-20", "--events-per-day", "8", "--out", folder[name]);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        (IReadOnlyList<Incident> read, IncidentReadReport report) = IncidentReader.ReadAll([folder[name]], token: TestContext.Current.CancellationToken);
        Assert.Equal(new SimulatedCity(new SimulatedCityOptions { Seed = 5, Days = 20, Start = new DateOnly(2020, 2, 20), EventsPerDay = 8 }).Incidents, read);
        Assert.Equal(0, report.Rejected);
    }

    [Fact]
    public void Json_tells_what_was_made()
    {
        using var folder = new TemporaryFolder();

        var json = CommandLineRun.Of("simulate", "--days", "20", "--centers", "3", "--out", folder["a.csv"], "--json").Json;

        Assert.Equal("2015-01-01", json.GetProperty("from").GetString());
        Assert.Equal("2015-01-20", json.GetProperty("to").GetString());
        Assert.Equal(File.ReadAllLines(folder["a.csv"]).Length - 1, json.GetProperty("incidents").GetInt32());
        Assert.Equal(3, json.GetProperty("centers").GetArrayLength());
    }

    [Fact]
    public void Intensity_is_dumped_beside_the_counts()
    {
        using var folder = new TemporaryFolder();

        var run = CommandLineRun.Of("simulate", "--days", "60", "--out", folder["a.csv"], "--intensity", folder["truth"], "--grid", "4x5", "--cadence", "week", "--json");

        Assert.Equal(0, run.ExitCode);
        // 2015-01-01 is a Thursday: the eight whole weeks are those from January 5th to March 1st, the last day.
        string[] periods = File.ReadAllLines(Path.Combine(folder["truth"], "periods.csv"));
        Assert.Equal(("0,2015-01-05T00:00:00,1", 9), (periods[1], periods.Length));
        float[] risk = Npy.Read(Path.Combine(folder["truth"], "risk.npy"), "(8, 1, 4, 5)"), actual = Npy.Read(Path.Combine(folder["truth"], "actual.npy"), "(8, 1, 4, 5)");
        Assert.All(actual, count => Assert.Equal(MathF.Round(count), count));
        Assert.Equal(8 * 7 * 20, risk.Sum(), 0.3 * 8 * 7 * 20);
        Assert.Equal(1, actual.Sum() / risk.Sum(), 0.25);
    }

    [Theory]
    [InlineData("--branching", "1.5", "error: simulation, Branching: 1.5; expected 0 up to but not 1")]
    [InlineData("--start", "2015-02-31", "error: --start: '2015-02-31'; expected a day of the calendar as yyyy-MM-dd.")]
    [InlineData("--cadence", "7h", "error: --cadence: '7h'; expected day, week, month, or a duration")]
    [InlineData("--grid", "8", "error: --grid: '8'; expected rows x columns")]
    [InlineData("--area", "1,2,3", "error: --area: '1,2,3'; expected four numbers south,west,north,east")]
    [InlineData("--days", "many", "error: --days: 'many'; expected a whole number. How many days;")]
    public void Option_that_cannot_be_used_is_bad_usage(string option, string value, string expected)
    {
        using var folder = new TemporaryFolder();

        var run = CommandLineRun.Of("simulate", "--out", folder["a.csv"], option, value);

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith(expected, run.ErrorLines[0], StringComparison.Ordinal);
        Assert.False(File.Exists(folder["a.csv"]));
    }

    [Fact]
    public void File_that_cannot_be_written_is_a_failure()
    {
        using var folder = new TemporaryFolder();

        var run = CommandLineRun.Of("simulate", "--out", folder["missing/a.csv"]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("missing", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
    }
}
