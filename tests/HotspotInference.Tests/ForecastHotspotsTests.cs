using HotspotInference.Features;
using HotspotInference.Forecasts;
using HotspotInference.Heatmaps;
using HotspotInference.Onnx.Tests.Prediction;
using HotspotInference.Pipelines;
using HotspotInference.Prediction;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace HotspotInference.Tests;

/// <summary>From incidents to risk through ML.NET is what <see cref="HotspotPredictor"/> gives, bit for bit.</summary>
public sealed class ForecastHotspotsTests
{
    static readonly MLContext s_ml = Samples.ML;

    [Theory]
    [InlineData(false, 1)]
    [InlineData(false, 8)]
    [InlineData(true, 1)]
    [InlineData(true, 8)]
    public void Risk_of_every_day_is_the_predictors(bool history, int batchSize)
    {
        Incident[] incidents = Samples.Incidents();
        byte[] model = history ? Samples.HistoryModel() : Samples.MapsModel;
        using var predictor = HotspotPredictor.Load(model);

        List<RiskRow> rows = Forecast(model, incidents, new() { BatchSize = batchSize });

        Assert.Equal(new DateTime(2020, 1, 31), rows[^1].PeriodStart);
        Assert.Equal(history ? 31 : 29, rows.Count);
        foreach (RiskRow row in rows.Where(row => row.PeriodStart > new DateTime(2020, 1, 3)))
            AssertSame(predictor.Predict(incidents, DateOnly.FromDateTime(row.PeriodStart)), row, 96);
    }

    [Fact]
    public void History_begins_where_the_models_does()
    {
        Incident[] incidents = Samples.Incidents();
        var day = new DateOnly(2020, 1, 20);
        byte[] model = Samples.HistoryModel(Samples.HistoryMetadata(historyFrom: new(2020, 1, 10)));
        using var predictor = HotspotPredictor.Load(model);

        RiskRow row = Assert.Single(Forecast(model, incidents, null, day, day));

        AssertSame(predictor.Predict(incidents, day), row, 96);
        // The model that looks at all history says otherwise.
        Assert.NotEqual(Forecast(Samples.HistoryModel(), incidents, null, day, day)[0].Risk, row.Risk);
    }

    [Theory]
    [InlineData(FillMethod.Ewma)]
    [InlineData(FillMethod.Linear)]
    public void Missing_maps_are_made_up_as_the_predictor_does(FillMethod filling)
    {
        Incident[] incidents = Samples.Incidents();
        ModelMetadata metadata = MapModels.Metadata with
        {
            Heatmaps = Samples.Heatmaps with
            {
                MissingPeriods = MissingPeriods.DeclaredGaps,
                Gaps = DeclaredGaps.Parse("2020-01-08..2020-01-11"),
                Filling = filling,
            },
        };
        byte[] model = MapModels.Graph(metadata).ToArray();
        using var predictor = HotspotPredictor.Load(model);

        // The model's risk is its last map, a count; fractions and counts of at most 1 pass as probabilities.
        foreach (RiskRow row in Forecast(model, incidents, null, new(2020, 1, 9), new(2020, 1, 13)))
            Assert.Equal(predictor.Predict(incidents, DateOnly.FromDateTime(row.PeriodStart)).Risk.ToArray(), row.Risk);
    }

    [Fact]
    public void Horizon_of_the_model_is_kept()
    {
        Incident[] incidents = Samples.Incidents();
        byte[] model = Samples.HistoryModel(Samples.HistoryMetadata() with { Horizon = 3 });
        using var predictor = HotspotPredictor.Load(model);

        List<RiskRow> rows = Forecast(model, incidents);

        Assert.Equal(new DateTime(2020, 2, 2), rows[^1].PeriodStart);
        foreach (RiskRow row in rows.Where(row => row.PeriodStart > new DateTime(2020, 1, 6)))
            AssertSame(predictor.Predict(incidents, DateOnly.FromDateTime(row.PeriodStart)), row, 96);
    }

    [Fact]
    public void Nothing_of_the_day_or_after_is_in_its_risk()
    {
        Incident[] incidents = Samples.Incidents();
        var day = new DateOnly(2020, 1, 20);
        Incident[] changed = [.. incidents.Select(incident =>
            DateOnly.FromDateTime(incident.Time) < day ? incident : incident with { Latitude = 0.01, Longitude = 0.01 })];

        Assert.Equal(Forecast(Samples.HistoryModel(), incidents, null, day, day)[0].Risk, Forecast(Samples.HistoryModel(), changed, null, day, day)[0].Risk);
    }

    [Fact]
    public void Thresholds_learnt_are_the_percentiles_of_the_fitted_rows()
    {
        IDataView view = Samples.View(Samples.Incidents());
        using TransformerChain<HotspotPredictionTransformer> chain =
            s_ml.Transforms.ForecastHotspots(Samples.HistoryModel(), options: new() { LearnThresholds = true, Percentile = 80 }).Fit(view);
        List<RiskRow> rows = Rows(chain.Transform(view));
        // A fifth of all cells of all days, give or take the cell at the threshold, though not of each day.
        double hot = rows.Average(row => row.Hotspots.Average(flag => flag ? 1.0 : 0));

        Assert.Equal(ThresholdSource.Batch, chain.LastTransformer.Thresholds!.Source);
        Assert.Equal(0.2, hot, 1.0 / (12 * rows.Count));
        Assert.Contains(rows, row => !row.Hotspots.Contains(true));
    }

    [Fact]
    public void Model_with_external_features_gets_those_joined()
    {
        ModelMetadata metadata = Samples.HistoryMetadata() with { External = [new("a", ExternalSource.Period), new("b", ExternalSource.Period)] };
        HotspotException refused = Assert.Throws<HotspotException>(() => s_ml.Transforms.ForecastHotspots(ExternalModel.Build(metadata)));
        Assert.Contains("JoinExternalFeatures", refused.Message, StringComparison.Ordinal);

        IDataView periods = Samples.Periods();
        using TransformerChain<HotspotPredictionTransformer> chain = s_ml.Transforms.JoinExternalFeatures(ExternalRow.View(30))
            .Append(s_ml.Transforms.PredictHotspots(ExternalModel.Build(ExternalModel.Metadata))).Fit(periods);
        float[] risk = Rows(chain.Transform(periods))[2].Risk;

        // The model's risk is the second feature over 100.
        Assert.Equal(Enumerable.Range(12, 12).Select(i => (2 + i / 24f) / 100f), risk);
    }

    [Fact]
    public void Period_without_external_features_is_an_error_that_names_it()
    {
        IDataView periods = Samples.Periods();
        IDataView joined = s_ml.Transforms.JoinExternalFeatures(ExternalRow.View(29)).Fit(periods).Transform(periods);

        Assert.Contains("2020-01-30", Assert.Throws<HotspotException>(() => ViewRows.Of(joined)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Gunfire_in_Washington_through_ml_net_is_the_predictors()
    {
        string file = RealData.PathOf("dc-gunfire-2006-2016.csv.gz");
        var day = new DateOnly(2016, 7, 15);
        byte[] model = Models.HotspotModels.DcGunfireDaily.ToArray();
        using var predictor = HotspotPredictor.Load(model);
        HotspotForecast expected = predictor.Predict(new Incidents.IncidentReader(file).Read(), day);

        IncidentDataView incidents = s_ml.Data.LoadIncidents(file);
        using TransformerChain<HotspotPredictionTransformer> chain = s_ml.Transforms.ForecastHotspots(model, day, day).Fit(incidents);
        RiskRow row = Assert.Single(Rows(chain.Transform(incidents)));

        AssertSame(expected, row, 96);
        Assert.Equal(69_279, incidents.Report!.RowsRead);
    }

    static List<RiskRow> Forecast(byte[] model, Incident[] incidents, HotspotPredictionOptions? options = null, DateOnly? from = null, DateOnly? to = null)
    {
        IDataView view = Samples.View(incidents);
        using TransformerChain<HotspotPredictionTransformer> chain = s_ml.Transforms.ForecastHotspots(model, from, to, options).Fit(view);
        return Rows(chain.Transform(view));
    }

    static List<RiskRow> Rows(IDataView view) => [.. s_ml.Data.CreateEnumerable<RiskRow>(view, reuseRowObject: false)];

    static void AssertSame(HotspotForecast expected, RiskRow row, double percentile)
    {
        Assert.Equal(expected.PeriodStart, row.PeriodStart);
        Assert.Equal(expected.Risk.ToArray(), row.Risk);
        var hot = new bool[row.Risk.Length];
        foreach (HotspotCell cell in expected.Hotspots(percentile).Cells)
            hot[cell.Row * expected.Grid.Columns + cell.Column] = true;
        Assert.Equal(hot, row.Hotspots);
        Assert.Equal(expected.Levels().AsSpan().ToArray().Select(level => (byte)level), row.Levels);
    }
}
