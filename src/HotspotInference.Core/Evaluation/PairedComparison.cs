namespace HotspotInference.Evaluation;

/// <summary>
/// One forecaster against another over the same periods: the difference of every score with its 95% interval. Both were scored on the same
/// draws of whole blocks of periods, and the difference is taken draw by draw, so that what makes a day hard for both cancels out.
/// Immutable.
/// </summary>
/// <remarks>
/// A verdict is given only where the interval can carry it: not below 40 draws or 4 periods, not where either forecaster is leaky, and
/// not for the six labels where the two take their thresholds from different sources, since the one that flags more then misses less.
/// </remarks>
public sealed record PairedComparison
{
    // 2.5% of fewer draws is less than one of them.
    const int FewestDraws = 40;
    // So many blocks at least: PeriodDraws.Block takes at most a quarter of the periods.
    const int FewestPeriods = 4;

    PairedComparison(ForecasterScore forecaster, ForecasterScore reference,
        IReadOnlyDictionary<string, IReadOnlyDictionary<string, ScoreDifference>> classes) =>
        (Forecaster, Reference, Interval, Classes) = (forecaster.Name, reference.Name, forecaster.Interval, classes);

    /// <summary>The forecaster that is judged.</summary>
    public string Forecaster { get; }

    /// <summary>What it is compared with.</summary>
    public string Reference { get; }

    /// <summary>How the intervals were made.</summary>
    public IntervalMethod Interval { get; }

    /// <summary>
    /// By class, in the order of the classes, and by score, named by its path in the JSON of a <see cref="ClassScore"/>:
    /// <c>average_precision</c>, <c>hit_rate/0.05</c>, <c>fss/5</c>, <c>labels/96/balanced_accuracy</c>. Scores that are not defined for
    /// both are left out.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, ScoreDifference>> Classes { get; }

    /// <summary>Compares any two forecasters.</summary>
    /// <param name="forecaster">The forecaster that is judged, scored by a <see cref="ForecastScorer"/>.</param>
    /// <param name="reference">What it is compared with, scored over the same periods with the same bootstrap.</param>
    /// <exception cref="ArgumentException">
    /// The scores are not over the same periods, cells, classes and events, the intervals were made in different ways, or a score was not
    /// made by a <see cref="ForecastScorer"/>.
    /// </exception>
    public static PairedComparison Of(ForecasterScore forecaster, ForecasterScore reference)
    {
        ArgumentNullException.ThrowIfNull(forecaster);
        ArgumentNullException.ThrowIfNull(reference);
        if (!IsComparable(forecaster, reference))
            throw new ArgumentException($"'{reference.Name}' was not scored on what '{forecaster.Name}' was; "
                + "expected the same periods, cells, classes and events, and the same draws.", nameof(reference));
        bool isJudged = forecaster.Interval.Draws >= FewestDraws && forecaster.Periods >= FewestPeriods
            && !forecaster.Leaky && !reference.Leaky;
        bool labelsAreJudged = isJudged && forecaster.ThresholdSource == reference.ThresholdSource;
        var classes = new Dictionary<string, IReadOnlyDictionary<string, ScoreDifference>>();
        foreach (string name in forecaster.Classes.Keys)
        {
            var differences = new Dictionary<string, ScoreDifference>();
            foreach ((string path, ScoreDraws draws) in DrawsOf(forecaster, name))
            {
                if (!DrawsOf(reference, name).TryGetValue(path, out ScoreDraws? other))
                    continue;
                bool isLabel = path.StartsWith("labels/", StringComparison.Ordinal);
                differences.Add(path, ScoreDifference.Of(draws.Minus(other), isLabel ? labelsAreJudged : isJudged));
            }
            classes.Add(name, differences);
        }
        return new PairedComparison(forecaster, reference, classes);
    }

    static IReadOnlyDictionary<string, ScoreDraws> DrawsOf(ForecasterScore score, string className) =>
        score.Draws.TryGetValue(className, out IReadOnlyDictionary<string, ScoreDraws>? draws) ? draws
            : throw new ArgumentException($"The scores of '{score.Name}' hold no draws; expected those that a ForecastScorer made.",
                nameof(score));

    static bool IsComparable(ForecasterScore a, ForecasterScore b) =>
        a.Periods == b.Periods && a.Cells == b.Cells && a.Interval == b.Interval && a.Classes.Keys.SequenceEqual(b.Classes.Keys)
        && a.Classes.All(pair => pair.Value.Events == b.Classes[pair.Key].Events && pair.Value.BaseRate == b.Classes[pair.Key].BaseRate);
}
