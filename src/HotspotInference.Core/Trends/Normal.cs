namespace HotspotInference.Trends;

/// <summary>The standard normal distribution.</summary>
static class Normal
{
    // From here on the continued fraction converges faster than the series.
    const double SeriesEnd = 2;
    const int Terms = 80;

    /// <summary>The probability of a value at least as far from 0 on either side: <c>erfc(|z| / sqrt 2)</c>.</summary>
    public static double TwoSided(double z)
    {
        double x = Math.Abs(z) / Math.Sqrt(2);
        return x < SeriesEnd ? 1 - Erf(x) : Erfc(x);
    }

    // Abramowitz and Stegun 7.1.6.
    static double Erf(double x)
    {
        double term = x, sum = x;
        for (int n = 1; n < Terms; n++)
        {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }

    // Abramowitz and Stegun 7.1.14.
    static double Erfc(double x)
    {
        double fraction = x;
        for (int n = Terms; n > 0; n--)
            fraction = x + n / 2.0 / fraction;
        return Math.Exp(-x * x) / Math.Sqrt(Math.PI) / fraction;
    }
}
