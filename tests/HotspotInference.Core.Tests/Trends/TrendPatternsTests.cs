using HotspotInference.Trends;

namespace HotspotInference.Tests.Trends;

public sealed class TrendPatternsTests
{
    // h hot, c cold, a dot neither; as a hot spot, and mirrored as a cold one.
    [Theory]
    [InlineData("..........", 0, TrendPattern.NoPattern)]
    [InlineData("hhhh.hhhh.", 0, TrendPattern.NoPattern)]
    [InlineData(".........h", 1, TrendPattern.NewHotSpot)]
    [InlineData("..c......h", 0, TrendPattern.NewHotSpot)]
    [InlineData("........hh", 1, TrendPattern.ConsecutiveHotSpot)]
    [InlineData("..hhhhhhhh", 0, TrendPattern.ConsecutiveHotSpot)]
    [InlineData("hhhhh.hhhh", 1, TrendPattern.IntensifyingHotSpot)]
    [InlineData("hhhhhhhhhh", 0, TrendPattern.PersistentHotSpot)]
    [InlineData(".hhhhhhhhh", 0, TrendPattern.PersistentHotSpot)]
    [InlineData("hhhhhhhhhh", -1, TrendPattern.DiminishingHotSpot)]
    [InlineData("h...h..h.h", 0, TrendPattern.SporadicHotSpot)]
    [InlineData("h.......hh", 0, TrendPattern.SporadicHotSpot)]
    [InlineData("h..c....hh", 0, TrendPattern.OscillatingHotSpot)]
    [InlineData("hhhhhhhhh.", -1, TrendPattern.HistoricalHotSpot)]
    [InlineData("hhhhhhhhhc", 0, TrendPattern.NewHotSpot + 8)]
    public void Each_pattern_is_recognised_hot_and_cold(string steps, int trend, TrendPattern expected)
    {
        sbyte[] states = [.. steps.Select(step => (sbyte)(step == 'h' ? 1 : step == 'c' ? -1 : 0))];

        Assert.Equal(expected, TrendPatterns.Classify(states, trend));
        Assert.Equal(Mirrored(expected), TrendPatterns.Classify([.. states.Select(state => (sbyte)-state)], -trend));
    }

    [Fact]
    public void There_are_17_with_names_of_their_own()
    {
        string[] names = [.. Enum.GetValues<TrendPattern>().Select(TrendPatterns.NameOf)];

        Assert.Equal(17, names.Distinct().Count());
        Assert.Equal(("no pattern", "new hot spot", "historical cold spot"), (names[0], names[1], names[16]));
    }

    static TrendPattern Mirrored(TrendPattern pattern) => pattern switch
    {
        TrendPattern.NoPattern => pattern,
        >= TrendPattern.NewColdSpot => pattern - 8,
        _ => pattern + 8,
    };
}
