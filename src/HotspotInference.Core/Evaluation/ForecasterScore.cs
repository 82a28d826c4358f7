using HotspotInference.Forecasts;
using HotspotInference.Incidents;

namespace HotspotInference.Evaluation;

/// <summary>
/// The scores of one forecaster over one span. Immutable. One that a <see cref="ForecastScorer"/> made holds the bootstrap's draws for
/// <see cref="PairedComparison"/>: 8 bytes for each draw and score, 0.4 MB a class at the defaults.
/// </summary>
public sealed record ForecasterScore
{
    /// <summary>The forecaster's name.</summary>
    public required string Name { get; init; }

    /// <summary>Whether the forecaster could see what it forecasts (a step that is not causal): its numbers mean nothing.</summary>
    public required bool Leaky { get; init; }

    /// <summary>Whether label thresholds were taken over the span that is scored, which no forecast in use can do.</summary>
    public bool Retrospective => ThresholdSource == ThresholdSource.Batch;

    /// <summary>Where the thresholds of the six labels come from.</summary>
    public required ThresholdSource ThresholdSource { get; init; }

    /// <summary>Periods scored.</summary>
    public required int Periods { get; init; }

    /// <summary>Cells scored in each period.</summary>
    public required int Cells { get; init; }

    /// <summary>How many cells are flagged at each coverage, by coverage.</summary>
    public required IReadOnlyDictionary<double, int> FlaggedCells { get; init; }

    /// <summary>How the intervals were made.</summary>
    public required IntervalMethod Interval { get; init; }

    /// <summary>The scores by class, in the order of the classes.</summary>
    public required IReadOnlyDictionary<string, ClassScore> Classes { get; init; }

    /// <summary>The class that stands for all: <c>any</c>, or else the first.</summary>
    internal string HeadlineClass => Classes.ContainsKey(KindEncoding.AnyClass) ? KindEncoding.AnyClass : Classes.Keys.First();

    /// <summary>By class and by path: the draws of each score that has a better and a worse.</summary>
    internal IReadOnlyDictionary<string, IReadOnlyDictionary<string, ScoreDraws>> Draws { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, ScoreDraws>>();
}
