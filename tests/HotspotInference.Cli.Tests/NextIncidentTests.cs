using System.Text.Json;
using HotspotInference.Features;
using HotspotInference.Grids;
using HotspotInference.Heatmaps;
using HotspotInference.Onnx;
using HotspotInference.Prediction;

namespace HotspotInference.Cli.Tests;

public sealed class NextIncidentTests : IDisposable
{
    readonly SmallCity _city;
    readonly TemporaryFolder _folder = new();
    readonly string _model;

    public NextIncidentTests(SmallCity city)
    {
        _city = city;
        _model = _folder["next.onnx"];
        Even().Save(_model);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Evaluate_scores_the_ranks_of_places_beside_baselines()
    {
        JsonElement json = Evaluate("--json").Json;

        Assert.Equal(("2020-08-01T00:00:00", "2020-08-28T00:00:00"), (json.GetProperty("start").GetString(), json.GetProperty("end").GetString()));
        Assert.Equal(["historical frequency", "EWMA 90 days", "near repeat"],
            json.GetProperty("baselines").EnumerateArray().Select(baseline => baseline.GetProperty("name").GetString()));
        // A model that knows nothing: all cells alike.
        Assert.Equal(-Math.Log(120), json.GetProperty("model").GetProperty("mean_log_probability").GetProperty("value").GetDouble(), 1e-4);
        foreach (JsonElement comparison in json.GetProperty("comparisons").EnumerateArray())
            Assert.Equal("worse", comparison.GetProperty("differences").GetProperty("mean_log_probability").GetProperty("verdict").GetString());
        int incidents = _city.Reports.Count(report => report.Time >= new DateTime(2020, 8, 1));
        // Some lie outside the grid.
        Assert.InRange(json.GetProperty("incidents").GetInt32(), 0.8 * incidents, incidents);
    }

    [Fact]
    public void Evaluate_prints_a_table_and_refuses_what_is_said_of_risk()
    {
        string table = Evaluate().Output;
        CommandLineRun refused = Evaluate("--percentile", "90");

        foreach (string text in (string[])["top 50", "MRR", "near repeat", "mean log probability"])
            Assert.Contains(text, table, StringComparison.Ordinal);
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("--percentile with a model of the next incident", refused.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("forecast", "--model")]
    [InlineData("compare", "--models")]
    public void Verbs_that_need_risk_refuse_it(string verb, string option)
    {
        string[] span = verb == "compare" ? ["--from", "2020-08-01"] : ["--out", _folder["out"]];

        CommandLineRun run = CommandLineRun.Of([verb, option, _model, "--incidents", _city.Incidents, .. span]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("expected an output 'risk'", run.Error, StringComparison.Ordinal);
        Assert.Contains("hotspot evaluate", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Info_says_what_it_is() => Assert.Contains("next (even)", CommandLineRun.Of("info", "--model", _model).Output, StringComparison.Ordinal);

    CommandLineRun Evaluate(params string[] options) =>
        CommandLineRun.Of(["evaluate", "--model", _model, "--incidents", _city.Incidents, "--bootstrap", "50", .. options]);

    static OnnxGraphBuilder Even()
    {
        const int steps = 2;
        var graph = new OnnxGraphBuilder("even");
        OnnxValue zero = graph.Mul(graph.Slice(graph.Input("events", "batch", steps, 4), graph.Integers(0), graph.Integers(1), graph.Integers(2)),
            graph.Scalar(0));
        OnnxValue first = graph.Gather(zero, 0, 1), map = graph.Add(graph.Unsqueeze(first, graph.Integers(2)),
            graph.Constant("map", Enumerable.Repeat(1f / (SmallCity.Rows * SmallCity.Columns), SmallCity.Rows * SmallCity.Columns).ToArray(), 1, SmallCity.Rows,
                SmallCity.Columns));
        graph.Output("next", map, "batch", SmallCity.Rows, SmallCity.Columns);
        graph.Metadata[ModelMetadata.Key] = new ModelMetadata
        {
            Architecture = "even",
            Name = "next",
            Heatmaps = new HeatmapSpec { Grid = new GridSpec(GeoBounds.Parse(SmallCity.Area), SmallCity.Rows, SmallCity.Columns) },
            Features = new FeatureSpec(),
            Events = new EventSpec { Steps = steps },
            Classes = ["any"],
            Grid = GridMode.Fixed,
            Training = new DaySpan(new DateOnly(2020, 1, 1), new DateOnly(2020, 7, 31)),
        }.ToJson();
        return graph;
    }
}
