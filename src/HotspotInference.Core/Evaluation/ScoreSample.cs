namespace HotspotInference.Evaluation;

/// <summary>What the scores of one class follow from, over one choice of periods.</summary>
/// <param name="Totals">Sums of rows of statistics.</param>
/// <param name="CellPeriods">Cells times periods.</param>
/// <param name="Ranking">The scores that are not additive.</param>
sealed record ScoreSample(double[] Totals, double CellPeriods, RankingScores Ranking)
{
    public double this[int statistic] => Totals[statistic];
}
