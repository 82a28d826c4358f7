using HotspotInference.Evaluation;

namespace HotspotInference.Tests.Evaluation;

public class BootstrapTests
{
    [Fact]
    public void Interval_of_the_brier_score_has_the_width_of_independent_periods()
    {
        // One cell, blocks of one period: the score is a mean of n independent numbers, its interval mean -+ 1.96 s / sqrt(n).
        const int Periods = 400;
        var scorer = new ForecastScorer(Sample.Grid(1, 1), ["any"], new() { BootstrapBlock = 1, BootstrapDraws = 2000 });
        float[] risk = Sample.Numbers(Periods, 3);
        foreach (float value in risk)
            scorer.Add([value], [0]);
        Estimate brier = scorer.Scored().Classes["any"].Brier;
        double[] errors = [.. risk.Select(value => (double)value * value)];
        double mean = errors.Average(), half = 1.96 * Math.Sqrt(errors.Sum(e => (e - mean) * (e - mean)) / Periods / Periods);
        Assert.Equal(mean, brier.Value, 1e-9);
        Assert.Equal(mean - half, brier.Low, 0.1 * half);
        Assert.Equal(mean + half, brier.High, 0.1 * half);
    }

    [Fact]
    public void Blocks_widen_the_interval_where_neighbouring_periods_are_alike()
    {
        Estimate Brier(int block)
        {
            var scorer = new ForecastScorer(Sample.Grid(1, 1), ["any"], new() { BootstrapBlock = block, BootstrapDraws = 1000 });
            for (int t = 0; t < 280; t++)
                scorer.Add([t / 14 % 2], [0]);
            return scorer.Scored().Classes["any"].Brier;
        }
        Estimate single = Brier(1), blocks = Brier(14);
        Assert.True(blocks.High - blocks.Low > 1.5 * (single.High - single.Low));
    }

    [Fact]
    public void Scores_of_the_order_over_a_draw_are_those_of_its_periods_repeated()
    {
        const int Periods = 9, Cells = 20;
        var ranked = new RankedOutcomes();
        float[][] risks = [.. Enumerable.Range(0, Periods).Select(t => Sample.Steps(Cells, (uint)t + 1, 5))];
        float[][] actuals = [.. Enumerable.Range(0, Periods).Select(t => Sample.Counts(Cells, (uint)t + 30))];
        for (int t = 0; t < Periods; t++)
            ranked.Add(t, risks[t], actuals[t]);
        foreach (int[] weights in PeriodDraws.Weights(Periods, 2, 5, seed: 4))
        {
            var pairs = Enumerable.Range(0, Periods).SelectMany(t => Enumerable.Repeat(t, weights[t]))
                .SelectMany(t => risks[t].Zip(actuals[t], (r, a) => (r, a > 0))).ToList();
            RankingScores scores = ranked.Score(weights);
            Assert.Equal(SlowScores.AveragePrecision(pairs), scores.AveragePrecision, 1e-12);
            Assert.Equal(SlowScores.RocAuc(pairs), scores.RocAuc, 1e-12);
        }
    }

    [Fact]
    public void Draws_hold_as_many_periods_in_blocks_and_every_period_as_often()
    {
        var total = new double[10];
        foreach (int[] weights in PeriodDraws.Weights(10, 3, 5000, seed: 1))
        {
            Assert.Equal(10, weights.Sum());
            for (int i = 0; i < 10; i++)
                total[i] += weights[i] / 5000.0;
        }
        Assert.All(total, mean => Assert.Equal(1, mean, 0.06));
    }

    [Fact]
    public void Same_seed_gives_the_same_interval_and_another_a_different_one()
    {
        Estimate Brier(int seed)
        {
            var scorer = new ForecastScorer(Sample.Grid(1, 1), ["any"], new() { Seed = seed });
            foreach (float value in Sample.Numbers(50, 3))
                scorer.Add([value], [0]);
            return scorer.Scored().Classes["any"].Brier;
        }
        Assert.Equal(Brier(1), Brier(1));
        Assert.NotEqual(Brier(1), Brier(2));
    }

    [Theory]
    [InlineData(7, 355, 7)]
    [InlineData(7, 8, 2)]
    [InlineData(7, 1, 1)]
    public void Block_is_at_most_a_quarter_of_the_periods(int wanted, int periods, int expected) =>
        Assert.Equal(expected, PeriodDraws.Block(wanted, periods));

    [Fact]
    public void Cancelled_bootstrap_stops()
    {
        var scorer = new ForecastScorer(Sample.Grid(1, 1), ["any"]);
        scorer.Add([0.5f], [0]);
        Assert.Throws<OperationCanceledException>(() => scorer.Score("x", cancellationToken: new CancellationToken(true)));
    }
}
