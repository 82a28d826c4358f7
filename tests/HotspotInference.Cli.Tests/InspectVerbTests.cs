using System.Text.Json;
using HotspotInference.Tests;

namespace HotspotInference.Cli.Tests;

public sealed class InspectVerbTests
{
    // Two towns, 300 km apart, ten incidents of one and four of the other; two rows that cannot be used, one that is there twice.
    static readonly string[] s_twoTowns =
    [
        "timestamp,latitude,longitude,type",
        .. Enumerable.Range(0, 9).Select(i => FormattableString.Invariant($"2020-01-{i + 1:00} 12:00:00,{50 + 0.01 * i},{8 + 0.02 * i},theft")),
        "2020-01-09 12:00:00,50.08,8.16,theft",
        "2020-01-10 12:00:00,389.0,8.1,theft",
        "2020-02-31 12:00:00,50.02,8.1,theft",
        .. Enumerable.Range(0, 4).Select(i => FormattableString.Invariant($"2020-02-{i + 1:00} 06:00:00,{53 + 0.01 * i},{8 + 0.02 * i},fraud")),
    ];

    [Fact]
    public void Page_counts_weekdays_hours_and_kinds_and_keeps_names_text()
    {
        using var folder = new TemporaryFolder();
        // 2020-01-06 is a Monday.
        string file = folder.Write("city.csv", "datetime,lat,lon,type", "2020-01-06 03:10:00,45,-30,<b>x", "2020-01-06 03:50:00,45,-30,<b>x",
            "2020-02-02 23:00:00,45.001,-30.001,y", "not a time,45,-30,y");

        var run = CommandLineRun.Of("inspect", "--incidents", file, "--html", folder["page.html"], "--json");

        Assert.True(run.ExitCode == 0, run.Error);
        string page = System.Text.RegularExpressions.Regex.Replace(File.ReadAllText(folder["page.html"]), " style=\"[^\"]*\"", "");
        string Row(string day, params int[] hours) => $"<tr><td>{day}</td>{string.Concat(Enumerable.Range(0, 24).Select(hour => $"<td>{hours.Count(at => at == hour)}</td>"))}"
            + $"<td>{hours.Length}</td></tr>";
        Assert.Contains(Row("Monday", 3, 3), page, StringComparison.Ordinal);
        Assert.Contains(Row("Sunday", 23), page, StringComparison.Ordinal);
        Assert.Contains("<tr><td>&lt;b&gt;x</td><td>2</td></tr>", page, StringComparison.Ordinal);
        Assert.Contains("3 incidents of 4 rows; 1 rows rejected", page, StringComparison.Ordinal);
        Assert.Contains("<svg ", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Report_counts_rows_rejections_kinds_and_towns()
    {
        using var folder = new TemporaryFolder();

        var run = CommandLineRun.Of("inspect", "--incidents", folder.Write("a.csv", s_twoTowns), "--json");

        Assert.Equal(0, run.ExitCode);
        JsonElement rows = run.Json.GetProperty("rows");
        Assert.Equal((16, 14, 2, 1), (Count(rows, "rows_read"), Count(rows, "accepted"), Count(rows, "rejected"), Count(rows, "duplicates")));
        Assert.Equal(["LatitudeOutOfRange", "TimeImpossible"], rows.GetProperty("rejections").EnumerateArray().Select(rejection => rejection.GetProperty("reason").GetString()).Order());
        Assert.Equal([("theft", 10), ("fraud", 4)], rows.GetProperty("kinds").EnumerateArray().Select(kind => (kind.GetProperty("name").GetString()!, Count(kind, "count"))));
        Assert.Equal([10, 4], run.Json.GetProperty("concentrations").GetProperty("cities").EnumerateArray().Select(city => Count(city, "count")));
        JsonElement bounds = run.Json.GetProperty("suggestion").GetProperty("study").GetProperty("grid").GetProperty("bounds");
        Assert.InRange(bounds.GetProperty("north").GetDouble(), 50.08, 50.1);
    }

    [Fact]
    public void Rejected_rows_are_warned_of_with_their_lines()
    {
        using var folder = new TemporaryFolder();

        var run = CommandLineRun.Of("inspect", "--incidents", folder.Write("a.csv", s_twoTowns), "--json");

        Assert.Contains("warning: rows rejected: 1 x LatitudeOutOfRange ('389.0'): ", run.Error, StringComparison.Ordinal);
        Assert.Contains("a.csv line 12", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_tells_the_same_and_ends_with_the_next_command()
    {
        using var folder = new TemporaryFolder();

        var run = CommandLineRun.Of("inspect", "--incidents", folder.Write("a.csv", s_twoTowns), "--remove-duplicates");

        Assert.Contains("duplicates  1 (1 removed)", run.Output, StringComparison.Ordinal);
        Assert.Contains("Where incidents concentrate", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"hotspot prepare --incidents \S+a\.csv --remove-duplicates --area \S+ --grid \d+x\d+ --from 2020-01-01 --to 2020-01-09 --out maps\.hsmaps\s*$", run.Output);
    }

    [Fact]
    public void Days_left_out_are_part_of_the_next_command()
    {
        using var folder = new TemporaryFolder();

        var run = CommandLineRun.Of("inspect", "--incidents", folder.Write("a.csv", s_twoTowns), "--exclude-days", "01-01..01-02");

        Assert.Contains(" --exclude-days 01-01..01-02 --out maps.hsmaps", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Near_keeps_the_other_town()
    {
        using var folder = new TemporaryFolder();

        var run = CommandLineRun.Of("inspect", "--incidents", folder.Write("a.csv", s_twoTowns), "--near", "53,8,20000");

        Assert.Contains("incidents   4", run.Output, StringComparison.Ordinal);
        Assert.Contains("10 too far away", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Dash_reads_standard_input()
    {
        var run = CommandLineRun.WithInput(string.Join('\n', s_twoTowns), "inspect", "--incidents", "-", "--json");

        Assert.Equal(16, Count(run.Json.GetProperty("rows"), "rows_read"));
    }

    [Theory]
    [InlineData(1, "an empty file")]
    [InlineData(1, "latitude", "timestamp,type", "2020-01-01,theft")]
    public void File_that_cannot_be_used_is_a_failure(int exitCode, string expected, params string[] lines)
    {
        using var folder = new TemporaryFolder();

        var run = CommandLineRun.Of("inspect", "--incidents", folder.Write("a.csv", lines));

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(expected, Assert.Single(run.ErrorLines), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Unknown_time_zone_is_bad_usage()
    {
        using var folder = new TemporaryFolder();

        var run = CommandLineRun.Of("inspect", "--incidents", folder.Write("a.csv", s_twoTowns), "--time-zone", "Mars/Olympus");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("Mars/Olympus", run.ErrorLines[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Washington_is_one_city_on_a_lattice_whatever_its_districts()
    {
        var json = CommandLineRun.Of("inspect", "--incidents", RealData.PathOf("dc-foia-2006-2013.csv.gz"), "--json").Json;

        JsonElement suggestion = json.GetProperty("suggestion");
        Assert.Equal(1, suggestion.GetProperty("city").GetProperty("share").GetDouble(), 0.001);
        Assert.Equal(0.001, suggestion.GetProperty("study").GetProperty("lattice").GetProperty("latitude").GetProperty("step").GetDouble(), 1e-9);
        Assert.True(json.GetProperty("places").GetProperty("cities").GetArrayLength() > 1);
        // Fireworks left in or out, the span begins when coverage had grown and ends with the file.
        Assert.StartsWith("2008-", suggestion.GetProperty("span").GetProperty("from").GetString(), StringComparison.Ordinal);
        Assert.Equal("2013-06-24", suggestion.GetProperty("span").GetProperty("to").GetString());
    }

    static int Count(JsonElement element, string name) => element.GetProperty(name).GetInt32();
}
