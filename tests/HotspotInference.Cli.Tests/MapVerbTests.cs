using System.Text.Json;

namespace HotspotInference.Cli.Tests;

public sealed class MapVerbTests(SmallCity city)
{
    CommandLineRun Map(TemporaryFolder folder, params string[] options) =>
        CommandLineRun.Of(["map", "--incidents", city.Incidents, "--out", folder["map.html"], .. options]);

    CommandLineRun OfModel(TemporaryFolder folder, params string[] options) => Map(folder, ["--model", city.Model, .. options]);

    [Fact]
    public void Model_shows_the_days_it_has_not_learnt_and_the_next()
    {
        using var folder = new TemporaryFolder();

        JsonElement report = OfModel(folder, "--json").Json;

        // Validated to July 31st, incidents to August 27th.
        Assert.Equal("2020-08-01T00:00:00", report.GetProperty("start").GetString());
        Assert.Equal("2020-08-29T00:00:00", report.GetProperty("end").GetString());
        Assert.Equal(28, report.GetProperty("periods").GetInt32());
        Assert.Equal(new FileInfo(folder["map.html"]).Length, report.GetProperty("bytes").GetInt64());
        // Known and scored, but for the last, of which nothing is known.
        Assert.Equal([.. Enumerable.Repeat(3, 27), 0], Data(folder).GetProperty("flags").EnumerateArray().Select(flag => flag.GetInt32()));
    }

    [Fact]
    public void Last_day_given_ends_the_map_there()
    {
        using var folder = new TemporaryFolder();

        JsonElement report = OfModel(folder, "--from", "2020-08-03", "--to", "2020-08-09", "--json").Json;

        Assert.Equal(("2020-08-03T00:00:00", 7), (report.GetProperty("start").GetString(), report.GetProperty("periods").GetInt32()));
        Assert.All(Data(folder).GetProperty("flags").EnumerateArray(), flag => Assert.Equal(3, flag.GetInt32()));
    }

    [Fact]
    public void Forecasts_see_nothing_of_their_own_day_or_later()
    {
        using var folder = new TemporaryFolder();
        string early = folder.Write("early.csv", [city.Header, .. city.Reports.Where(report => report.Time < new DateTime(2020, 8, 6)).Select(report => report.Row)]);
        OfModel(folder, "--from", "2020-08-03", "--to", "2020-08-05");
        string all = Data(folder).GetProperty("risk").GetRawText();

        CommandLineRun.Of("map", "--model", city.Model, "--incidents", early, "--from", "2020-08-03", "--to", "2020-08-05", "--out", folder["map.html"]);

        Assert.Equal(all, Data(folder).GetProperty("risk").GetRawText());
    }

    [Fact]
    public void Same_command_writes_the_same_bytes()
    {
        using var folder = new TemporaryFolder();

        OfModel(folder);
        byte[] first = File.ReadAllBytes(folder["map.html"]);
        OfModel(folder);

        Assert.Equal(first, File.ReadAllBytes(folder["map.html"]));
    }

    [Fact]
    public void Without_a_model_the_incidents_of_the_span_are_shown()
    {
        using var folder = new TemporaryFolder();

        JsonElement report = Map(folder, "--from", "2020-03-01", "--to", "2020-03-31", "--area", SmallCity.Area, "--grid", "6x6", "--json").Json;

        int there = city.Reports.Count(row => row.Time.Month == 3);
        Assert.Equal((JsonValueKind.Null, 31), (report.GetProperty("model").ValueKind, report.GetProperty("periods").GetInt32()));
        Assert.Equal(there, report.GetProperty("incidents").GetInt32() + report.GetProperty("incidents_not_shown").GetInt32());
        Assert.False(Data(folder).TryGetProperty("risk", out _));
    }

    [Fact]
    public void Page_may_fetch_nothing_but_the_tiles_asked_for()
    {
        using var folder = new TemporaryFolder();

        OfModel(folder);
        string page = File.ReadAllText(folder["map.html"]);
        Assert.Contains("content=\"default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'sha256-",
            page, StringComparison.Ordinal);
        Assert.DoesNotContain("src=\"http", page, StringComparison.Ordinal);

        OfModel(folder, "--tiles", "https://{s}.tiles.example.org/{z}/{x}/{y}.png", "--tiles-attribution", "<b>Example</b>");
        page = File.ReadAllText(folder["map.html"]);
        Assert.Contains("img-src data: https://*.tiles.example.org;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>Example", page, StringComparison.Ordinal);
        Assert.Equal("<b>Example</b>", Settings(folder).GetProperty("attribution").GetString());
    }

    [Fact]
    public void Outlines_are_the_lines_of_every_geometry_and_nothing_of_properties()
    {
        using var folder = new TemporaryFolder();
        string outlines = folder.Write("districts.geojson", """
            {"type":"FeatureCollection","features":[
            {"type":"Feature","properties":{"secret":"Smith"},"geometry":{"type":"MultiPolygon","coordinates":[[[[1,2],[3,4],[1,2]],[[5,6],[7,8],[5,6]]]]}},
            {"type":"Feature","properties":null,"geometry":null},
            {"type":"Feature","properties":null,"geometry":{"type":"GeometryCollection","geometries":[
              {"type":"Point","coordinates":[0,0]},{"type":"LineString","coordinates":[[-30.12345678,45,9],[-30,45.5]]}]}}]}
            """);

        OfModel(folder, "--outlines", outlines);

        Assert.Equal("[[[1,2],[3,4],[1,2]],[[5,6],[7,8],[5,6]],[[-30.123457,45],[-30,45.5]]]", Settings(folder).GetProperty("outlines").GetRawText());
        Assert.DoesNotContain("Smith", File.ReadAllText(folder["map.html"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"type\":\"Topology\"}")]
    [InlineData("{\"type\":\"LineString\",\"coordinates\":[[500000,4000000],[500100,4000000]]}")]
    [InlineData("{\"type\":\"Point\",\"coordinates\":[1,2]}")]
    [InlineData("not JSON")]
    public void Outlines_that_are_no_lines_in_degrees_are_a_failure(string content)
    {
        using var folder = new TemporaryFolder();
        string outlines = folder.Write("districts.geojson", content);

        Refusals.Failure(OfModel(folder, "--outlines", outlines, "--quiet"), outlines + ": ", "GeoJSON with lines or areas in WGS84");
        Assert.False(File.Exists(folder["map.html"]));
    }

    [Theory]
    [InlineData("--percentile: '20'; expected 50 to 99.9", "--percentile", "20")]
    [InlineData("--cadence: given beside --model", "--cadence", "week")]
    [InlineData("--tiles: without --tiles-attribution", "--tiles", "https://a.example/{z}/{x}/{y}.png")]
    [InlineData("--tiles-attribution: without --tiles", "--tiles-attribution", "somebody")]
    [InlineData("--tiles: 'http://a.example/{z}/{x}/{y}.png'; expected an https address", "--tiles", "http://a.example/{z}/{x}/{y}.png", "--tiles-attribution", "a")]
    [InlineData("--tiles: 'https://a.example/{z}/{x}.png'; expected an https address", "--tiles", "https://a.example/{z}/{x}.png", "--tiles-attribution", "a")]
    [InlineData("--tiles: 'https://a;script-src *//{z}/{x}/{y}'", "--tiles", "https://a;script-src *//{z}/{x}/{y}", "--tiles-attribution", "a")]
    public void Option_that_cannot_be_used_is_bad_usage(string expected, params string[] options)
    {
        using var folder = new TemporaryFolder();

        Refusals.BadUsage(OfModel(folder, options), expected);
    }

    static JsonElement Data(TemporaryFolder folder) => Script(folder, "map-data");

    static JsonElement Settings(TemporaryFolder folder) => Script(folder, "map-settings");

    static JsonElement Script(TemporaryFolder folder, string id)
    {
        string page = File.ReadAllText(folder["map.html"]), start = $"<script type=\"application/json\" id=\"{id}\">";
        int from = page.IndexOf(start, StringComparison.Ordinal) + start.Length;
        return JsonDocument.Parse(page[from..page.IndexOf("</script>", from, StringComparison.Ordinal)]).RootElement;
    }
}
