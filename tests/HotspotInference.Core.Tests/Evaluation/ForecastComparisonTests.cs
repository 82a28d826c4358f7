using HotspotInference.Baselines;
using HotspotInference.Evaluation;
using HotspotInference.Heatmaps;
using HotspotInference.Periods;
using HotspotInference.Prediction;
using HotspotInference.Tests.Features;

namespace HotspotInference.Tests.Evaluation;

public sealed class ForecastComparisonTests
{
    const int Days = 100, Scored = 80;

    static readonly HeatmapSeries s_series = Cities.Series(Cities.Spec, Cities.RandomIncidents(Days), Days);
    static readonly ScoringOptions s_options = new() { BootstrapDraws = 50, LabelPercentiles = [], Coverages = [0.1, 0.2] };

    static PeriodRange Range(int from, int to) => s_series.Periods with { First = s_series.Periods.First + from, Count = to - from };

    static ComparisonReport Compare(HeatmapSeries series, IReadOnlyList<IForecasterFitter> fitters, string? reference = null,
        int trainedTo = Scored) =>
        ForecastComparison.Run(series, [RateForecaster.Ewma(series.Spec, 5)], fitters, Range(20, trainedTo), Range(Scored, 90),
            s_options, reference,
            cancellationToken: TestContext.Current.CancellationToken);

    [Fact]
    public void Scores_are_those_of_an_evaluation_of_the_same_forecasters()
    {
        ComparisonReport report = Compare(s_series, [Named("historical average"), Named("KDE")]);

        HeatmapSeries known = s_series.Slice(Range(0, Scored));
        EvaluationReport expected = ForecastEvaluation.Run(s_series, RateForecaster.Ewma(s_series.Spec, 5),
            [RateForecaster.HistoricalAverage(s_series.Spec),
            Named("KDE").Fit(known, Range(20, Scored), TestContext.Current.CancellationToken)], Range(Scored, 90), s_options,
            cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(["EWMA 5 days", "historical average", "KDE"], report.Forecasters.Select(score => score.Name));
        foreach ((ForecasterScore mine, ForecasterScore other) in report.Forecasters.Zip([expected.Model, .. expected.Baselines]))
        {
            Assert.Equal(other.Classes["any"].AveragePrecision, mine.Classes["any"].AveragePrecision);
            Assert.Equal(other.Classes["any"].LogLoss, mine.Classes["any"].LogLoss);
            Assert.Equal(other.Classes["any"].PoissonDeviance, mine.Classes["any"].PoissonDeviance);
        }
        // The other way round: each baseline less the model.
        Assert.Equal("EWMA 5 days", report.Reference);
        Assert.Equal(expected.Comparisons.Select(comparison => -comparison.Classes["any"]["log_loss"].Difference.Value),
            report.Comparisons.Select(comparison => comparison.Classes["any"]["log_loss"].Difference.Value));
    }

    [Fact]
    public void Fits_are_handed_nothing_behind_the_training_and_scores_nothing_behind_the_span()
    {
        var fitter = new Recorder(Named("self-exciting"));
        ComparisonReport report = Compare(s_series, [fitter], trainedTo: 70);
        Assert.Equal((Range(0, 70), Range(20, 70)), (fitter.Known, fitter.Trained));

        // Another future from the end of the span on changes nothing.
        HeatmapSeries other = Cities.Series(Cities.Spec,
            Cities.RandomIncidents(Days).Where(incident => Cadence.Day.IndexOf(incident.Time) < s_series.Periods.First + 90), Days);
        Assert.Equal(report.ToJson(), Compare(other, [new Recorder(Named("self-exciting"))], trainedTo: 70).ToJson());
        // What is scored enters no fit: it is the same whatever comes there.
        var before = new Recorder(Named("self-exciting"));
        Compare(Cities.Series(Cities.Spec, Cities.RandomIncidents(Days)
            .Where(incident => (Cadence.Day.IndexOf(incident.Time) - s_series.Periods.First) is < 70 or 85), Days),
            [before], trainedTo: 70);
        Assert.Equal(((SelfExcitingForecaster)fitter.Fitted!).Parameters, ((SelfExcitingForecaster)before.Fitted!).Parameters);
    }

    [Fact]
    public void Best_baseline_is_named_for_every_score_and_the_model_is_none()
    {
        ComparisonReport report = Compare(s_series, [Named("last period"), Named("historical average"), Named("EWMA fitted")]);

        IReadOnlyDictionary<string, string> best = report.BestBaselines["any"];
        ForecasterScore[] baselines = [.. report.Forecasters.Skip(1)];
        Assert.Equal(baselines.MaxBy(score => score.Classes["any"].AveragePrecision!.Value.Value)!.Name, best["average_precision"]);
        Assert.Equal(baselines.MaxBy(score => score.Classes["any"].HitRate[0.2]!.Value.Value)!.Name, best["hit_rate/0.2"]);
        Assert.Equal(baselines.MinBy(score => score.Classes["any"].LogLoss.Value)!.Name, best["log_loss"]);
        Assert.Equal(baselines.MinBy(score => score.Classes["any"].Ece.Value)!.Name, best["ece"]);
        Assert.Equal("last period", Compare(s_series, [Named("last period")]).BestBaselines["any"]["average_precision"]);
    }

    [Fact]
    public void Reference_is_the_one_asked_for_else_the_first_model_else_the_best_baseline()
    {
        Assert.Equal("KDE", Compare(s_series, [Named("KDE")], "KDE").Reference);
        ComparisonReport baselinesAlone = ForecastComparison.Run(s_series, [], [Named("last period"), Named("historical average")],
            Range(20, Scored), Range(Scored, 90),
            s_options, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(baselinesAlone.BestBaselines["any"]["average_precision"], baselinesAlone.Reference);
        Assert.NotEqual(baselinesAlone.Reference, Assert.Single(baselinesAlone.Comparisons).Forecaster);
        Assert.Contains("one of EWMA 5 days, KDE", Assert.Throws<HotspotException>(() => Compare(s_series, [Named("KDE")], "KD")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Names_that_are_taken_get_a_number() => Assert.Equal(["EWMA 5 days", "EWMA 5 days (2)", "EWMA 90 days (2)", "EWMA 90 days"],
        ForecastComparison.Names([RateForecaster.Ewma(Cities.Spec, 5), RateForecaster.Ewma(Cities.Spec, 5),
        RateForecaster.Ewma(Cities.Spec)], [Named("EWMA 90 days")]));

    [Fact]
    public void Training_that_reaches_into_the_span_is_refused() => Assert.Contains("training of the baselines",
        Assert.Throws<HotspotException>(() => Compare(s_series, [Named("KDE")], trainedTo: Scored + 1)).Message, StringComparison.Ordinal);

    static IForecasterFitter Named(string name) => StandardBaselines.All.Single(fitter => fitter.Name == name);

    sealed class Recorder(IForecasterFitter inner) : IForecasterFitter
    {
        public string Name => inner.Name;

        public PeriodRange Known { get; private set; }

        public PeriodRange Trained { get; private set; }

        public IRiskForecaster? Fitted { get; private set; }

        public IRiskForecaster Fit(HeatmapSeries series, PeriodRange training, CancellationToken cancellationToken = default)
        {
            (Known, Trained) = (series.Periods, training);
            return Fitted = inner.Fit(series, training, cancellationToken);
        }
    }
}
