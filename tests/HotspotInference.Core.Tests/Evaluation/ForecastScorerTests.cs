using HotspotInference.Evaluation;
using HotspotInference.Forecasts;
using HotspotInference.Periods;

namespace HotspotInference.Tests.Evaluation;

public class ForecastScorerTests
{
    static readonly ScoringOptions s_noIntervals = new() { BootstrapDraws = 0 };

    [Fact]
    public void Two_periods_by_hand()
    {
        // 1 x 4 cells, half of them flagged. Period 1 flags columns 0 and 1 and hits 3 of 4; period 2 flags 2 and 3 and hits none of 2.
        var scorer = new ForecastScorer(Sample.Grid(1, 4), ["any"], s_noIntervals with { Coverages = [0.5], CalibrationBins = 2 });
        scorer.Add([0.8f, 0.4f, 0.2f, 0.1f], [3, 0, 1, 0]);
        scorer.Add([0.0f, 0.1f, 0.4f, 0.5f], [1, 1, 0, 0]);
        ForecasterScore score = scorer.Scored();
        ClassScore any = score.Classes["any"];
        Assert.Equal((2, 4, 2), (score.Periods, score.Cells, score.FlaggedCells[0.5]));
        Assert.Equal(6, any.Events);
        Assert.Equal(4 / 8.0, any.BaseRate);
        Assert.Equal(3 / 6.0, any.HitRate[0.5]!.Value.Value);
        Assert.Equal(3 / 6.0 / 0.5, any.Pai[0.5]!.Value.Value);
        // Two cells a period can hit all four and both of two.
        Assert.Equal(3 / 6.0, any.PeiStar[0.5]!.Value.Value);
        // Falling: .8+ .5- .4- .4- .2+ .1+ .1- .0+: precisions 1, 2/5, 3/7 (two at .1, one of them positive), 4/8.
        Assert.Equal((1 + 2 / 5.0 + 3 / 7.0 + 4 / 8.0) / 4, any.AveragePrecision!.Value.Value, 1e-12);
        Assert.Equal((0.04 + 0.16 + 0.64 + 0.01 + 1 + 0.81 + 0.16 + 0.25) / 8, any.Brier.Value, 1e-7);
        // Upper bin: risks .8 and .5, one positive. Lower bin: 1.2 expected, 3 positive.
        Assert.Equal((0.3 + 1.8) / 8, any.Ece.Value, 1e-7);
        double[] likelihoods = [0.8, 0.6, 0.2, 0.9, Math.Pow(2, -23), 0.1, 0.6, 0.5];
        Assert.Equal(-likelihoods.Sum(Math.Log) / 8, any.LogLoss.Value, 1e-7);
    }

    [Fact]
    public void Scores_equal_their_definitions_on_tied_maps()
    {
        const int Rows = 7, Columns = 9, Cells = Rows * Columns, Periods = 12;
        double[] coverages = [0.05, 0.1, 0.5, 1];
        var scorer = new ForecastScorer(Sample.Grid(Rows, Columns), ["a", "any"], s_noIntervals with { Coverages = coverages });
        float[][] risks = [.. Enumerable.Range(0, Periods).Select(t => Sample.Steps(2 * Cells, (uint)t + 1, 6))];
        float[][] actuals = [.. Enumerable.Range(0, Periods).Select(t => Sample.Counts(2 * Cells, (uint)t + 50))];
        for (int t = 0; t < Periods; t++)
            scorer.Add(risks[t], actuals[t]);
        ForecasterScore score = scorer.Scored();
        for (int c = 0; c < 2; c++)
        {
            ClassScore found = score.Classes[c == 0 ? "a" : "any"];
            Range ofClass = (c * Cells)..((c + 1) * Cells);
            (float[] Risk, float[] Actual)[] maps = [.. risks.Zip(actuals, (r, a) => (r[ofClass], a[ofClass]))];
            (float Risk, bool Positive)[] pairs = [.. maps.SelectMany(map => map.Risk.Zip(map.Actual, (r, a) => (r, a > 0)))];
            double events = maps.Sum(map => map.Actual.Sum());
            foreach (double coverage in coverages)
            {
                int k = (int)(coverage * Cells);
                double hits = maps.Sum(map => SlowScores.Hits(map.Risk, map.Actual, Columns, k));
                double best = maps.Sum(map => map.Actual.OrderDescending().Take(k).Sum());
                Assert.Equal(hits / events, found.HitRate[coverage]!.Value.Value, 1e-12);
                Assert.Equal(hits / best, found.PeiStar[coverage]!.Value.Value, 1e-12);
                Assert.Equal(hits / events / ((double)k / Cells), found.Pai[coverage]!.Value.Value, 1e-12);
                double simulated = maps.Sum(map => SlowScores.SimulatedHits(map.Risk, map.Actual, k, 400, 1));
                Assert.Equal(simulated / events, found.HitRateTieNeutral[coverage]!.Value.Value, 0.02);
            }
            Assert.Equal(SlowScores.AveragePrecision(pairs), found.AveragePrecision!.Value.Value, 1e-12);
            Assert.Equal(SlowScores.CalibrationError(pairs, 15), found.Ece.Value, 1e-12);
            foreach (double percentile in new double[] { 85, 92, 99 })
            {
                LabelCounts counts = SixLabels.CountOf([.. maps.SelectMany(map =>
                    SlowScores.Labels(map.Risk, map.Actual, Rows, Columns, Percentiles.Of(map.Risk, percentile)))]);
                LabelScore labels = found.Labels[percentile];
                Assert.Equal(counts, new LabelCounts(labels.TrueNegative.Value, labels.Correct.Value, labels.FalsePositive.Value,
                    labels.FalsePositiveNeighbour.Value, labels.FalseNegative.Value, labels.FalseNegativeNeighbour.Value));
                Assert.Equal(counts.Accuracy, labels.Accuracy.Value);
            }
        }
    }

    [Fact]
    public void Flat_map_hits_its_coverage_when_ties_are_neutral_and_the_south_west_when_not()
    {
        var scorer = new ForecastScorer(Sample.Grid(2, 2), ["any"], s_noIntervals with { Coverages = [0.25] });
        scorer.Add([0.1f, 0.1f, 0.1f, 0.1f], [0, 0, 4, 0]);
        ClassScore any = scorer.Scored().Classes["any"];
        Assert.Equal(1, any.HitRate[0.25]!.Value.Value);
        Assert.Equal(0.25, any.HitRateTieNeutral[0.25]!.Value.Value);
    }

    [Fact]
    public void Coverage_flags_the_whole_part_of_its_cells()
    {
        Assert.Equal([12, 25, 64, 129], new[] { 0.01, 0.02, 0.05, 0.1 }.Select(coverage => ScoringOptions.FlaggedCells(coverage, 1296)));
        Assert.Equal(29, ScoringOptions.FlaggedCells(0.01, 2900));
    }

    [Fact]
    public void Events_outside_count_in_the_denominator_of_the_hit_rate_alone()
    {
        var scorer = new ForecastScorer(Sample.Grid(1, 2), ["any"], s_noIntervals with { Coverages = [0.5] });
        scorer.Add([0.9f, 0.1f], [3, 0], [1]);
        ClassScore any = scorer.Scored().Classes["any"];
        Assert.Equal((3.0, 1.0), (any.Events, any.EventsOutside));
        Assert.Equal(0.75, any.HitRate[0.5]!.Value.Value);
        Assert.Equal(1, any.PeiStar[0.5]!.Value.Value);
    }

    [Fact]
    public void Ignored_margin_leaves_cells_and_events_out_and_says_so()
    {
        var scorer = new ForecastScorer(Sample.Grid(3, 3), ["any"],
            s_noIntervals with { Coverages = [1], Border = BorderPolicy.Ignore(1) });
        scorer.Add([1, 1, 1, 1, 0.5f, 1, 1, 1, 1], [5, 0, 0, 0, 2, 0, 0, 0, 0]);
        ForecasterScore score = scorer.Scored();
        ClassScore any = score.Classes["any"];
        Assert.Equal((1, 2.0, 5.0, 1.0), (score.Cells, any.Events, any.EventsInMargin, any.HitRate[1]!.Value.Value));
        Assert.Equal(0.25, any.Brier.Value);
    }

    [Fact]
    public void Scores_without_events_are_null_and_not_NaN()
    {
        var scorer = new ForecastScorer(Sample.Grid(1, 2), ["any"], s_noIntervals);
        scorer.Add([0.5f, 0.5f], [0, 0]);
        ClassScore any = scorer.Scored().Classes["any"];
        Assert.Null(any.HitRate[0.1]);
        Assert.Null(any.AveragePrecision);
        Assert.Null(any.Labels[96].FalseNegativeRate);
        Assert.Equal(0.25, any.Brier.Value);
    }

    [Fact]
    public void Label_thresholds_from_a_table_are_used_and_named()
    {
        double[] percentiles = [.. SixLabels.DefaultPercentiles];
        var table = new PercentileTable(["any"], percentiles, [.. percentiles.Select(_ => 0.05)], ThresholdSource.Batch);
        var scorer = new ForecastScorer(Sample.Grid(1, 2), ["any"], s_noIntervals with { Thresholds = table });
        scorer.Add([0.1f, 0.2f], [1, 1]);
        ForecasterScore score = scorer.Scored();
        Assert.Equal(2, score.Classes["any"].Labels[96].Correct.Value);
        Assert.True(score.Retrospective);
    }

    [Fact]
    public void Table_without_a_label_percentile_is_refused() =>
        Assert.Throws<HotspotException>(() =>
            new ForecastScorer(Sample.Grid(1, 2), ["any"], new() { Thresholds = new PercentileTable(["any"], [96], [0.1]) }));

    [Fact]
    public void Scoring_nothing_is_refused() =>
        Assert.Throws<HotspotException>(() => new ForecastScorer(Sample.Grid(1, 2), ["any"]).Scored());

    [Fact]
    public void Counts_below_zero_are_refused() =>
        Assert.Throws<HotspotException>(() => new ForecastScorer(Sample.Grid(1, 2), ["any"]).Add([0, 0], [0, -1]));

    [Fact]
    public void Defaults_are_those_of_the_published_figures()
    {
        ScoringOptions options = ScoringOptions.Default;
        Assert.Equal([0.01, 0.02, 0.05, 0.1], options.Coverages);
        Assert.Equal(Enumerable.Range(85, 15).Select(p => (double)p), options.LabelPercentiles);
        Assert.Equal((15, 200, 7, 1), (options.CalibrationBins, options.BootstrapDraws, options.BootstrapBlock, options.Seed));
        Assert.Equal([1, 3, 5, 7, 9, 11], options.FssWindows);
        Assert.Equal([10, 100], options.EventWeights);
        Assert.Equal([7, 168, 1], new[] { Cadence.Day, Cadence.Hour, Cadence.Month }.Select(ScoringOptions.WeekOf));
    }
}
