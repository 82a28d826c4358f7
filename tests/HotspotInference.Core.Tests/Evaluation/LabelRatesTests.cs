using System.Numerics;
using HotspotInference.Evaluation;
using HotspotInference.Forecasts;

namespace HotspotInference.Tests.Evaluation;

public class LabelRatesTests
{
    [Fact]
    public void Rates_by_hand()
    {
        // 5 cells with an event, 2 of them hot and 2 beside a hot cell; 15 without, 3 of them hot and 2 of those beside an event.
        var counts = new LabelCounts(TrueNegative: 12, Correct: 2, FalsePositive: 1, FalsePositiveNeighbour: 2, FalseNegative: 1,
            FalseNegativeNeighbour: 2);
        Assert.Equal((5 / 20.0, 2 / 5.0, 4 / 5.0, 1 / 5.0),
            (counts.FlaggedShare, counts.CorrectRate, counts.CorrectOrNeighbourRate, counts.FalseNegativeRate));
        Assert.Equal((14 / 20.0, 18 / 20.0), (counts.Accuracy, counts.TolerantAccuracy));
        Assert.Equal((0.4 + 0.8) / 2, counts.BalancedAccuracy, 1e-15);
        Assert.Equal((0.8 + 14 / 15.0) / 2, counts.TolerantBalancedAccuracy, 1e-15);
        Assert.Equal((20 + 12) / 65.0, counts.WeightedAccuracy(10));
        Assert.Equal((40 + 14) / 65.0, counts.TolerantWeightedAccuracy(10));
        Assert.Equal((200 + 12) / 515.0, counts.WeightedAccuracy(100));
    }

    [Fact]
    public void Random_map_is_the_mean_over_every_choice_of_as_many_cells()
    {
        // Above the 85th percentile of 12 distinct risks lie the upper 2; all 66 choices of 2 cells are labelled.
        const int Rows = 3, Columns = 4, Cells = 12;
        float[] risk = [.. Enumerable.Range(1, Cells).Select(i => i / 20f)], actual = [0, 0, 0, 1, 0, 0, 0, 0, 2, 0, 0, 0];
        var scorer = new ForecastScorer(Sample.Grid(Rows, Columns), ["any"], new() { BootstrapDraws = 0, LabelPercentiles = [85] });
        scorer.Add(risk, actual);
        LabelScore found = scorer.Scored().Classes["any"].Labels[85];
        var labels = new CellLabel[Cells];
        LabelCounts[] all = [.. Enumerable.Range(0, 1 << Cells).Where(choice => BitOperations.PopCount((uint)choice) == 2).Select(choice =>
        {
            SixLabels.Label([.. Enumerable.Range(0, Cells).Select(i => (float)(choice >> i & 1))], actual, Columns, 0.5, labels);
            return SixLabels.CountOf(labels);
        })];
        Assert.Equal(66, all.Length);
        LabelRates random = found.RandomMap;
        Assert.Equal(2 / 12.0, found.FlaggedShare.Value);
        Assert.Equal(2 / 12.0, random.FlaggedShare.Value, 1e-12);
        Assert.Equal(all.Average(counts => counts.CorrectRate), random.CorrectRate!.Value.Value, 1e-12);
        Assert.Equal(all.Average(counts => counts.CorrectOrNeighbourRate), random.CorrectOrNeighbourRate!.Value.Value, 1e-12);
        Assert.Equal(all.Average(counts => counts.FalseNegativeRate), random.FalseNegativeRate!.Value.Value, 1e-12);
        Assert.Equal(all.Average(counts => counts.Accuracy), random.Accuracy.Value, 1e-12);
        Assert.Equal(all.Average(counts => counts.TolerantAccuracy), random.TolerantAccuracy.Value, 1e-12);
        Assert.Equal(all.Average(counts => counts.BalancedAccuracy), random.BalancedAccuracy!.Value.Value, 1e-12);
        Assert.Equal(all.Average(counts => counts.TolerantBalancedAccuracy), random.TolerantBalancedAccuracy!.Value.Value, 1e-12);
        Assert.Equal(all.Average(counts => counts.WeightedAccuracy(10)), random.WeightedAccuracy[10].Value, 1e-12);
        Assert.Equal(all.Average(counts => counts.TolerantWeightedAccuracy(100)), random.TolerantWeightedAccuracy[100].Value, 1e-12);
    }

    [Fact]
    public void Random_map_that_flags_everything_misses_nothing_and_one_that_flags_nothing_all()
    {
        double[] percentiles = [.. SixLabels.DefaultPercentiles];
        LabelRates Random(double threshold)
        {
            var scorer = new ForecastScorer(Sample.Grid(2, 2), ["any"], new()
            {
                BootstrapDraws = 0,
                Thresholds = new PercentileTable(["any"], percentiles, [.. percentiles.Select(_ => threshold)]),
            });
            scorer.Add([0.1f, 0.2f, 0.3f, 0.4f], [1, 0, 0, 0]);
            return scorer.Scored().Classes["any"].Labels[96].RandomMap;
        }
        Assert.Equal((0, 1), (Random(0.05).FalseNegativeRate!.Value.Value, Random(0.05).CorrectRate!.Value.Value));
        Assert.Equal((1, 0.75), (Random(0.5).FalseNegativeRate!.Value.Value, Random(0.5).Accuracy.Value));
    }
}
