using System.Text.Json;
using System.Xml.Linq;

namespace HotspotInference.Cli.Tests;

public sealed class CompareVerbTests(SmallCity city)
{
    static readonly string[] s_fitted =
    [
        "historical average", "last period", "last 28 days", "EWMA 90 days", "EWMA fitted", "EWMA x weekday", "KDE",
        "prospective", "self-exciting",
        "Poisson regression", "logistic regression", "history model", "occurrence model",
    ];

    static readonly string[] s_grid = ["--area", SmallCity.Area, "--grid", $"{SmallCity.Rows}x{SmallCity.Columns}"];

    CommandLineRun Compare(params string[] options) =>
        CommandLineRun.Of(["compare", "--incidents", city.Incidents, "--bootstrap", "0", .. options]);

    CommandLineRun WithModel(params string[] options) => Compare(["--models", city.Model, .. options]);

    [Fact]
    public void Model_and_every_baseline_stand_side_by_side()
    {
        JsonElement json = WithModel("--from", "2020-08-01", "--to", "2020-08-20", "--json").Json;

        Assert.Equal(["city", .. s_fitted], Names(json.GetProperty("forecasters"), "name"));
        Assert.Equal("city", json.GetProperty("reference").GetString());
        Assert.Equal(s_fitted, Names(json.GetProperty("comparisons"), "forecaster"));
        Assert.Equal((20, 0), (json.GetProperty("periods").GetInt32(), json.GetProperty("periods_left_out").GetInt32()));
        // 213 days before, of which 53 warm up.
        Assert.Equal(("2020-02-23", "2020-07-31"),
            (json.GetProperty("training").GetProperty("first").GetString(), json.GetProperty("training").GetProperty("last").GetString()));
        JsonElement best = json.GetProperty("best_baselines").GetProperty("any");
        JsonElement[] baselines = [.. json.GetProperty("forecasters").EnumerateArray().Skip(1)];
        Assert.Equal(baselines.MaxBy(Precision).GetProperty("name").GetString(), best.GetProperty("average_precision").GetString());
        Assert.Equal(baselines.MinBy(LogLoss).GetProperty("name").GetString(), best.GetProperty("log_loss").GetString());
    }

    [Fact]
    public void Scores_are_those_of_evaluate_with_all_baselines()
    {
        JsonElement compared = WithModel("--from", "2020-08-01", "--json").Json;
        JsonElement evaluated = CommandLineRun.Of("evaluate", "--model", city.Model, "--incidents", city.Incidents, "--from",
            "2020-08-01", "--bootstrap", "0",
            "--baselines", "all", "--json").Json;

        JsonElement[] rows = [evaluated.GetProperty("model"), .. evaluated.GetProperty("baselines").EnumerateArray()];
        Assert.Equal(s_fitted, Names(evaluated.GetProperty("baselines"), "name"));
        foreach ((JsonElement mine, JsonElement other) in compared.GetProperty("forecasters").EnumerateArray().Zip(rows))
            Assert.Equal((Precision(other), LogLoss(other)), (Precision(mine), LogLoss(mine)));
    }

    [Fact]
    public void Without_a_model_the_best_baseline_by_average_precision_is_the_reference()
    {
        JsonElement json = Compare([.. s_grid, "--history-from", "2020-01-10", "--validate-to", "2020-07-31", "--train-from", "2020-03-01",
            "--train-to", "2020-06-30", "--json"]).Json;

        Assert.Equal(s_fitted, Names(json.GetProperty("forecasters"), "name"));
        Assert.Equal(json.GetProperty("best_baselines").GetProperty("any").GetProperty("average_precision").GetString(),
            json.GetProperty("reference").GetString());
        Assert.Equal(("2020-08-01T00:00:00", "2020-01-10", "2020-03-01", "2020-06-30"),
            (json.GetProperty("start").GetString(), json.GetProperty("history_from").GetString(),
            json.GetProperty("training").GetProperty("first").GetString(), json.GetProperty("training").GetProperty("last").GetString()));
    }

    [Fact]
    public void Nothing_is_learnt_from_what_comes_later()
    {
        using var folder = new TemporaryFolder();
        // From the scored span's end on everything happens in one corner.
        string other = folder.Write("other.csv", [city.Header, .. city.Reports.Select(report =>
            report.Time < new DateTime(2020, 8, 11) ? report.Row : $"{report.Time:yyyy-MM-dd HH:mm:ss},44.95,-30.07,theft")]);
        string[] span = ["--from", "2020-08-01", "--to", "2020-08-10", "--cell-meters", "1000", "--bootstrap", "0", "--json"];

        CommandLineRun expected = CommandLineRun.Of(["compare", "--incidents", city.Incidents, .. span]),
            found = CommandLineRun.Of(["compare", "--incidents", other, .. span]);

        Assert.Equal((0, expected.Output), (found.ExitCode, found.Output));
    }

    [Fact]
    public void Markdown_holds_a_row_a_forecaster_and_names_the_best()
    {
        using var folder = new TemporaryFolder();

        CommandLineRun run = CommandLineRun.Of("compare", "--incidents", city.Incidents, "--models", city.KindsModel, "--bootstrap", "40",
            "--markdown", folder["a.md"],
            "--json", folder["a.json"], "--reference", "KDE");

        Assert.Equal(0, run.ExitCode);
        string[] lines = File.ReadAllLines(folder["a.md"]);
        Assert.Equal(["Class `theft`:", "Class `other`:", "Class `any`:"],
            lines.Where(line => line.StartsWith("Class", StringComparison.Ordinal)));
        string[][] rows = [.. lines.Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .Select(line => line.Trim('|', ' ').Split(" | "))];
        Assert.All(rows, row => Assert.Equal(13, row.Length));
        Assert.Equal(["kinds", .. s_fitted], rows[2..16].Select(row => row[0]));
        Assert.Equal(("reference", "reference"), (rows[9][8], rows[9][10]));
        // A verdict stands in each other row, in bold where it is better.
        Assert.All(rows[2..16].Where(row => row[0] != "KDE"),
            row => Assert.Matches(@"^(\*\*[^*]+\*\* better|[^*]+ (worse|no difference))$", row[8]));
        JsonElement any = JsonDocument.Parse(File.ReadAllText(folder["a.json"])).RootElement.GetProperty("best_baselines")
            .GetProperty("any");
        Assert.Contains($"log loss {any.GetProperty("log_loss").GetString()} (", lines[^1], StringComparison.Ordinal);
        Assert.StartsWith("27 periods of a day scored, 2020-08-01 to 2020-08-27, 0 left out;", lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Svg_draws_a_line_a_forecaster_in_a_chart_a_class()
    {
        using var folder = new TemporaryFolder();

        Assert.Equal(0, CommandLineRun.Of("compare", "--incidents", city.Incidents, "--models", city.KindsModel, "--bootstrap", "0",
            "--svg", folder["a.svg"]).ExitCode);

        XElement svg = XDocument.Load(folder["a.svg"]).Root!;
        XElement[] lines = [.. svg.Descendants(svg.Name.Namespace + "polyline")];
        Assert.Equal(3 * 14, lines.Length);
        // From nothing flagged to a fifth of the area.
        Assert.All(lines, line => Assert.Equal((21, "0.0,300.0"),
            (line.Attribute("points")!.Value.Split(' ').Length, line.Attribute("points")!.Value.Split(' ')[0])));
        string[] texts = [.. svg.Descendants(svg.Name.Namespace + "text").Select(text => text.Value)];
        Assert.Equal(["kinds", .. s_fitted], texts[^14..]);
        Assert.Contains("share of the area flagged", texts);
    }

    [Fact]
    public void Tables_fit_100_columns()
    {
        CommandLineRun run = CommandLineRun.Of("compare", "--incidents", city.Incidents, "--models", city.Model, "--bootstrap", "40");

        Assert.Equal((0, 4),
            (run.ExitCode, run.Output.Split('\n').Count(line => line.StartsWith("Class any: ", StringComparison.Ordinal))));
        Assert.All(run.Output.Split('\n'), line => Assert.InRange(line.TrimEnd().Length, 0, 100));
    }

    [Fact]
    public void Same_model_twice_differs_in_nothing_but_the_name()
    {
        JsonElement json = WithModel("--models", city.Model, "--json").Json;

        Assert.Equal(["city", "city (2)"], Names(json.GetProperty("forecasters"), "name").Take(2));
        JsonElement difference = json.GetProperty("comparisons")[0].GetProperty("classes").GetProperty("any")
            .GetProperty("average_precision").GetProperty("difference");
        Assert.Equal(0, difference.GetProperty("value").GetDouble());
    }

    [Fact]
    public void Days_that_a_model_learnt_from_are_warned_of() => Assert.Contains(
        "warning: a model learnt from days up to 2020-07-31: scores on those flatter it. Score from 2020-08-01 on.",
        WithModel("--from", "2020-07-01", "--to", "2020-07-05").Error, StringComparison.Ordinal);

    [Fact]
    public void Models_of_other_heat_maps_are_refused_with_what_differs() =>
        Refusals.Failure(WithModel("--models", city.KindsModel), city.KindsModel,
            "heat maps whose choice of kinds differs: theft; other=*; expected that of " + city.Model);

    [Theory]
    [InlineData("--grid: given beside --models", "--grid", "36x36")]
    [InlineData("--kinds: given beside --models", "--kinds", "theft")]
    [InlineData("--cadence: given beside --models", "--cadence", "day")]
    [InlineData("--history-from: given beside --models", "--history-from", "2020-01-01")]
    [InlineData("reference: 'best'; expected one of city, historical average", "--reference", "best")]
    [InlineData("--from: 2020-08-01; expected a day behind the validation, which ends 2020-08-02", "--from", "2020-08-01",
        "--validate-to", "2020-08-02")]
    [InlineData("--to: 2020-07-31; expected 2020-08-01, the first day that is scored", "--to", "2020-07-31")]
    [InlineData("--train-to: 2020-08-01; expected a day before the first that is scored, 2020-08-01", "--train-to", "2020-08-01")]
    [InlineData("training of the baselines: 2020-06-01 to 2020-05-01", "--train-from", "2020-06-01", "--train-to", "2020-05-01")]
    [InlineData("--bootstrap: '-1'; expected at least 0", "--bootstrap", "-1")]
    public void Option_that_cannot_be_used_is_bad_usage(string expected, params string[] options) => Refusals.BadUsage(
        CommandLineRun.Of(["compare", "--incidents", city.Incidents, "--models", city.Model, .. options]), expected);

    [Fact]
    public void Span_has_to_be_given_where_no_model_says_what_it_learnt() => Refusals.BadUsage(Compare(s_grid), "--from: not given");

    [Theory]
    [InlineData("span to ", "--from", "2020-08-20", "--to", "2020-09-05")]
    [InlineData("span to score: from 2020-09-05", "--from", "2020-09-05")]
    [InlineData("incidents: none before 2019-01-01", "--from", "2019-01-01", "--to", "2019-02-01")]
    public void Span_that_the_incidents_do_not_cover_is_a_failure(string expected, params string[] options) =>
        Refusals.Failure(Compare([.. s_grid, .. options]), expected);

    [Fact]
    public void Places_that_cannot_be_written_are_failures()
    {
        using var folder = new TemporaryFolder();

        Refusals.Failure(WithModel("--svg", folder["missing/a.svg"]), "--svg: '", "in a folder that is missing");
        Refusals.Failure(WithModel("--markdown", folder["missing/a.md"]), "--markdown: '", "in a folder that is missing");
    }

    static IEnumerable<string?> Names(JsonElement array, string name) => array.EnumerateArray()
        .Select(element => element.GetProperty(name).GetString());

    static double Precision(JsonElement forecaster) => Any(forecaster, "average_precision");

    static double LogLoss(JsonElement forecaster) => Any(forecaster, "log_loss");

    static double Any(JsonElement forecaster, string score) => forecaster.GetProperty("classes").GetProperty("any").GetProperty(score)
        .GetProperty("value").GetDouble();
}
