using HotspotInference.Evaluation;
using HotspotInference.Forecasts;

namespace HotspotInference.Tests.Evaluation;

public class PairedComparisonTests
{
    const int Rows = 6, Columns = 8, Cells = Rows * Columns, Periods = 60;

    // Half of the cells are risky, no two of those alike; outcomes are drawn from the truth with other numbers than any forecast.
    static readonly float[] s_truth = [.. Enumerable.Range(0, Cells).Select(cell => cell % 2 == 0 ? 0.3f - cell / 1000f : 0.02f)];

    // Stream 0 decides the outcomes. One generator for all: those of neighbouring seeds are alike.
    static readonly float[][][] s_numbers = Streams(121);

    [Fact]
    public void Same_forecasts_differ_by_exactly_nothing()
    {
        PairedComparison comparison = PairedComparison.Of(Score("a", Truth), Score("b", Truth));
        Assert.Equal(("a", "b"), (comparison.Forecaster, comparison.Reference));
        Assert.True(comparison.Classes["any"].Count > 150);
        Assert.All(comparison.Classes["any"].Values, difference =>
        {
            Assert.Equal(new Estimate(0, 0, 0), difference.Difference);
            Assert.Equal(ComparisonVerdict.NoDifference, difference.Verdict);
        });
    }

    [Fact]
    public void Truth_is_better_than_a_guess_by_every_kind_of_score_and_the_guess_is_worse()
    {
        ForecasterScore truth = Score("truth", Truth), guess = Score("guess", t => Numbers(t, 1));
        var better = PairedComparison.Of(truth, guess).Classes["any"];
        var worse = PairedComparison.Of(guess, truth).Classes["any"];
        foreach (string path in new[] { "average_precision", "roc_auc", "hit_rate/0.1", "pai/0.1", "pei_star/0.1", "brier", "log_loss",
            "poisson_deviance", "mae", "rmse", "ece", "ece_equal_mass", "fss/1", "fss/5", "labels/90/correct_rate",
                "labels/90/weighted_accuracy/10" })
        {
            Assert.True(better[path].Verdict == ComparisonVerdict.Better, path);
            Assert.True(worse[path].Verdict == ComparisonVerdict.Worse, path);
            Assert.Equal(better[path].Difference.Low, -worse[path].Difference.High, 1e-12);
            Assert.Equal(better[path].HigherIsBetter, better[path].Difference.Value > 0);
        }
    }

    [Fact]
    public void Of_forecasters_that_are_equally_good_about_one_in_twenty_is_told_apart()
    {
        // 60 pairs of guesses, periods independent: 3 expected, 9 is beyond three standard deviations.
        var options = new ScoringOptions { BootstrapBlock = 1 };
        IReadOnlyDictionary<string, ScoreDifference>[] pairs = [.. Enumerable.Range(0, 60).Select(pair => PairedComparison.Of(
            Score("a", t => Numbers(t, 2 * pair + 1), options), Score("b", t => Numbers(t, 2 * pair + 2), options)).Classes["any"])];
        foreach (string path in new[] { "average_precision", "roc_auc", "hit_rate/0.1", "brier", "log_loss", "fss/3" })
            Assert.InRange(pairs.Count(pair => pair[path].Verdict != ComparisonVerdict.NoDifference), 0, 8);
    }

    [Fact]
    public void Interval_is_that_of_the_daily_differences_and_far_narrower_than_either_score()
    {
        // One cell a period; hard days are hard for both, and the second is off by a little more. Differences of independent periods:
        // mean -+ 1.96 s / sqrt(n).
        const int Days = 400;
        float[] hardness = Sample.Numbers(Days, 3), extra = Sample.Numbers(Days, 4);
        ForecasterScore Of(Func<int, float> risk)
        {
            var scorer = new ForecastScorer(Sample.Grid(1, 1), ["any"], new() { BootstrapBlock = 1, BootstrapDraws = 2000 });
            for (int t = 0; t < Days; t++)
                scorer.Add([risk(t)], [0]);
            return scorer.Scored();
        }
        ForecasterScore a = Of(t => 0.9f * hardness[t]), b = Of(t => 0.9f * hardness[t] + 0.02f * extra[t]);
        Estimate difference = PairedComparison.Of(a, b).Classes["any"]["brier"].Difference;
        double[] daily = [.. Enumerable.Range(0, Days).Select(t =>
            Math.Pow(0.9f * hardness[t], 2) - Math.Pow(0.9f * hardness[t] + 0.02f * extra[t], 2))];
        double mean = daily.Average(), half = 1.96 * Math.Sqrt(daily.Sum(d => (d - mean) * (d - mean)) / Days / Days);
        Assert.Equal(mean, difference.Value, 1e-8);
        Assert.Equal(mean - half, difference.Low, 0.1 * half);
        Assert.Equal(mean + half, difference.High, 0.1 * half);
        Estimate alone = a.Classes["any"].Brier;
        Assert.True(difference.High - difference.Low < 0.1 * (alone.High - alone.Low));
    }

    [Fact]
    public void Every_draw_holds_the_same_periods_for_both()
    {
        const int Draws = 50;
        var options = new ScoringOptions { BootstrapDraws = Draws };
        Estimate found = PairedComparison.Of(Score("a", Truth, options),
            Score("b", t => Numbers(t, 1), options)).Classes["any"]["average_precision"].Difference;
        double Precision(Func<int, float[]> forecast, int[] weights) => SlowScores.AveragePrecision([.. Enumerable.Range(0, Periods)
            .SelectMany(t => Enumerable.Repeat(t, weights[t])).SelectMany(t => forecast(t).Zip(Outcome(t), (p, n) => (p, n > 0)))]);
        double[] differences = [.. PeriodDraws.Weights(Periods, 7, Draws, 1)
            .Select(weights => Precision(Truth, weights) - Precision(t => Numbers(t, 1), weights)).Order()];
        // The 2.5th percentile of 50 values lies between the second and the third, at 49 x 0.025 = 1.225.
        Assert.Equal(differences[1] + 0.225 * (differences[2] - differences[1]), found.Low, 1e-12);
        Assert.Equal(differences[^2] - 0.225 * (differences[^2] - differences[^3]), found.High, 1e-12);
    }

    [Fact]
    public void Nothing_is_judged_where_the_interval_cannot_carry_it()
    {
        ComparisonVerdict? Verdict(ScoringOptions? options = null, int periods = Periods, bool leaky = false) => PairedComparison.Of(
            Score("a", Truth, options, periods), Score("b", t => Numbers(t, 1), options, periods, leaky)).Classes["any"]["brier"].Verdict;
        Assert.Equal(ComparisonVerdict.Better, Verdict());
        Assert.Null(Verdict(new() { BootstrapDraws = 0 }));
        Assert.Null(Verdict(new() { BootstrapDraws = 39 }));
        Assert.Null(Verdict(periods: 3));
        Assert.Null(Verdict(leaky: true));
    }

    [Fact]
    public void Labels_of_thresholds_from_different_sources_are_not_judged()
    {
        double[] percentiles = [.. SixLabels.DefaultPercentiles];
        var low = new PercentileTable(["any"], percentiles, [.. percentiles.Select(_ => 0.01)]);
        var comparison = PairedComparison.Of(Score("a", Truth, new() { Thresholds = low }), Score("b", Truth)).Classes["any"];
        Assert.True(comparison["labels/96/correct_rate"].Difference.Low > 0);
        Assert.Null(comparison["labels/96/correct_rate"].Verdict);
        Assert.Equal(ComparisonVerdict.NoDifference, comparison["brier"].Verdict);
    }

    [Fact]
    public void Scores_of_other_draws_periods_or_origin_are_refused()
    {
        ForecasterScore score = Score("a", Truth);
        Assert.Throws<ArgumentException>(() => PairedComparison.Of(score, Score("b", Truth, new() { Seed = 2 })));
        Assert.Throws<ArgumentException>(() => PairedComparison.Of(score, Score("b", Truth, periods: 59)));
        var bare = new ForecasterScore
        {
            Name = "bare",
            Leaky = false,
            ThresholdSource = score.ThresholdSource,
            Periods = score.Periods,
            Cells = score.Cells,
            FlaggedCells = score.FlaggedCells,
            Interval = score.Interval,
            Classes = score.Classes,
        };
        Assert.Throws<ArgumentException>(() => PairedComparison.Of(score, bare));
    }

    static float[] Truth(int period) => s_truth;

    static float[] Outcome(int period) => [.. Numbers(period, 0).Zip(s_truth, (x, p) => x < p ? 1f : 0f)];

    static float[] Numbers(int period, int stream) => s_numbers[stream][period];

    static ForecasterScore Score(string name, Func<int, float[]> forecast, ScoringOptions? options = null,
        int periods = Periods, bool leaky = false)
    {
        var scorer = new ForecastScorer(Sample.Grid(Rows, Columns), ["any"], options);
        for (int t = 0; t < periods; t++)
            scorer.Add(forecast(t), Outcome(t));
        return scorer.Scored(name, leaky);
    }

    static float[][][] Streams(int count)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, count).Select(_ => (float[][])[.. Enumerable.Range(0, Periods).Select(_ =>
            (float[])[.. Enumerable.Range(0, Cells).Select(_ => random.NextSingle())])])];
    }
}
