using HotspotInference.Trends;

namespace HotspotInference.Tests.Trends;

public sealed class MannKendallTests
{
    // Pairs of 2, 1, 3, 3: (2,1) falls; (2,3) twice and (1,3) twice rise; (3,3) is a tie. S = 4 - 1 = 3.
    // Variance (4 x 3 x 13 - 2 x 1 x 9) / 18 = 138 / 18; z = 2 / sqrt(138 / 18).
    [Fact]
    public void A_short_series_with_a_tie_is_as_worked_by_hand()
    {
        MannKendall trend = MannKendall.Of([2, 1, 3, 3]);

        Assert.Equal(3, trend.S);
        Assert.Equal(138 / 18.0, trend.Variance, 1e-12);
        Assert.Equal(2 / Math.Sqrt(138 / 18.0), trend.Z, 1e-12);
    }

    // scipy.stats.kendalltau(range(n), x, method='asymptotic'), which takes |S| / sqrt(variance) without the correction for continuity.
    [Theory]
    [InlineData(new double[] { 1, 2, 2, 3, 5, 5, 5, 4, 7, 8, 6, 9 }, 0.0003114909767673833)]
    [InlineData(new double[] { 5, 4, 4, 4, 3, 3, 1, 2, 2, 2 }, 0.0030502860506909572)]
    public void S_and_its_variance_are_those_of_scipy(double[] values, double p)
    {
        MannKendall trend = MannKendall.Of(values);

        Assert.Equal(p, NormalDistribution.TwoSided(trend.S / Math.Sqrt(trend.Variance)), 1e-12);
        Assert.True(trend.P > p);
    }

    [Fact]
    public void Equal_values_and_no_values_have_no_trend()
    {
        Assert.Equal((0, 1), (MannKendall.Of([4, 4, 4]).Z, MannKendall.Of([4, 4, 4]).P));
        Assert.Equal((0, 1), (MannKendall.Of([]).Z, MannKendall.Of([]).P));
    }

    [Fact]
    public void A_series_turned_round_has_the_opposite_trend() =>
        Assert.Equal(-MannKendall.Of([1, 2, 2, 5, 3]).Z, MannKendall.Of([3, 5, 2, 2, 1]).Z);

    // 2 * scipy.stats.norm.sf(z).
    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.5, 0.6170750774519738)]
    [InlineData(-1, 0.31731050786291415)]
    [InlineData(1.96, 0.04999579029644087)]
    [InlineData(2.5, 0.012419330651552265)]
    [InlineData(2.9, 0.003731626600768075)]
    [InlineData(-3.5, 0.00046525815807105003)]
    [InlineData(6, 1.973175290075389e-09)]
    [InlineData(10, 1.523970604832094e-23)]
    public void The_normal_tail_is_that_of_scipy(double z, double p) =>
        Assert.InRange(NormalDistribution.TwoSided(z) / p, 1 - 1e-12, 1 + 1e-12);
}
