using System.Text.Json;
using HotspotInference.Models;
using HotspotInference.Tests;

namespace HotspotInference.Cli.Tests;

/// <summary>The figures of the model cards.</summary>
public sealed class ShippedModelTests
{
    // 2016-01-01..12-28 without the left-out days: 355 days, 5,438 events. The baselines' figures are the reference's to the last digit;
    // the history model is fitted to 2014, the reference's (.137 .239 .452 .678, .0862) to 2015.
    [Fact]
    public void Washingtons_history_model_and_its_baselines_reach_their_figures()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["dc.onnx"], HotspotModels.DcGunfireDailyHistory.ToArray());

        JsonElement json = CommandLineRun.Of("evaluate", "--model", folder["dc.onnx"], "--incidents", RealData.PathOf("dc-gunfire-2006-2016.csv.gz"),
            "--from", "2016-01-01", "--to", "2016-12-28", "--bootstrap", "0", "--json").Json;

        Assert.Equal((355, 5438), (json.GetProperty("periods").GetInt32(), json.GetProperty("events").GetDouble()));
        Assert.Equal([.137, .239, .452, .673, .0861], Figures(json.GetProperty("model")));
        double[][] expected = [[.123, .204, .426, .658, .0744], [.134, .237, .451, .669, .0822], [.066, .079, .094, .145, .0146]];
        Assert.Equal(expected, json.GetProperty("baselines").EnumerateArray().Select(Figures));
    }

    [Fact]
    public void Washingtons_model_reaches_its_figures()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["dc.onnx"], HotspotModels.DcGunfireDaily.ToArray());

        JsonElement json = CommandLineRun.Of("evaluate", "--model", folder["dc.onnx"], "--incidents", RealData.PathOf("dc-gunfire-2006-2016.csv.gz"),
            "--from", "2016-01-01", "--to", "2016-12-28", "--bootstrap", "0", "--json").Json;

        Assert.Equal([.138, .241, .457, .677, .0886], Figures(json.GetProperty("model")));
    }

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData("nyc")]
    [InlineData("chicago")]
    public void Models_of_several_kinds_beat_the_running_average_in_every_kind(string city)
    {
        (ReadOnlyMemory<byte> model, string file, string from, string to) = city == "nyc"
            ? (HotspotModels.NycFeloniesDaily, "nyc-felonies-2014-2015q3-4types.csv.gz", "2015-01-01", "2015-09-30")
            : (HotspotModels.ChicagoCrimeDaily, "chicago-2016-2017q3-4types.csv.gz", "2017-01-01", "2017-09-30");
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["model.onnx"], model.ToArray());

        JsonElement json = CommandLineRun.Of("evaluate", "--model", folder["model.onnx"], "--incidents", RealData.PathOf(file), "--from", from, "--to", to,
            "--bootstrap", "0", "--json").Json;

        JsonElement average = json.GetProperty("baselines").EnumerateArray().Single(baseline => baseline.GetProperty("name").GetString() == "EWMA 90 days");
        foreach (JsonProperty kind in json.GetProperty("model").GetProperty("classes").EnumerateObject())
        {
            JsonElement baseline = average.GetProperty("classes").GetProperty(kind.Name);
            Assert.True(Score(kind.Value, "average_precision") > Score(baseline, "average_precision"), kind.Name);
            Assert.True(Score(kind.Value, "log_loss") < Score(baseline, "log_loss"), kind.Name);
        }

        static double Score(JsonElement scores, string name) => scores.GetProperty(name).GetProperty("value").GetDouble();
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void Washingtons_convlstm_reaches_its_figures()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["dc.onnx"], HotspotModels.DcGunfireDailyConvLstm.ToArray());

        JsonElement json = CommandLineRun.Of("evaluate", "--model", folder["dc.onnx"], "--incidents", RealData.PathOf("dc-gunfire-2006-2016.csv.gz"),
            "--from", "2016-01-01", "--to", "2016-12-28", "--bootstrap", "0", "--json").Json;

        Assert.Equal([.118, .217, .437, .660, .0788], Figures(json.GetProperty("model")));
    }

    static double[] Figures(JsonElement forecaster)
    {
        JsonElement scores = forecaster.GetProperty("classes").GetProperty("any");
        return [.. new[] { "0.01", "0.02", "0.05", "0.1" }.Select(coverage => Math.Round(scores.GetProperty("hit_rate").GetProperty(coverage).GetProperty("value").GetDouble(), 3)),
            Math.Round(scores.GetProperty("average_precision").GetProperty("value").GetDouble(), 4)];
    }
}
