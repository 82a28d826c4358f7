namespace HotspotInference.Trends;

/// <summary>Which of the 17 patterns a cell's history shows. Thread-safe.</summary>
public static class TrendPatterns
{
    const int ColdOffset = TrendPattern.NewColdSpot - TrendPattern.NewHotSpot;

    /// <summary>Classifies one cell. Where definitions overlap, new and consecutive come before sporadic and oscillating.</summary>
    /// <param name="states">
    /// Each step's state in the order of time: above 0 significantly hot, below 0 significantly cold, 0 neither.
    /// </param>
    /// <param name="trend">Above 0 where z-scores rise significantly, below 0 where they fall, 0 neither.</param>
    public static TrendPattern Classify(ReadOnlySpan<sbyte> states, int trend)
    {
        if (states.IsEmpty)
            return TrendPattern.NoPattern;
        int hot = 0, cold = 0;
        foreach (sbyte state in states)
        {
            hot += state > 0 ? 1 : 0;
            cold += state < 0 ? 1 : 0;
        }
        int last = Math.Sign(states[^1]);
        if (last == 0)
        {
            return IsMost(hot, states.Length) ? TrendPattern.HistoricalHotSpot
                : IsMost(cold, states.Length) ? TrendPattern.HistoricalColdSpot
                : TrendPattern.NoPattern;
        }
        TrendPattern pattern = Spot(states, last, last > 0 ? hot : cold, last > 0 ? cold : hot, last * trend);
        return last > 0 ? pattern : pattern + ColdOffset;
    }

    /// <summary>The name in words, such as <c>new hot spot</c>.</summary>
    public static string NameOf(TrendPattern pattern) =>
        string.Concat(pattern.ToString().Select((letter, i) => char.IsUpper(letter) && i > 0 ? $" {letter}" : $"{letter}"))
            .ToLowerInvariant();

    // As a hot spot: same is the number of steps like the last, other that of the opposite.
    static TrendPattern Spot(ReadOnlySpan<sbyte> states, int last, int same, int other, int trend)
    {
        if (same == 1)
            return TrendPattern.NewHotSpot;
        if (IsMost(same, states.Length))
        {
            return trend > 0 ? TrendPattern.IntensifyingHotSpot
                : trend < 0 ? TrendPattern.DiminishingHotSpot
                : TrendPattern.PersistentHotSpot;
        }
        int run = 0;
        while (Math.Sign(states[states.Length - 1 - run]) == last)
            run++;
        return run == same ? TrendPattern.ConsecutiveHotSpot : other > 0 ? TrendPattern.OscillatingHotSpot : TrendPattern.SporadicHotSpot;
    }

    static bool IsMost(int steps, int all) => 10L * steps >= 9L * all;
}
