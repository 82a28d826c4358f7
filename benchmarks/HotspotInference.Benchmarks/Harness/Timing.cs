namespace HotspotInference.Benchmarks.Harness;

/// <summary>How long an action took, round by round.</summary>
/// <param name="Name">What was timed.</param>
/// <param name="Seconds">Seconds a call, one number a round.</param>
sealed record Timing(string Name, IReadOnlyList<double> Seconds)
{
    /// <summary>The median, in seconds.</summary>
    public double Median => Quantile([.. Seconds], 0.5);

    /// <summary>
    /// How many times as long it took as another, of the same rounds: the median over rounds, and the middle half of them.
    /// </summary>
    /// <param name="other">What it is compared with.</param>
    public (double Median, double Low, double High) Over(Timing other)
    {
        double[] ratios = [.. Seconds.Zip(other.Seconds, (mine, its) => mine / its)];
        return (Quantile(ratios, 0.5), Quantile(ratios, 0.25), Quantile(ratios, 0.75));
    }

    static double Quantile(double[] values, double share)
    {
        Array.Sort(values);
        double position = share * (values.Length - 1);
        int below = (int)position;
        return below + 1 < values.Length ? values[below] + (position - below) * (values[below + 1] - values[below]) : values[below];
    }
}
