namespace HotspotInference.Forecasts;

/// <summary>One class's threshold as chosen, and what others would have done over the same span. Immutable.</summary>
public sealed record ThresholdCurve
{
    /// <summary>The most points that a curve keeps.</summary>
    public const int MaximumPoints = 100;

    /// <summary>The class.</summary>
    public required string Class { get; init; }

    /// <summary>
    /// At most <see cref="MaximumPoints"/> points by falling threshold: from no hot cell to all that can be, evenly spread over the
    /// logarithm of coverage, the selected one among them.
    /// </summary>
    public required IReadOnlyList<ThresholdPoint> Points { get; init; }

    /// <summary>The position in <see cref="Points"/> of the one that the rule chose.</summary>
    public required int SelectedIndex { get; init; }

    /// <summary>The point that the rule chose.</summary>
    public ThresholdPoint Selected => Points[SelectedIndex];
}
