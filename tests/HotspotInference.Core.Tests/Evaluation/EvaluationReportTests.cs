using System.Text.Json;
using HotspotInference.Evaluation;
using HotspotInference.Forecasts;
using HotspotInference.Periods;

namespace HotspotInference.Tests.Evaluation;

public class EvaluationReportTests
{
    static readonly PeriodRange s_span = PeriodRange.Days(Cadence.Day, new DateOnly(2016, 1, 1), new DateOnly(2016, 1, 10));

    [Fact]
    public void Json_holds_what_the_command_line_promises()
    {
        var report = EvaluationReport.Create(Score("history"), [Score("ewma-90", seed: 7)], s_span);
        using JsonDocument document = JsonDocument.Parse(report.ToJson());
        JsonElement root = document.RootElement;
        Assert.Equal([8, 2, 100], new[] { "periods", "periods_left_out", "cells" }.Select(name => root.GetProperty(name).GetInt32()));
        Assert.True(root.GetProperty("events").GetDouble() > 0);
        Assert.InRange(root.GetProperty("base_rate").GetDouble(), 0.05, 0.3);
        Assert.False(root.GetProperty("leaky").GetBoolean());
        Assert.False(root.GetProperty("retrospective").GetBoolean());
        Assert.Equal("period", root.GetProperty("threshold_source").GetString());
        Assert.Equal("2016-01-01T00:00:00", root.GetProperty("start").GetString());
        Assert.Equal("2016-01-11T00:00:00", root.GetProperty("end").GetString());
        JsonElement[] forecasters = [root.GetProperty("model"), .. root.GetProperty("baselines").EnumerateArray()];
        Assert.Equal(["history", "ewma-90"], forecasters.Select(forecaster => forecaster.GetProperty("name").GetString()));
        foreach (JsonElement forecaster in forecasters)
        {
            JsonElement any = forecaster.GetProperty("classes").GetProperty("any");
            foreach (string name in new[] { "hit_rate", "hit_rate_tie_neutral", "pai", "pei_star" })
            {
                Assert.Equal(["0.01", "0.02", "0.05", "0.1"], any.GetProperty(name).EnumerateObject().Select(property => property.Name));
                AssertInterval(any.GetProperty(name).GetProperty("0.1"));
            }
            foreach (string name in new[] { "average_precision", "roc_auc", "brier", "log_loss", "poisson_deviance", "mae",
                "rmse", "masked_mae",
                "masked_mape", "ece", "ece_equal_mass" })
                AssertInterval(any.GetProperty(name));
            foreach (string name in new[] { "fss", "fss_uniform" })
            {
                Assert.Equal(["1", "3", "5", "7", "9", "11"], any.GetProperty(name).EnumerateObject().Select(property => property.Name));
                AssertInterval(any.GetProperty(name).GetProperty("5"));
            }
            JsonElement reliability = any.GetProperty("reliability");
            Assert.Equal(800,
                reliability.GetProperty("equal_mass").EnumerateArray().Sum(bin => bin.GetProperty("cell_periods").GetDouble()));
            Assert.Equal(15, reliability.GetProperty("equal_width").GetArrayLength());
            JsonElement labels = any.GetProperty("labels");
            Assert.Equal(Enumerable.Range(85, 15).Select(p => $"{p}"), labels.EnumerateObject().Select(property => property.Name));
            foreach (string name in new[] { "correct", "false_positive", "false_positive_neighbour", "false_negative",
                "false_negative_neighbour",
                "true_negative", "correct_or_neighbour_rate", "false_negative_rate", "accuracy", "tolerant_accuracy" })
                AssertInterval(labels.GetProperty("96").GetProperty(name));
            foreach (JsonElement rates in (IEnumerable<JsonElement>)[labels.GetProperty("96"),
                labels.GetProperty("96").GetProperty("random_map")])
            {
                foreach (string name in new[] { "flagged_share", "correct_rate", "correct_or_neighbour_rate", "accuracy",
                    "tolerant_accuracy",
                    "balanced_accuracy", "tolerant_balanced_accuracy" })
                    AssertInterval(rates.GetProperty(name));
                AssertInterval(rates.GetProperty("weighted_accuracy").GetProperty("10"));
                AssertInterval(rates.GetProperty("tolerant_weighted_accuracy").GetProperty("100"));
            }
        }
    }

    [Fact]
    public void Json_holds_each_comparison_under_the_path_of_its_score()
    {
        var report = EvaluationReport.Create(Score("history"), [Score("ewma-90", seed: 7), Score("last", seed: 9)], s_span);
        using JsonDocument document = JsonDocument.Parse(report.ToJson());
        JsonElement[] comparisons = [.. document.RootElement.GetProperty("comparisons").EnumerateArray()];
        Assert.Equal([("history", "ewma-90"), ("history", "last")],
            comparisons.Select(comparison =>
            (comparison.GetProperty("forecaster").GetString(), comparison.GetProperty("reference").GetString())));
        for (int i = 0; i < comparisons.Length; i++)
        {
            JsonProperty[] scores = [.. comparisons[i].GetProperty("classes").GetProperty("any").EnumerateObject()];
            Assert.Superset(new HashSet<string> { "average_precision", "hit_rate/0.05", "fss/5", "labels/96/weighted_accuracy/10" },
                scores.Select(score => score.Name).ToHashSet());
            foreach (JsonProperty score in scores)
            {
                double Value(JsonElement forecaster) => score.Name.Split('/')
                    .Aggregate(forecaster.GetProperty("classes").GetProperty("any"), (at, name) => at.GetProperty(name))
                        .GetProperty("value").GetDouble();
                AssertInterval(score.Value.GetProperty("difference"));
                Assert.Equal(Value(document.RootElement.GetProperty("model")) - Value(document.RootElement.GetProperty("baselines")[i]),
                    score.Value.GetProperty("difference").GetProperty("value").GetDouble(), 1e-12);
                Assert.Contains(score.Value.GetProperty("verdict").GetString(), new[] { "better", "worse", "no_difference" });
            }
        }
    }

    [Fact]
    public void One_leaky_forecaster_marks_the_report()
    {
        Assert.True(EvaluationReport.Create(Score("x", leaky: true), [], s_span).Leaky);
        Assert.True(EvaluationReport.Create(Score("x"), [Score("y", leaky: true)], s_span).Leaky);
    }

    [Fact]
    public void Thresholds_over_the_span_scored_mark_the_report_retrospective()
    {
        double[] percentiles = [.. SixLabels.DefaultPercentiles];
        var table = new PercentileTable(["any"], percentiles, [.. percentiles.Select(p => p / 100)], ThresholdSource.Batch);
        using JsonDocument document = JsonDocument.Parse(EvaluationReport.Create(Score("x", thresholds: table), [], s_span).ToJson());
        Assert.True(document.RootElement.GetProperty("retrospective").GetBoolean());
        Assert.Equal("batch", document.RootElement.GetProperty("threshold_source").GetString());
    }

    [Fact]
    public void Baseline_over_other_periods_is_refused() =>
        Assert.Throws<ArgumentException>(() => EvaluationReport.Create(Score("x"), [Score("y", periods: 5)], s_span));

    static void AssertInterval(JsonElement estimate)
    {
        double value = estimate.GetProperty("value").GetDouble();
        Assert.InRange(value, estimate.GetProperty("low").GetDouble() - 1e-9, double.MaxValue);
        Assert.True(estimate.GetProperty("low").GetDouble() <= estimate.GetProperty("high").GetDouble());
    }

    static ForecasterScore Score(string name, uint seed = 1, bool leaky = false, int periods = 8, PercentileTable? thresholds = null)
    {
        var scorer = new ForecastScorer(Sample.Grid(10, 10), ["any"], new() { Thresholds = thresholds });
        for (uint t = 0; t < periods; t++)
            scorer.Add(Sample.Numbers(100, 10 * seed + t), Sample.Counts(100, 500 + t));
        return scorer.Scored(name, leaky);
    }
}
