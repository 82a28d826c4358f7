namespace HotspotInference;

/// <summary>The standard normal distribution.</summary>
static class NormalDistribution
{
    public static double Density(double x) => Math.Exp(-0.5 * x * x) / Math.Sqrt(2 * Math.PI);

    /// <summary>The chance of a value at least as far from 0 on either side.</summary>
    public static double TwoSided(double x) => 2 * Below(-Math.Abs(x));

    /// <summary>The chance of a value below x, to about 1e-14: a series near 0, a continued fraction in the tails.</summary>
    public static double Below(double x)
    {
        double size = Math.Abs(x);
        if (size > 38)
            return x > 0 ? 1 : 0;
        if (size < 3)
        {
            // Abramowitz and Stegun 26.2.11.
            double term = x, sum = x;
            for (int i = 1; Math.Abs(term) > 1e-17 * Math.Abs(sum); i++)
                sum += term *= x * x / (2 * i + 1);
            return 0.5 + Density(x) * sum;
        }
        // Abramowitz and Stegun 26.2.14.
        double fraction = 0;
        for (int i = 60; i >= 1; i--)
            fraction = i / (size + fraction);
        double tail = Density(x) / (size + fraction);
        return x > 0 ? 1 - tail : tail;
    }
}
