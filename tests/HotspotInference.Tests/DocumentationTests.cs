using HotspotInference.Features;
using HotspotInference.Heatmaps;
using HotspotInference.Pipelines;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace HotspotInference.Tests;

/// <summary>The examples of docs/mlnet.md, run. tests/Docs.Tests holds its text to be equal to them.</summary>
public sealed class DocumentationTests
{
    [Fact]
    public void Example_gives_the_predictors_risk()
    {
        string file = RealData.PathOf("dc-gunfire-2006-2016.csv.gz");
        Directory.SetCurrentDirectory(Repository.Root);
        string saved = Path.GetFullPath("pipeline.json");
        try
        {
            // EXAMPLE
            var ml = new MLContext();
            IncidentDataView incidents = ml.Data.LoadIncidents(file);
            var day = new DateOnly(2016, 7, 15);
            using var pipeline = ml.Transforms.ForecastHotspots("onnx/dc-gunfire-daily.onnx", from: day, to: day).Fit(incidents);

            Forecast forecast = ml.Data.CreateEnumerable<Forecast>(pipeline.Transform(incidents), reuseRowObject: false).Single();
            float risk = forecast.Risk[18 * 36 + 20];                     // [class, row, column], row 0 in the north
            int hot = forecast.Hotspots.Count(isHot => isHot);

            ml.Model.SavePipeline(pipeline, "pipeline.json");             // the model is in it
            // EXAMPLE

            using var predictor = HotspotPredictor.Load("onnx/dc-gunfire-daily.onnx");
            HotspotForecast expected = predictor.Predict(new Incidents.IncidentReader(file).Read(), day);
            Assert.Equal(expected.Risk.Span[18 * 36 + 20], risk);
            Assert.Equal(expected.Hotspots(percentile: 96).Cells.Count, hot);
        }
        finally
        {
            File.Delete(saved);
        }
    }

    [Fact]
    public void Written_out_chain_gives_the_same_risk()
    {
        Directory.SetCurrentDirectory(Repository.Root);
        var ml = new MLContext();
        using var predictor = HotspotPredictor.Load("onnx/dc-gunfire-daily-history.onnx");
        (HeatmapSpec spec, HistorySpec history, CalendarSpec calendar) = (predictor.Heatmaps, predictor.Features.History!, predictor.Features.Calendar!);
        var random = new Random(1);
        Incident[] known = [.. Enumerable.Range(0, 500).Select(i =>
            new Incident(new DateTime(2016, 1, 1).AddHours(i), 38.83 + random.NextDouble() / 9, -77.04 + random.NextDouble() / 9))];
        IDataView incidents = Samples.View(known);
        DateOnly day = DateOnly.FromDateTime(known[^1].Time).AddDays(1);

        // EXAMPLE
        var steps = ml.Transforms.BuildHeatmaps(spec, new() { PeriodsAhead = 1 })
            .Append(ml.Transforms.AppendHistoryFeatures(history))
            .Append(ml.Transforms.AppendCalendarFeatures(calendar))
            .Append(ml.Transforms.SelectPeriods(day))
            .Append(ml.Transforms.PredictHotspots("onnx/dc-gunfire-daily-history.onnx", new() { Percentile = 98 }))
            .Append(ml.Transforms.UpsampleRisk(factor: 8));
        // EXAMPLE

        using TransformerChain<RiskUpsamplingTransformer> fitted = steps.Fit(incidents);
        Forecast forecast = Assert.Single(ml.Data.CreateEnumerable<Forecast>(fitted.Transform(incidents), reuseRowObject: false));
        Assert.Equal(predictor.Predict(predictor.CreateState(known)).Risk.ToArray(), forecast.Risk);
    }

    // EXAMPLE
    sealed class Forecast
    {
        public DateTime PeriodStart { get; set; }

        public float[] Risk { get; set; } = [];

        public bool[] Hotspots { get; set; } = [];
    }
    // EXAMPLE
}
