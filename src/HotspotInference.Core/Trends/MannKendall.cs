namespace HotspotInference.Trends;

/// <summary>
/// The trend test of Mann (1945) and Kendall (1975): whether later values tend to be higher than earlier ones, whatever their
/// distribution. Immutable.
/// </summary>
/// <param name="S">Pairs in which the later value is higher, less those in which it is lower.</param>
/// <param name="Variance">Of S where there is no trend, corrected for ties: <c>(n(n-1)(2n+5) - sum t(t-1)(2t+5)) / 18</c>.</param>
public readonly record struct MannKendall(long S, double Variance)
{
    /// <summary><c>(S - sign S) / sqrt(Variance)</c>, standard normal without a trend; 0 where all values are equal.</summary>
    public double Z => S == 0 || Variance <= 0 ? 0 : (S - Math.Sign(S)) / Math.Sqrt(Variance);

    /// <summary>The two-sided p-value of <see cref="Z"/>. The normal approximation is good from about 10 values on.</summary>
    public double P => NormalDistribution.TwoSided(Z);

    /// <summary>Tests a series.</summary>
    /// <param name="values">Values at equal distances in time.</param>
    public static MannKendall Of(ReadOnlySpan<double> values)
    {
        long s = 0;
        for (int later = 1; later < values.Length; later++)
        {
            for (int earlier = 0; earlier < later; earlier++)
                s += values[later].CompareTo(values[earlier]);
        }
        double variance = Term(values.Length);
        double[] sorted = values.ToArray();
        Array.Sort(sorted);
        for (int start = 0, end; start < sorted.Length; start = end)
        {
            for (end = start + 1; end < sorted.Length && sorted[end] == sorted[start];)
                end++;
            variance -= Term(end - start);
        }
        return new MannKendall(s, variance / 18);
    }

    static double Term(double n) => n * (n - 1) * (2 * n + 5);
}
