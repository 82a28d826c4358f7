namespace HotspotInference.Evaluation;

/// <summary>How far one forecaster's score is from another's over the same periods.</summary>
/// <param name="Difference">The forecaster's score less the reference's, with the 95% interval of that difference.</param>
/// <param name="HigherIsBetter">Whether more of this score is better.</param>
/// <param name="Verdict">What the interval says; null where it cannot be judged (<see cref="PairedComparison"/>).</param>
public sealed record ScoreDifference(Estimate Difference, bool HigherIsBetter, ComparisonVerdict? Verdict)
{
    internal static ScoreDifference Of(ScoreDraws difference, bool isJudged)
    {
        Estimate estimate = difference.ToEstimate();
        return new ScoreDifference(estimate, difference.HigherIsBetter, isJudged ? Judge(estimate, difference.HigherIsBetter) : null);
    }

    static ComparisonVerdict Judge(Estimate difference, bool higherIsBetter) => difference switch
    {
        { Low: > 0 } => higherIsBetter ? ComparisonVerdict.Better : ComparisonVerdict.Worse,
        { High: < 0 } => higherIsBetter ? ComparisonVerdict.Worse : ComparisonVerdict.Better,
        _ => ComparisonVerdict.NoDifference,
    };
}
