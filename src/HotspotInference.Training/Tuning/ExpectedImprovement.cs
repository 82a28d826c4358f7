using MathNet.Numerics;

namespace HotspotInference.Training.Tuning;

/// <summary>
/// How far a normal random number is expected to be below a value (Jones, Schonlau and Welch 1998, equation 15), as a logarithm: the
/// improvement itself vanishes in double precision far from the best, and with it the way there (Ament et al. 2023).
/// </summary>
static class ExpectedImprovement
{
    // Below this, a series of Mills' ratio is exact to double precision.
    const double Far = -25;

    /// <summary>The logarithm of E max(best - y, 0) for y normal.</summary>
    /// <param name="mean">The mean of y.</param>
    /// <param name="variance">Its variance.</param>
    /// <param name="best">The value to improve on.</param>
    public static double Log(double mean, double variance, double best)
    {
        double deviation = Math.Sqrt(variance);
        if (deviation == 0)
            return Math.Log(Math.Max(best - mean, 0));
        return Math.Log(deviation) + LogUnit((best - mean) / deviation);
    }

    // Log of phi(z) + z Phi(z).
    static double LogUnit(double z)
    {
        double logDensity = -0.5 * z * z - 0.5 * Math.Log(2 * Math.PI);
        if (z > -1)
            return Math.Log(Math.Exp(logDensity) + z * 0.5 * SpecialFunctions.Erfc(-z / Constants.Sqrt2));
        if (z < Far)
        {
            double square = 1 / (z * z);
            return logDensity + Math.Log(square * (1 - 3 * square * (1 - 5 * square * (1 - 7 * square))));
        }
        double mills = Math.Sqrt(Math.PI / 2) * Math.Exp(0.5 * z * z) * SpecialFunctions.Erfc(-z / Constants.Sqrt2);
        return logDensity + Math.Log(1 + z * mills);
    }
}
