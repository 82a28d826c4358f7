namespace HotspotInference.Features;

/// <summary>The maps a network sees: which past periods, which classes, counts or binary. The model input <c>maps</c>.</summary>
public sealed record MapWindowSpec
{
    /// <summary>
    /// How many periods before the target each map lies, in the order of the input's time axis: 16, 15, ..., 1 for the last
    /// sixteen, oldest first. All at least the horizon.
    /// </summary>
    public required IReadOnlyList<int> Lags { get; init; }

    /// <summary>The classes that are the input's channels, in order.</summary>
    public required IReadOnlyList<string> Channels { get; init; }

    /// <summary>Counts at or above this become 1 and all others 0; null leaves counts as they are.</summary>
    public float? BinaryThreshold { get; init; } = 1;

    /// <summary>The last <paramref name="count"/> periods before the target, oldest first.</summary>
    public static IReadOnlyList<int> LastPeriods(int count, int horizon = 1) =>
        [.. Enumerable.Range(0, count).Select(i => count + horizon - 1 - i)];

    /// <inheritdoc/>
    public bool Equals(MapWindowSpec? other) => other is not null && Lags.SequenceEqual(other.Lags)
        && Channels.SequenceEqual(other.Channels, StringComparer.Ordinal) && BinaryThreshold == other.BinaryThreshold;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Lags.Count, Channels.Count, BinaryThreshold);
}
