using HotspotInference.Baselines;
using HotspotInference.Evaluation;
using HotspotInference.Features;
using HotspotInference.Heatmaps;
using HotspotInference.Periods;
using HotspotInference.Prediction;
using HotspotInference.Tests.Features;

namespace HotspotInference.Tests.Evaluation;

public sealed class WalkForwardTests
{
    const int Days = 100;

    static readonly HeatmapSeries s_series = Series(Cities.RandomIncidents(Days));
    static readonly WalkForwardOptions s_options =
        new() { Scoring = new() { BootstrapDraws = 0, LabelPercentiles = [], Coverages = [0.2] } };

    static HeatmapSeries Series(IEnumerable<Incident> incidents)
    {
        var builder = new HeatmapBuilder(Cities.Spec, new PeriodRange(Cadence.Day, Cities.FirstPeriod, Days));
        builder.AddRange(incidents);
        return builder.Build();
    }

    static PeriodRange Range(int from, int to) => new(Cadence.Day, Cities.FirstPeriod + from, to - from);

    [Fact]
    public void Blocks_are_equal_parts_behind_one_another_up_to_the_end()
    {
        IReadOnlyList<WalkForwardSplit> splits = WalkForwardSplit.Of(s_series.Periods, s_options);

        Assert.Equal([Range(20, 40), Range(40, 60), Range(60, 80), Range(80, 100)], splits.Select(split => split.Test));
        Assert.Equal([Range(0, 20), Range(0, 40), Range(0, 60), Range(0, 80)], splits.Select(split => split.Known));
        // A quarter warms up.
        Assert.Equal([Range(5, 20), Range(10, 40), Range(15, 60), Range(20, 80)], splits.Select(split => split.Training));
    }

    [Fact]
    public void Rolling_window_keeps_its_length_and_forgets_what_is_older()
    {
        IReadOnlyList<WalkForwardSplit> splits = WalkForwardSplit.Of(s_series.Periods,
            s_options with { Window = WalkForwardWindow.Rolling, Splits = 2, TestPeriods = 15, TrainingPeriods = 40, WarmUpPeriods = 8 });

        Assert.Equal([Range(30, 70), Range(45, 85)], splits.Select(split => split.Known));
        Assert.Equal([Range(38, 70), Range(53, 85)], splits.Select(split => split.Training));
        Assert.Equal([Range(70, 85), Range(85, 100)], splits.Select(split => split.Test));
    }

    [Fact]
    public void Scores_are_those_of_a_replay_by_hand()
    {
        var fitter = new Recorder(spec => RateForecaster.Ewma(spec, 5));

        WalkForwardReport report = WalkForward.Run(s_series, [fitter], s_options with { Splits = 2, TestPeriods = 10 });

        // What was expected and what came, from a state told day by day; average precision by its definition.
        RateForecaster forecaster = RateForecaster.Ewma(s_series.Spec, 5);
        var city = new CityState(s_series.Spec, forecaster.Features, s_series.Periods.First);
        float[] risk = new float[35], actual = new float[35];
        var pairs = new List<(float Risk, bool Hit)>[2];
        for (int day = 0; day < Days; day++)
        {
            if (day >= 80)
            {
                forecaster.Predict(city, 1, risk);
                s_series.CopyTo(day, actual);
                (pairs[day / 10 - 8] ??= []).AddRange(risk.Zip(actual, (p, n) => (p, n > 0)));
            }
            city.Append(s_series, day);
        }
        WalkForwardScore score = Assert.Single(report.Refits);
        Assert.Equal([AveragePrecision(pairs[0]), AveragePrecision(pairs[1])], score.Splits.Select(block => Precision(block)), Near);
        Assert.Equal(AveragePrecision([.. pairs[0], .. pairs[1]]), Precision(score.Pooled), 1e-12);
        Assert.Equal((20, 2, "recorder"), (score.Pooled.Periods, score.Fits, score.Forecaster));

        static bool Near(double a, double b) => Math.Abs(a - b) < 1e-12;
    }

    [Fact]
    public void Refitted_fits_see_all_that_is_known_by_then_and_are_disposed()
    {
        var fitter = new Recorder(spec => RateForecaster.HistoricalAverage(spec));

        WalkForwardReport report = WalkForward.Run(s_series, [fitter],
            s_options with { Splits = 1, TestPeriods = 20, Refits = [WalkForwardRefit.Weekly], WarmUpPeriods = 10 });

        Assert.Equal([Range(0, 80), Range(0, 87), Range(0, 94)], fitter.Known);
        Assert.Equal([Range(10, 80), Range(10, 87), Range(10, 94)], fitter.Trained);
        Assert.Equal((3, 3), (report.Refits[0].Fits, fitter.Disposed));
        Assert.Equal(20, report.Refits[0].Pooled.Periods);
    }

    [Fact]
    public void Rolling_refits_move_the_window_along()
    {
        var fitter = new Recorder(spec => RateForecaster.HistoricalAverage(spec));

        WalkForward.Run(s_series, [fitter], s_options with
        {
            Splits = 1,
            TestPeriods = 20,
            Refits = [WalkForwardRefit.Every(10)],
            Window = WalkForwardWindow.Rolling,
            TrainingPeriods = 30,
            WarmUpPeriods = 5,
        });

        Assert.Equal([Range(50, 80), Range(60, 90)], fitter.Known);
        Assert.Equal([Range(55, 80), Range(65, 90)], fitter.Trained);
    }

    [Fact]
    public void Horizons_are_scored_on_the_same_periods_with_one_fit_a_block()
    {
        var fitter = new Recorder(spec => RateForecaster.Ewma(spec, 2));

        WalkForwardReport report = WalkForward.Run(s_series, [fitter],
            s_options with { Splits = 2, TestPeriods = 20, Horizons = [1, 3, 8] });

        Assert.Equal([1, 3, 8], report.Horizons.Select(score => score.Horizon));
        Assert.All(report.Horizons, score => Assert.Equal(2 * (20 - 7), score.Pooled.Periods));
        Assert.Equal(40, report.Refits[0].Pooled.Periods);
        Assert.Equal((2, 2), (fitter.Known.Count, fitter.Disposed));
        // A rate is the same at every horizon, but what is known is older.
        Assert.NotEqual(Precision(report.Horizons[0].Pooled), Precision(report.Horizons[2].Pooled));
    }

    [Fact]
    public void Horizon_forecasts_know_nothing_that_came_less_than_the_horizon_before()
    {
        const int Horizon = 5;
        var seen = new List<(long Next, int Horizon)>();
        var fitter = new Recorder(spec => new Spy(RateForecaster.Ewma(spec, 2), (city, horizon) => seen.Add((city.NextPeriod, horizon))));

        WalkForward.Run(s_series, [fitter], s_options with { Splits = 1, TestPeriods = 20, Refits = [], Horizons = [Horizon] });

        // The first target, day 84, is forecast from the days up to 79, where the fit ends too.
        Assert.Equal(Enumerable.Range(80, 16).Select(day => (Cities.FirstPeriod + day, Horizon)), seen);
        Assert.Equal([Range(0, 80)], fitter.Known);
    }

    [Fact]
    public void Learning_curve_knows_more_and_more_before_the_same_block()
    {
        var fitter = new Recorder(spec => RateForecaster.HistoricalAverage(spec));

        IReadOnlyList<LearningCurvePoint> curve = WalkForward.LearningCurve(s_series, [fitter], [8, 40, 80], s_options);

        Assert.Equal([Range(72, 80), Range(40, 80), Range(0, 80)], fitter.Known);
        Assert.Equal([Range(74, 80), Range(50, 80), Range(20, 80)], fitter.Trained);
        Assert.All(curve, point => Assert.Equal((Range(80, 100), 20), (point.Split.Test, point.Scores[0].Periods)));
        Assert.Equal(3, curve.Select(point => Precision(point.Scores[0])).Distinct().Count());
        Assert.Equal(3, fitter.Disposed);
    }

    [Theory]
    [InlineData(WalkForwardWindow.Expanding)]
    [InlineData(WalkForwardWindow.Rolling)]
    public void Nothing_at_or_after_a_period_changes_its_forecast(WalkForwardWindow window)
    {
        const int Changed = 75;
        List<Incident> incidents = Cities.RandomIncidents(Days);
        DateTime from = Cities.FirstDay.ToDateTime(TimeOnly.MinValue).AddDays(Changed);
        HeatmapSeries other = Series(incidents.Select(incident => incident.Time < from ? incident
            : incident with { Latitude = 10.01, Longitude = 20.01 }));
        WalkForwardOptions options = s_options with
        {
            Splits = 2,
            TestPeriods = 20,
            Window = window,
            Refits = [WalkForwardRefit.Never, WalkForwardRefit.Weekly, WalkForwardRefit.Daily],
            Horizons = [1, 4],
        };

        List<(long Target, int Horizon, float[] Risk)> before = Forecasts(s_series), after = Forecasts(other);

        Assert.Equal(before.Count, after.Count);
        for (int i = 0; i < before.Count; i++)
        {
            (long target, int horizon, float[] risk) = before[i];
            // Known by then are the periods up to the horizon before the target: day 75 is known to the forecast of day 76.
            if (target - horizon < Cities.FirstPeriod + Changed)
                Assert.Equal(risk, after[i].Risk);
        }
        Assert.Contains(before.Zip(after), pair => !pair.First.Risk.SequenceEqual(pair.Second.Risk));

        // A forecaster that uses whatever it is given: the last map of the series that it is fitted to, and the state.
        List<(long, int, float[])> Forecasts(HeatmapSeries series)
        {
            var all = new List<(long, int, float[])>();
            WalkForward.Run(series, [new Recorder(spec => RateForecaster.Ewma(spec, 3), all)], options);
            return all;
        }
    }

    [Theory]
    [InlineData(4, 25, null, 1)]
    [InlineData(200, null, null, 1)]
    [InlineData(2, 20, 61, 1)]
    [InlineData(4, 20, null, 21)]
    public void Series_that_is_too_short_is_refused(int splits, int? test, int? rolling, int horizon)
    {
        WalkForwardOptions options = s_options with
        {
            Splits = splits,
            TestPeriods = test,
            TrainingPeriods = rolling,
            Horizons = [horizon],
            Window = rolling is null ? WalkForwardWindow.Expanding : WalkForwardWindow.Rolling,
        };

        Assert.Throws<HotspotException>(() => WalkForward.Run(s_series, [new Recorder(spec => RateForecaster.Ewma(spec))], options));
    }

    [Fact]
    public void Learning_curve_refuses_more_than_there_is() =>
        Assert.Contains("at most the 80 before", Assert.Throws<HotspotException>(() =>
        WalkForward.LearningCurve(s_series, [new Recorder(spec => RateForecaster.Ewma(spec))], [81], s_options)).Expected,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("never", "day", null)]
    [InlineData("daily", "day", 1)]
    [InlineData("weekly", "day", 7)]
    [InlineData("monthly", "day", 30)]
    [InlineData("10d", "day", 10)]
    [InlineData("weekly", "hour", 168)]
    [InlineData("daily", "week", 1)]
    [InlineData("monthly", "week", 4)]
    [InlineData("monthly", "month", 1)]
    public void Refit_interval_in_periods(string name, string cadence, int? periods)
    {
        Assert.Equal(periods, WalkForwardRefit.Parse(name).PeriodsOf(Cadence.Parse(cadence)));
        Assert.Equal(name, WalkForwardRefit.Parse(name).Name);
    }

    [Theory]
    [InlineData("yearly")]
    [InlineData("0d")]
    [InlineData("-7d")]
    public void Refit_interval_that_means_nothing_is_refused(string name) =>
        Assert.Throws<HotspotException>(() => WalkForwardRefit.Parse(name));

    static double Precision(ForecasterScore score) => score.Classes["any"].AveragePrecision!.Value.Value;

    static double AveragePrecision(List<(float Risk, bool Hit)> pairs) => pairs.Where(pair => pair.Hit)
        .Average(hit => (double)pairs.Count(pair => pair.Hit && pair.Risk >= hit.Risk) / pairs.Count(pair => pair.Risk >= hit.Risk));

    /// <summary>Remembers what it was fitted to; its forecasters depend on all that they were given.</summary>
    sealed class Recorder(Func<HeatmapSpec, IRiskForecaster> make, List<(long, int, float[])>? forecasts = null) : IForecasterFitter
    {
        public string Name => "recorder";

        public List<PeriodRange> Known { get; } = [];

        public List<PeriodRange> Trained { get; } = [];

        public int Disposed { get; set; }

        public IRiskForecaster Fit(HeatmapSeries series, PeriodRange training, CancellationToken cancellationToken = default)
        {
            Known.Add(series.Periods);
            Trained.Add(training);
            var last = new float[series.Spec.MapLength];
            series.CopyTo(series.Periods.Count - 1, last);
            return new Fitted(this, make(series.Spec), last, forecasts);
        }
    }

    sealed class Fitted(Recorder owner, IRiskForecaster inner, float[] last, List<(long, int, float[])>? forecasts)
        : IRiskForecaster, IDisposable
    {
        public string Name => inner.Name;
        public HeatmapSpec Heatmaps => inner.Heatmaps;
        public FeatureSpec Features => inner.Features;
        public IReadOnlyList<string> Classes => inner.Classes;

        public void Predict(CityState city, int horizon, Span<float> risk)
        {
            inner.Predict(city, horizon, risk);
            if (forecasts is null)
                return;
            for (int i = 0; i < risk.Length; i++)
                risk[i] = 0.5f * risk[i] + 0.1f * Math.Min(1, last[i]);
            forecasts.Add((city.NextPeriod + horizon - 1, horizon, risk.ToArray()));
        }

        public void Dispose() => owner.Disposed++;
    }

    sealed class Spy(IRiskForecaster inner, Action<CityState, int> look) : IRiskForecaster
    {
        public string Name => inner.Name;
        public HeatmapSpec Heatmaps => inner.Heatmaps;
        public FeatureSpec Features => inner.Features;
        public IReadOnlyList<string> Classes => inner.Classes;

        public void Predict(CityState city, int horizon, Span<float> risk)
        {
            look(city, horizon);
            inner.Predict(city, horizon, risk);
        }
    }
}
