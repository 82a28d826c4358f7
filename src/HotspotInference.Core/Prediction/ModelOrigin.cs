namespace HotspotInference.Prediction;

/// <summary>The model whose network another city's model has: where the network learnt. Immutable.</summary>
public sealed record ModelOrigin
{
    /// <summary>That model's name.</summary>
    public required string Name { get; init; }

    /// <summary>The days that the network learnt to forecast there; null where unknown.</summary>
    public DaySpan? Training { get; init; }

    /// <summary>SHA-256 of the data it learnt from, 64 lower-case hexadecimal digits; null where unknown.</summary>
    public string? DataFingerprint { get; init; }

    /// <summary>
    /// For each class of the model what the network's expected number of incidents is multiplied by; null where its level is left as it
    /// was.
    /// </summary>
    public IReadOnlyList<double>? Levels { get; init; }
}
