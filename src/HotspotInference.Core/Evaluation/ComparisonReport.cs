using System.Text.Json;
using HotspotInference.Prediction;

namespace HotspotInference.Evaluation;

/// <summary>
/// Models and baselines side by side over the same periods and cells: what <c>hotspot compare --json</c> writes, with names in snake_case.
/// Immutable.
/// </summary>
public sealed record ComparisonReport
{
    ComparisonReport(IReadOnlyList<ForecasterScore> scores, int models, WalkForwardSplit split, string? reference)
    {
        Forecasters = scores;
        Models = [.. scores.Take(models).Select(score => score.Name)];
        Classes = [.. scores[0].Classes.Keys];
        Headline = scores[0].HeadlineClass;
        BestBaselines = Classes.ToDictionary(name => name,
            name => (IReadOnlyDictionary<string, string>)Best([.. scores.Skip(models)], name));
        Reference = reference ?? (Models is [var first, ..] ? first : null)
            ?? BestBaselines[Headline].GetValueOrDefault("average_precision", scores[0].Name);
        ForecasterScore other = scores.Single(score => score.Name == Reference);
        Comparisons = [.. scores.Where(score => score != other).Select(score => PairedComparison.Of(score, other))];
        Training = new DaySpan(DateOnly.FromDateTime(split.Training.Start), DateOnly.FromDateTime(split.Training.EndTime.AddTicks(-1)));
        HistoryFrom = DateOnly.FromDateTime(split.Known.Start);
        Start = split.Test.Start;
        End = split.Test.EndTime;
        Cadence = split.Test.Cadence.ToString();
        Periods = scores[0].Periods;
        PeriodsLeftOut = split.Test.Count - Periods;
        Cells = scores[0].Cells;
        Events = scores[0].Classes[Headline].Events;
        BaseRate = scores[0].Classes[Headline].BaseRate;
    }

    /// <summary>Version of this document's shape.</summary>
    public int SchemaVersion { get; } = 1;

    /// <summary>Wall-clock start of the span.</summary>
    public DateTime Start { get; }

    /// <summary>Wall-clock end of the span, exclusive.</summary>
    public DateTime End { get; }

    /// <summary>Length of a period.</summary>
    public string Cadence { get; }

    /// <summary>Where history begins.</summary>
    public DateOnly HistoryFrom { get; }

    /// <summary>The days that baselines learnt; models have their own.</summary>
    public DaySpan Training { get; }

    /// <summary>Periods scored.</summary>
    public int Periods { get; }

    /// <summary>Periods of the span that were not scored: days left out and periods without data.</summary>
    public int PeriodsLeftOut { get; }

    /// <summary>Cells scored in each period.</summary>
    public int Cells { get; }

    /// <summary>The class of <see cref="Events"/> and <see cref="BaseRate"/>: <c>any</c>, or else the first.</summary>
    public string Headline { get; }

    /// <summary>Incidents in the cells scored.</summary>
    public double Events { get; }

    /// <summary>Share of cell-periods with at least one incident.</summary>
    public double BaseRate { get; }

    /// <summary>The classes, in order.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>The names of those that were given as they are; all others are baselines.</summary>
    public IReadOnlyList<string> Models { get; }

    /// <summary>All forecasters, models first.</summary>
    public IReadOnlyList<ForecasterScore> Forecasters { get; }

    /// <summary>The forecaster that all others are compared with.</summary>
    public string Reference { get; }

    /// <summary>Each forecaster but the reference, less the reference: only these say which of the two is better.</summary>
    public IReadOnlyList<PairedComparison> Comparisons { get; }

    /// <summary>
    /// By class and by score, named as in <see cref="PairedComparison.Classes"/>: the baseline that is best by it, the first of several. By
    /// value alone: the next may be no worse.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> BestBaselines { get; }

    /// <summary>Puts scores side by side.</summary>
    /// <param name="scores">The scores of the models, then those of the baselines, with different names.</param>
    /// <param name="models">How many of them are models'.</param>
    /// <param name="split">What the baselines learnt and what was scored.</param>
    /// <param name="reference">The name of the reference; null for the default.</param>
    internal static ComparisonReport Create(IReadOnlyList<ForecasterScore> scores, int models, WalkForwardSplit split, string? reference) =>
        new(scores, models, split, reference);

    /// <summary>The report as indented JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, EvaluationJson.Default.ComparisonReport);

    static Dictionary<string, string> Best(ForecasterScore[] baselines, string className)
    {
        var best = new Dictionary<string, (string Name, double Value)>();
        foreach (ForecasterScore baseline in baselines)
        {
            foreach ((string path, ScoreDraws score) in baseline.Draws[className])
            {
                if (!best.TryGetValue(path, out (string, double Value) so)
                    || (score.HigherIsBetter ? score.Value > so.Value : score.Value < so.Value))
                    best[path] = (baseline.Name, score.Value);
            }
        }
        return best.ToDictionary(pair => pair.Key, pair => pair.Value.Name);
    }
}
