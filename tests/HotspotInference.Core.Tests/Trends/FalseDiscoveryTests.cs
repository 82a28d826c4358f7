using HotspotInference.Trends;

namespace HotspotInference.Tests.Trends;

public sealed class FalseDiscoveryTests
{
    // The 15 p-values of Benjamini and Hochberg (1995), section 4: at 0.05 the first four are significant.
    [Fact]
    public void The_example_of_the_paper() => Assert.Equal(0.0095, FalseDiscovery.Threshold(
        [1, 0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590], 0.05));

    [Fact]
    public void Nothing_significant_is_below_0()
    {
        Assert.True(FalseDiscovery.Threshold([0.5, 0.04], 0.05) < 0);
        Assert.True(FalseDiscovery.Threshold([], 0.05) < 0);
    }
}
