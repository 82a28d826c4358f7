namespace HotspotInference.Evaluation;

/// <summary>A model of the next incident less a baseline, over the same incidents and draws. Immutable.</summary>
/// <param name="Reference">The baseline.</param>
/// <param name="Differences">By score: <c>top_cells/5</c>, <c>mean_reciprocal_rank</c>, <c>mean_log_probability</c>.</param>
public sealed record NextIncidentComparison(string Reference, IReadOnlyDictionary<string, ScoreDifference> Differences);
