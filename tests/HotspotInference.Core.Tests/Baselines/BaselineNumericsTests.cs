using HotspotInference.Baselines;

namespace HotspotInference.Tests.Baselines;

public class BaselineNumericsTests
{
    [Theory]
    // scipy.stats.norm.cdf
    [InlineData(-6, 9.865876450376946e-10)]
    [InlineData(-3.5, 0.00023262907903552502)]
    [InlineData(-1, 0.15865525393145707)]
    [InlineData(0, 0.5)]
    [InlineData(0.3, 0.6179114221889526)]
    [InlineData(2.9, 0.998134186699616)]
    [InlineData(3.1, 0.9990323967867817)]
    public void Normal_distribution_has_the_published_values(double x, double below) =>
        Assert.Equal(1, NormalDistribution.Below(x) / below, 1e-12);

    [Theory]
    [InlineData(0)]
    [InlineData(0.2)]
    [InlineData(1.3)]
    [InlineData(4)]
    public void Kernel_weights_are_those_of_points_anywhere_in_their_cells(double deviation)
    {
        const int Size = 11;
        var kernel = new AxisKernel(Size, deviation);
        for (int source = 0; source < Size; source++)
        {
            var row = new double[Size];
            row[source] = 1;
            double[] expected = SlowKernel.Axis(Size, source, deviation);
            for (int target = 0; target < Size; target++)
                // Cut at four standard deviations.
                Assert.Equal(expected[target], kernel.Weigh(row, target), 2e-4);
            Assert.Equal(1, Enumerable.Range(0, Size).Sum(target => kernel.Weigh(row, target)), 1e-12);
        }
    }

    [Fact]
    public void Scale_and_floor_are_the_likeliest()
    {
        double[] scores = [0, 0.4, 1.5, 3], counts = [2, 1, 4, 3];
        ScaleAndFloor fit = ScaleAndFloor.Fit(scores, counts, exposure: 20, floorExposure: 100);
        double best = double.NegativeInfinity;
        for (double scale = 0; scale < 0.6; scale += 0.001)
            for (double floor = 0.0005; floor < 0.12; floor += 0.0005)
                best = Math.Max(best, Likelihood(scale, floor));

        Assert.Equal(Likelihood(fit.Scale, fit.Floor), fit.LogLikelihood, 1e-9);
        Assert.InRange(fit.LogLikelihood - best, 0, 1e-3);
        Assert.Equal(10, 20 * fit.Scale + 100 * fit.Floor, 1e-9);

        double Likelihood(double scale, double floor) =>
            scores.Zip(counts, (score, count) => count * Math.Log(scale * score + floor)).Sum() - 20 * scale - 100 * floor;
    }

    [Fact]
    public void A_score_that_says_nothing_leaves_the_floor_and_one_that_says_all_leaves_a_little()
    {
        ScaleAndFloor nothing = ScaleAndFloor.Fit([0, 0], [1, 2], exposure: 5, floorExposure: 30);
        ScaleAndFloor all = ScaleAndFloor.Fit([1, 1], [1, 2], exposure: 2, floorExposure: 1000);

        Assert.Equal((0, 0.1), (nothing.Scale, nothing.Floor));
        // Half an incident over all cells and periods.
        Assert.Equal(0.5, 1000 * all.Floor, 1e-9);
        Assert.Equal(2.5, 2 * all.Scale, 1e-9);
    }

    [Theory]
    // The maximum of the same penalised likelihood by scipy.optimize (BFGS, then Nelder-Mead) on the same numbers.
    [InlineData(RegressionLink.Log, new[] { -1.742915427489497, 1.110418448731965, 0.15314357942365162, 0.8374078293722875 })]
    [InlineData(RegressionLink.Logit, new[] { -1.29543713883269, 1.9126496545578044, 0.03705071123468266, 1.0512854827361358 })]
    public void Regressions_give_the_coefficients_of_scipy(RegressionLink link, double[] expected)
    {
        const int Rows = 200;
        float[] x = Sample.Numbers(3 * Rows, 1);
        for (int i = 0; i < Rows; i++)
            (x[3 * i + 1], x[3 * i + 2]) = (4 * x[3 * i + 1], x[3 * i + 2] > 0.6f ? 1 : 0);
        float[] counts = [.. Sample.Numbers(Rows, 2)
            .Select((u, i) => (float)Math.Floor(u * Math.Exp(0.3 + 0.5 * x[3 * i] + 0.2 * x[3 * i + 1] * x[3 * i + 2])))];
        float[] weights = [.. Sample.Numbers(Rows, 3).Select(u => u < 0.5f ? 1f : 2.5f)];

        double[] fitted = GeneralizedRegression.Fit(x, counts, weights, link, TestContext.Current.CancellationToken);

        for (int j = 0; j < expected.Length; j++)
            Assert.Equal(expected[j], fitted[j], 2e-6);
    }

    [Fact]
    public void Search_finds_the_top_inside_and_at_either_end()
    {
        Assert.Equal(1, Top(7.3) / 7.3, 2e-4);
        Assert.Equal(1, Top(1000) / 100, 2e-4);
        Assert.Equal(1, Top(0.01) / 0.5, 2e-4);

        static double Top(double at) => LogSearch.Maximize(x => -Math.Abs(Math.Log(x / at)), 0.5, 100, 1e-4, default);
    }
}
