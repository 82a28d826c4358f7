using HotspotInference.Docs.Tests.Commands;
using HotspotInference.Evaluation;
using HotspotInference.Features;
using HotspotInference.Heatmaps;
using HotspotInference.Incidents;
using HotspotInference.Periods;
using HotspotInference.Prediction;

namespace HotspotInference.Docs.Tests.Examples;

/// <summary>The code of docs/external-features.md, with a model that needs them.</summary>
[Collection(nameof(CurrentFolder))]
public sealed class ExternalFeaturesTests : IDisposable
{
    readonly CurrentFolder _folder = new();

    [Fact]
    public void Model_is_given_its_tables()
    {
        DateOnly first = new(2020, 1, 1);
        File.WriteAllLines("days.csv", ["date,holiday", .. Enumerable.Range(0, 80).Select(day => $"{first.AddDays(day):yyyy-MM-dd},{day % 7 / 6}")]);
        File.WriteAllLines("cells.csv", ["row,column,people", .. Enumerable.Range(0, 16).Select(cell => $"{cell / 4},{cell % 4},{cell * cell}")]);
        Programs.Expect("simulate --seed 7 --days 60 --start 2020-01-01 --out city.csv");
        Programs.Expect("train --incidents city.csv --area 44.94,-30.08,45.06,-29.92 --grid 4x4 --window 2 --layers 1 --pooling none --hidden 2 --epochs 1 --threads 1 "
            + "--external-periods days.csv --external-cells cells.csv --out city.onnx");
        IReadOnlyList<Incident> incidents = [.. new IncidentReader("city.csv").Read()];

        // EXAMPLE
        using var predictor = HotspotPredictor.Load("city.onnx");
        var external = ExternalFeatures.Load(predictor.Heatmaps, periods: "days.csv", cells: "cells.csv");
        HotspotForecast next = predictor.Predict(predictor.CreateState(incidents), external);
        // EXAMPLE

        HeatmapSeries series = predictor.CreateHeatmaps(incidents, out _);
        IReadOnlyList<IRiskForecaster> baselines = ForecastEvaluation.DefaultBaselines(predictor.Heatmaps);
        PeriodRange span = PeriodRange.Days(Cadence.Day, first.AddDays(50), first.AddDays(59));

        // EXAMPLE
        EvaluationReport report = ForecastEvaluation.Run(series, predictor.With(external), baselines, span);
        // EXAMPLE

        Assert.Equal(new DateTime(2020, 3, 1), next.PeriodStart);
        Assert.Equal(10, report.Periods);
    }

    public void Dispose() => _folder.Dispose();
}
