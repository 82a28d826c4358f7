namespace HotspotInference.Evaluation;

/// <summary>
/// All periods, and the bootstrap's choices of them: turns the formula of a score into its estimate, and remembers the draws of those by
/// which forecasters are compared.
/// </summary>
sealed class ScoreRecorder(ScoreSample whole, IReadOnlyList<ScoreSample> draws)
{
    readonly Dictionary<string, ScoreDraws> _compared = [];

    public ScoreSample Whole => whole;

    /// <summary>The scores that have a better and a worse, by their path in the JSON of a <see cref="ClassScore"/>.</summary>
    public IReadOnlyDictionary<string, ScoreDraws> Compared => _compared;

    /// <summary>A number that is neither good nor bad; null where it is not defined over all periods.</summary>
    public Estimate? Neutral(Func<ScoreSample, double> formula) => Draw(formula, higherIsBetter: false)?.ToEstimate();

    /// <summary>A score of which more is better.</summary>
    public Estimate? Higher(string path, Func<ScoreSample, double> formula) => Compare(path, formula, higherIsBetter: true);

    /// <summary>A score of which less is better.</summary>
    public Estimate? Lower(string path, Func<ScoreSample, double> formula) => Compare(path, formula, higherIsBetter: false);

    Estimate? Compare(string path, Func<ScoreSample, double> formula, bool higherIsBetter)
    {
        if (Draw(formula, higherIsBetter) is not { } drawn)
            return null;
        _compared.Add(path, drawn);
        return drawn.ToEstimate();
    }

    ScoreDraws? Draw(Func<ScoreSample, double> formula, bool higherIsBetter)
    {
        double value = formula(whole);
        return double.IsFinite(value) ? new ScoreDraws(value, [.. draws.Select(formula)], higherIsBetter) : null;
    }
}
