using HotspotInference.Evaluation;
using HotspotInference.Features;
using HotspotInference.Heatmaps;
using HotspotInference.Onnx.History;
using HotspotInference.Periods;
using HotspotInference.Prediction;
using HotspotInference.Simulation;

namespace HotspotInference.Onnx.Tests.History;

public sealed class HistoryForecasterFitterTests
{
    const int Days = 300;

    static readonly SimulatedCity s_city = new(new SimulatedCityOptions { Seed = 8, Days = Days, EventsPerDay = 10 });
    static readonly HeatmapSpec s_spec = new() { Grid = new GridSpec(s_city.Options.Bounds, 10, 10) };
    static readonly FeatureSpec s_features = new()
    {
        History = new HistorySpec { HalfLives = [5, 40, 300], Smoothings = [0, 1.2], Channels = s_spec.Kinds.Classes },
        Calendar = new CalendarSpec { Features = ["total_14", "saturday"] },
    };
    static readonly HistoryForecasterFitter s_fitter = new(features: s_features);

    static HeatmapSeries Series(IEnumerable<Incident> incidents)
    {
        var builder = new HeatmapBuilder(s_spec,
            PeriodRange.Days(Cadence.Day, s_city.Options.Start, s_city.Options.Start.AddDays(Days - 1)));
        builder.AddRange(incidents);
        return builder.Build();
    }

    [Fact]
    public void Forecaster_is_the_history_model_of_the_same_span()
    {
        HeatmapSeries series = Series(s_city.Incidents);
        var training = new PeriodRange(Cadence.Day, series.Periods.First + 60, 180);
        HistoryModel model = HistoryModel.Fit(series, new HistoryModelOptions
        {
            Name = "expected",
            Features = s_features,
            Training = new(s_city.Options.Start.AddDays(60), s_city.Options.Start.AddDays(239)),
        }, cancellationToken: TestContext.Current.CancellationToken);
        using var expected = HotspotPredictor.Load(model.Graph.ToArray());
        var city = new CityState(s_spec, s_features, series.Periods.First);
        for (int day = 0; day < 240; day++)
            city.Append(series, day);

        IRiskForecaster fitted = s_fitter.Fit(series, training, TestContext.Current.CancellationToken);
        using var disposable = Assert.IsType<IDisposable>(fitted, exactMatch: false);
        var risk = new float[s_spec.MapLength];
        fitted.Predict(city, 1, risk);

        Assert.Equal(expected.Predict(city).Risk.ToArray(), risk);
        Assert.Equal("history model", fitted.Name);
    }

    [Fact]
    public void Nothing_after_training_changes_the_fit()
    {
        HeatmapSeries series = Series(s_city.Incidents);
        DateTime end = s_city.Options.Start.AddDays(240).ToDateTime(TimeOnly.MinValue);
        HeatmapSeries other = Series(s_city.Incidents.Select(incident => incident.Time < end ? incident
            : incident with { Latitude = s_city.Options.Bounds.South }));
        var training = new PeriodRange(Cadence.Day, series.Periods.First + 60, 180);

        Assert.Equal(Risk(series), Risk(other));

        float[] Risk(HeatmapSeries known)
        {
            using var fitted = (HotspotPredictor)s_fitter.Fit(known, training, TestContext.Current.CancellationToken);
            var city = new CityState(s_spec, s_features, series.Periods.First);
            for (int day = 0; day < 240; day++)
                city.Append(series, day);
            return fitted.Predict(city).Risk.ToArray();
        }
    }

    [Fact]
    public void Default_features_suit_the_cadence_and_walk_forward_scores_them()
    {
        WalkForwardReport report = WalkForward.Run(Series(s_city.Incidents), [new HistoryForecasterFitter()],
            new WalkForwardOptions { Splits = 1, TestPeriods = 60, Horizons = [1, 7], Refits = [WalkForwardRefit.Monthly],
            Scoring = new() { BootstrapDraws = 0 } },
            cancellationToken: TestContext.Current.CancellationToken);

        // 10 incidents a day in clusters: without skill average precision is the base rate.
        ClassScore scores = report.Refits[0].Pooled.Classes["any"];
        Assert.True(scores.AveragePrecision!.Value.Value > 1.5 * scores.BaseRate);
        Assert.Equal((2, 60), (report.Refits[0].Fits, report.Refits[0].Pooled.Periods));
        Assert.Equal([54, 54], report.Horizons.Select(score => score.Pooled.Periods));
    }
}
