namespace HotspotInference.Evaluation;

/// <summary>How well one forecaster said where the next incidents would be. Immutable.</summary>
public sealed record NextIncidentScore
{
    /// <summary>The forecaster.</summary>
    public required string Name { get; init; }

    /// <summary>By k: the share of incidents that fell into one of the k likeliest cells.</summary>
    public required IReadOnlyDictionary<int, Estimate> TopCells { get; init; }

    /// <summary>The mean of 1 / rank, the rank of the cell that had the incident counted from 1.</summary>
    public required Estimate MeanReciprocalRank { get; init; }

    /// <summary>The mean natural logarithm of the probability of that cell, taken as 1e-12 where it is less.</summary>
    public required Estimate MeanLogProbability { get; init; }

    /// <summary>The draws of each score, by its path in the JSON.</summary>
    internal IReadOnlyDictionary<string, ScoreDraws> Draws { get; init; } = new Dictionary<string, ScoreDraws>();
}
