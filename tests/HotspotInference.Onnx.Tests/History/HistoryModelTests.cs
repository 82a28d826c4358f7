using HotspotInference.Features;
using HotspotInference.Forecasts;
using HotspotInference.Heatmaps;
using HotspotInference.Incidents;
using HotspotInference.Onnx.History;
using HotspotInference.Periods;
using HotspotInference.Prediction;
using HotspotInference.Simulation;

namespace HotspotInference.Onnx.Tests.History;

public sealed class HistoryModelTests
{
    const int Days = 500;
    static readonly SimulatedCity s_city = new(new SimulatedCityOptions
    {
        Seed = 4,
        Days = Days,
        EventsPerDay = 12,
        Kinds = [new("theft", 0.7), new("assault", 0.3)],
    });
    static readonly DateOnly s_first = s_city.Options.Start;
    static readonly HeatmapSpec s_spec = new() { Grid = new GridSpec(s_city.Options.Bounds, 12, 10),
        Kinds = KindEncoding.Of("theft", "assault") };
    static readonly HistoryModelOptions s_options = new()
    {
        Name = "simulated",
        TimeZone = "UTC",
        Training = Span(90, 340),
        Validation = Span(341, 480),
        Features = new FeatureSpec
        {
            History = new HistorySpec { HalfLives = [2, 10, 60, 500], Smoothings = [0, 1.2], Channels = s_spec.Kinds.Classes },
            Calendar = new CalendarSpec { Features = ["total_14", "total_90", "saturday", "year_sin_1", "year_cos_1"] },
        },
    };
    static readonly Lazy<HistoryModel> s_model = new(() => HistoryModel.Fit(Series(s_city.Incidents), s_options));

    [Fact]
    public void Nothing_after_training_changes_the_parameters()
    {
        DateTime end = Day(341).ToDateTime(TimeOnly.MinValue);
        HistoryModel moved = HistoryModel.Fit(Series(s_city.Incidents.Select(incident =>
            incident.Time >= end ? incident with { Latitude = s_city.Options.Bounds.South, Kinds = "assault" } : incident)), s_options);
        HistoryModel movedBefore = HistoryModel.Fit(Series(s_city.Incidents.Select(incident =>
            incident.Time >= end.AddDays(-1) ? incident with { Latitude = s_city.Options.Bounds.South } : incident)), s_options);

        AssertSame(s_model.Value.Summary.Parameters, moved.Summary.Parameters);
        Assert.Equal(s_model.Value.Metadata.DataFingerprint, moved.Metadata.DataFingerprint);
        Assert.NotEqual(s_model.Value.Metadata.Thresholds!.Values.ToArray(), moved.Metadata.Thresholds!.Values.ToArray());
        Assert.NotEqual(s_model.Value.Summary.Parameters.Weights[0], movedBefore.Summary.Parameters.Weights[0]);
        Assert.NotEqual(s_model.Value.Metadata.DataFingerprint, movedBefore.Metadata.DataFingerprint);
    }

    [Fact]
    public void Fitter_looks_at_nothing_after_training()
    {
        HeatmapSeries series = Series(s_city.Incidents);
        PeriodRange training = PeriodRange.Days(Cadence.Day, s_options.Training.First, s_options.Training.Last);

        HistoryModelFit whole = HistoryModelFitter.Fit(series, s_options.Features!, training);
        HistoryModelFit cut = HistoryModelFitter.Fit(series.Slice(series.Periods with { Count = 341 }), s_options.Features!, training);

        AssertSame(cut.Parameters, whole.Parameters);
        Assert.Equal(cut.Events, whole.Events);
    }

    [Fact]
    public void Thresholds_are_the_percentiles_of_risk_over_validation()
    {
        using var predictor = HotspotPredictor.Load(s_model.Value.Graph.ToArray());
        HeatmapSeries series = Series(s_city.Incidents);
        int cells = s_spec.Grid.CellCount;
        var risks = new List<float>[3];
        for (int day = 341; day <= 480; day++)
        {
            ReadOnlySpan<float> risk = predictor.Predict(predictor.CreateState(s_city.Incidents, through: Day(day - 1))).Risk.Span;
            for (int k = 0; k < 3; k++)
                (risks[k] ??= []).AddRange(risk.Slice(k * cells, cells));
        }

        PercentileTable thresholds = predictor.Metadata.Thresholds!;
        for (int k = 0; k < 3; k++)
        {
            risks[k].Sort();
            foreach (double percentile in thresholds.Percentiles)
            {
                // numpy's default: linear between the two ranks.
                double rank = percentile / 100 * (risks[k].Count - 1);
                float low = risks[k][(int)rank], high = risks[k][Math.Min((int)rank + 1, risks[k].Count - 1)];
                Assert.True(thresholds.TryGet(predictor.Classes[k], percentile, out RiskThreshold threshold));
                Assert.Equal(low + (rank - (int)rank) * (high - low), threshold.Value, 1e-6 * high);
            }
        }
        Assert.Equal(ThresholdSource.Validation, thresholds.Source);
    }

    [Fact]
    public void Risk_is_calibrated_on_simulated_incidents()
    {
        IReadOnlyList<double?> calibration = s_model.Value.Calibration!;

        // About 1,500 incidents in clusters.
        Assert.Equal(3, calibration.Count);
        Assert.All(calibration, ratio => Assert.InRange(ratio!.Value, 0.9, 1.1));
        Assert.All(s_model.Value.Summary.Residuals, residual => Assert.InRange(residual, 0, 1e-5));
    }

    [Fact]
    public void A_saved_model_predicts_what_its_parameters_say()
    {
        using var stream = new MemoryStream(s_model.Value.Graph.ToArray());
        using var predictor = HotspotPredictor.Load(stream);
        HistoryModelParameters parameters = s_model.Value.Summary.Parameters;
        CityState city = predictor.CreateState(s_city.Incidents);
        int cells = s_spec.Grid.CellCount, features = s_options.Features!.History!.FeatureCount;
        float[] history = new float[features * cells], calendar = new float[5];
        city.CopyHistory(1, history);
        city.CopyCalendar(1, calendar);

        ReadOnlySpan<float> risk = predictor.Predict(city).Risk.Span;

        for (int i = 0; i < risk.Length; i++)
        {
            (int k, int cell) = Math.DivRem(i, cells);
            double rate = parameters.Floor[k] + Enumerable.Range(0, features)
                .Sum(f => parameters.Weights[k][f] * history[f * cells + cell]);
            double logFactor = parameters.Bias[k] + Enumerable.Range(0, 5).Sum(f => parameters.Beta[k][f] * calendar[f]);
            double expected = 1 - Math.Exp(-rate * Math.Exp(logFactor));
            Assert.Equal(expected, risk[i], 2e-5 * expected);
        }
        Assert.Equal(s_model.Value.Metadata, predictor.Metadata);
    }

    [Fact]
    public void A_class_learns_from_its_own_history_and_that_of_all_incidents()
    {
        HistoryModelParameters parameters = s_model.Value.Summary.Parameters;
        const int PerChannel = 8;
        string[] classes = ["theft", "assault", "any"];

        Assert.Equal(classes, s_model.Value.Metadata.Classes);
        for (int k = 0; k < 3; k++)
        {
            for (int channel = 0; channel < 3; channel++)
            {
                if (channel != k && channel != 2)
                    Assert.All(parameters.Weights[k].Skip(channel * PerChannel).Take(PerChannel), weight => Assert.Equal(0, weight));
            }
            Assert.Equal(1, parameters.Weights[k].Sum(), 1e-9);
        }
        double[] events = [.. Enumerable.Range(0, 3)
            .Select(k => Enumerable.Range(90, 251).Sum(day => Series(s_city.Incidents).Total(day, k)))];
        Assert.Equal(events, s_model.Value.Summary.Events);
    }

    [Fact]
    public void Training_counts_only_periods_with_data_that_are_not_left_out_and_have_a_past()
    {
        HeatmapSpec spec = s_spec with
        {
            ExcludedDays = ExcludedDays.Parse("01-01..01-02,02-01..02-03"),
            MissingPeriods = MissingPeriods.DeclaredGaps,
            Gaps = DeclaredGaps.Parse("2015-03-01..2015-03-10"),
        };
        PeriodRange training = PeriodRange.Days(Cadence.Day, s_first, Day(99));

        HistoryModelFit fit = HistoryModelFitter.Fit(Series(s_city.Incidents, spec), s_options.Features!, training);

        // Of 100 days: 2 left out at the start, then a first one without a past; 3 left out; 10 missing.
        Assert.Equal(100 - 2 - 1 - 3 - 10, fit.Periods);
    }

    [Fact]
    public void The_same_data_give_the_same_file() =>
        Assert.Equal(s_model.Value.Graph.ToArray(), HistoryModel.Fit(Series(s_city.Incidents.Reverse()), s_options).Graph.ToArray());

    [Fact]
    public void Without_validation_there_are_no_thresholds()
    {
        HistoryModel model = HistoryModel.Fit(Series(s_city.Incidents), s_options with { Validation = null });

        Assert.Null(model.Metadata.Thresholds);
        Assert.Null(model.Calibration);
        AssertSame(s_model.Value.Summary.Parameters, model.Summary.Parameters);
    }

    [Fact]
    public void A_class_without_incidents_in_validation_has_no_calibration()
    {
        DateTime end = Day(341).ToDateTime(TimeOnly.MinValue);
        HistoryModel model = HistoryModel.Fit(Series(s_city.Incidents.Select(incident => incident.Time >= end
            ? incident with { Kinds = "theft" } : incident)), s_options);

        Assert.NotNull(model.Calibration![0]);
        Assert.Null(model.Calibration[1]);
    }

    [Fact]
    public void Spans_and_features_that_cannot_be_fitted_are_refused()
    {
        HeatmapSeries series = Series(s_city.Incidents);
        FeatureSpec features = s_options.Features!;

        Refused(s_options with { Validation = Span(340, 480) }, "after the training span");
        Refused(s_options with { Validation = Span(20, 60) }, "after the training span");
        Refused(s_options with { Validation = Span(400, Days) }, "2016-05-14");
        Refused(s_options with { Training = Span(-10, 340) }, "2014-12-22");
        Refused(s_options with { Training = Span(335, 340) }, "at least 7");
        Refused(s_options with { Features = features with { Calendar = null } }, "history and calendar");
        Refused(s_options with { Features = features with { History = null } }, "history and calendar");
        Refused(s_options with { Features = features with { Maps = new MapWindowSpec { Lags = [1], Channels = ["any"] } } },
            "history and calendar");

        void Refused(HistoryModelOptions options, string part) =>
            Assert.Contains(part, Assert.Throws<HotspotException>(() => HistoryModel.Fit(series, options)).Message,
                StringComparison.Ordinal);
    }

    [Fact]
    public void A_class_without_incidents_in_training_is_refused_by_name()
    {
        HeatmapSpec spec = s_spec with { Kinds = KindEncoding.Of("theft", "arson") };
        FeatureSpec features = s_options.Features! with { History = s_options.Features!.History! with { Channels = spec.Kinds.Classes } };

        HotspotException error = Assert.Throws<HotspotException>(() =>
            HistoryModel.Fit(Series(s_city.Incidents, spec), s_options with { Features = features }));

        Assert.Contains("arson", error.Subject, StringComparison.Ordinal);
    }

    [Fact]
    public void Warm_up_is_a_quarter_of_the_days_and_at_most_two_years()
    {
        Assert.Equal(25, HistoryModel.WarmUp(Span(0, 99)));
        Assert.Equal(730, HistoryModel.WarmUp(Span(0, 4000)));
    }

    static DateOnly Day(int day) => s_first.AddDays(day);

    static DaySpan Span(int from, int to) => new(Day(from), Day(to));

    static HeatmapSeries Series(IEnumerable<Incident> incidents, HeatmapSpec? spec = null)
    {
        var builder = new HeatmapBuilder(spec ?? s_spec, PeriodRange.Days(Cadence.Day, s_first, Day(Days - 1)));
        builder.AddRange(incidents);
        return builder.Build();
    }

    static void AssertSame(HistoryModelParameters expected, HistoryModelParameters actual)
    {
        Assert.Equal(expected.Weights.SelectMany(row => row), actual.Weights.SelectMany(row => row));
        Assert.Equal(expected.Floor, actual.Floor);
        Assert.Equal(expected.Bias, actual.Bias);
        Assert.Equal(expected.Beta.SelectMany(row => row), actual.Beta.SelectMany(row => row));
    }
}
