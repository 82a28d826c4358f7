using HotspotInference.Heatmaps;

namespace HotspotInference.Features;

/// <summary>
/// Exponentially weighted rates per cell, plain and smoothed in space: the model input <c>history</c>. A rate is the discounted
/// sum of counts over the discounted number of periods; missing and left-out periods are skipped in both. The features are in
/// the order <c>[channel, half-life, smoothing]</c>, the last fastest; those of <see cref="More"/> follow.
/// </summary>
public sealed record HistorySpec
{
    /// <summary>
    /// Half-lives in periods (of the phase, where there is one), each at least 0: 0 gives the last period alone, infinity the plain average
    /// of all history.
    /// </summary>
    public required IReadOnlyList<double> HalfLives { get; init; }

    /// <summary>Standard deviations of the Gaussian smoothing, in cells, each at least 0 (0: none).</summary>
    public IReadOnlyList<double> Smoothings { get; init; } = [0.0];

    /// <summary>The classes whose counts are used, in order.</summary>
    public required IReadOnlyList<string> Channels { get; init; }

    /// <summary>Counts at or above this are taken as 1 and all others as 0; null leaves counts as they are.</summary>
    public float? BinaryThreshold { get; init; }

    /// <summary>Which earlier periods the rates are taken over. All by default.</summary>
    public HistoryPhase Phase { get; init; }

    /// <summary>Further rates, whose features follow; these have no more of their own. None by default.</summary>
    public IReadOnlyList<HistorySpec> More { get; init; } = [];

    /// <summary>
    /// The widths and half-lives that suit incidents from gunfire to street crime: 1 to 512 days, doubling, and 2,000 days (shorter ones
    /// from an hour on where several periods make a day; none under one period); smoothing over 0, 0.6, 1.2 and 2.5 cells.
    /// </summary>
    /// <param name="heatmaps">How the heat maps are made; all its classes are channels.</param>
    public static HistorySpec Default(HeatmapSpec heatmaps)
    {
        ArgumentNullException.ThrowIfNull(heatmaps);
        double periodDays = heatmaps.Cadence.Days;
        IEnumerable<double> hours = heatmaps.Cadence.IsSubDaily ? [1, 2, 4, 8, 16] : [];
        IEnumerable<double> days = [.. Enumerable.Range(0, 10).Select(power => Math.Pow(2, power)), 2000];
        return new HistorySpec
        {
            HalfLives = [.. hours.Select(hour => hour / 24).Concat(days).Select(day => Math.Round(day / periodDays, 3))
                .Where(halfLife => halfLife >= 1)],
            Smoothings = [0, 0.6, 1.2, 2.5],
            Channels = heatmaps.Kinds.Classes,
        };
    }

    /// <summary>
    /// <see cref="Default"/> with the rates that tell whether there will be any incident, rather than how many: the same of binary maps,
    /// and, over 28 and 512 days of it, those of the target's part of the week and of its time of day, where the cadence knows these.
    /// </summary>
    /// <param name="heatmaps">How the heat maps are made; all its classes are channels.</param>
    public static HistorySpec Extended(HeatmapSpec heatmaps)
    {
        HistorySpec plain = Default(heatmaps);
        var more = new List<HistorySpec> { plain with { BinaryThreshold = 1 } };
        foreach (HistoryPhase phase in (ReadOnlySpan<HistoryPhase>)[HistoryPhase.WeekPart, HistoryPhase.TimeOfDay])
        {
            int perDay = heatmaps.Cadence.PeriodsPerDay / Math.Max(1, phase == HistoryPhase.TimeOfDay ? phase.Count(heatmaps.Cadence) : 1);
            if (phase.Count(heatmaps.Cadence) > 0)
                more.Add(plain with { HalfLives = [28 * perDay, 512 * perDay], Phase = phase });
        }
        return plain with { More = more };
    }

    /// <summary>How many features: channels x half-lives x smoothings, and those of <see cref="More"/>.</summary>
    public int FeatureCount => Channels.Count * HalfLives.Count * Smoothings.Count + More.Sum(block => block.FeatureCount);

    /// <summary>These rates and <see cref="More"/>, in the order of their features.</summary>
    internal IEnumerable<HistorySpec> Blocks => [this, .. More];

    /// <summary>Where features come from, in their order.</summary>
    public IEnumerable<HistoryFeature> Features => Blocks.SelectMany(block =>
        from channel in block.Channels
        from halfLife in block.HalfLives
        from smoothing in block.Smoothings
        select new HistoryFeature(channel, halfLife, smoothing, block.BinaryThreshold, block.Phase));

    /// <inheritdoc/>
    public bool Equals(HistorySpec? other) => other is not null && HalfLives.SequenceEqual(other.HalfLives)
        && Smoothings.SequenceEqual(other.Smoothings) && Channels.SequenceEqual(other.Channels, StringComparer.Ordinal)
        && BinaryThreshold == other.BinaryThreshold && Phase == other.Phase && More.SequenceEqual(other.More);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(HalfLives.Count, Smoothings.Count, Channels.Count, More.Count);
}
