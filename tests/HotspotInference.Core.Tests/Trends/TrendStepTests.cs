using HotspotInference.Trends;

namespace HotspotInference.Tests.Trends;

public sealed class TrendStepTests
{
    [Fact]
    public void Months_are_whole_ones() => Assert.Equal(
        [(new DateOnly(2016, 2, 1), new DateOnly(2016, 3, 1)), (new DateOnly(2016, 3, 1), new DateOnly(2016, 4, 1))],
        TrendStep.Month.Within(new DateOnly(2016, 1, 2), new DateOnly(2016, 4, 30)));

    [Fact]
    public void Days_are_counted_back_from_the_end() => Assert.Equal(
        [(new DateOnly(2016, 1, 4), new DateOnly(2016, 2, 1)), (new DateOnly(2016, 2, 1), new DateOnly(2016, 2, 29))],
        TrendStep.Days(28).Within(new DateOnly(2016, 1, 1), new DateOnly(2016, 2, 29)));

    [Theory]
    [InlineData("month", "month")]
    [InlineData(" Week", "7d")]
    [InlineData("28d", "28d")]
    public void Text_is_read(string text, string expected) => Assert.Equal(expected, TrendStep.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("0d")]
    [InlineData("400d")]
    [InlineData("-3d")]
    [InlineData("year")]
    public void Other_text_is_refused(string text) =>
        Assert.Contains("28d", Assert.Throws<HotspotException>(() => TrendStep.Parse(text)).Message, StringComparison.Ordinal);
}
