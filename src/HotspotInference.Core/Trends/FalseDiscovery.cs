namespace HotspotInference.Trends;

/// <summary>Which of many tests are significant. Thread-safe.</summary>
public static class FalseDiscovery
{
    /// <summary>
    /// The largest p-value to call significant so that at most a share of those called so is expected to be chance (Benjamini and Hochberg
    /// 1995): the largest p(i), in rising order, with <c>p(i) at most i / n x level</c>. It holds also for tests of overlapping
    /// neighbourhoods (Benjamini and Yekutieli 2001, theorem 1.2).
    /// </summary>
    /// <param name="pValues">All p-values, in any order.</param>
    /// <param name="level">The share, above 0 and below 1.</param>
    /// <returns>The largest significant p-value; below 0 where none is.</returns>
    public static double Threshold(ReadOnlySpan<double> pValues, double level)
    {
        double[] sorted = pValues.ToArray();
        Array.Sort(sorted);
        for (int i = sorted.Length; i > 0; i--)
        {
            if (sorted[i - 1] <= level * i / sorted.Length)
                return sorted[i - 1];
        }
        return -1;
    }
}
