using HotspotInference.Training.Tuning;

namespace HotspotInference.Training.Tests.Tuning;

public sealed class ExpectedImprovementTests
{
    [Theory]
    [InlineData(0, 1, 0)]
    [InlineData(1.5, 0.25, 1.7)]
    [InlineData(-2, 4, 1)]
    [InlineData(3, 1, 0)]
    [InlineData(3, 0.09, 0)]
    [InlineData(24.9, 1, 0)]
    [InlineData(25.1, 1, 0)]
    [InlineData(35, 1, 0)]
    public void Improvement_is_its_integral(double mean, double variance, double best)
    {
        Assert.Equal(LogIntegral(mean, Math.Sqrt(variance), best), ExpectedImprovement.Log(mean, variance, best), 1e-6);
    }

    [Fact]
    public void Improvement_of_a_known_value_is_certain()
    {
        Assert.Equal(Math.Log(0.5), ExpectedImprovement.Log(1, 0, 1.5), 12);
        Assert.Equal(double.NegativeInfinity, ExpectedImprovement.Log(1.5, 0, 1));
    }

    // Simpson's rule over the improvement t = best - y, its density scaled by that at its peak so that nothing vanishes.
    static double LogIntegral(double mean, double deviation, double best)
    {
        const int Intervals = 200_000;
        double peak = Math.Max(0, best - mean), top = LogDensity(peak), width = peak + 12 * deviation, step = width / Intervals, sum = 0;
        for (int i = 0; i <= Intervals; i++)
        {
            double t = i * step;
            sum += (i == 0 || i == Intervals ? 1 : i % 2 == 1 ? 4 : 2) * t * Math.Exp(LogDensity(t) - top);
        }
        return top + Math.Log(sum * step / 3);

        double LogDensity(double t) => -0.5 * Math.Pow((best - t - mean) / deviation, 2) - Math.Log(deviation * Math.Sqrt(2 * Math.PI));
    }
}
