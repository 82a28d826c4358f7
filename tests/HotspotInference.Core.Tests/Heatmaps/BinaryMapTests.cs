using HotspotInference.Heatmaps;

namespace HotspotInference.Tests.Heatmaps;

public class BinaryMapTests
{
    [Theory]
    [InlineData(1, new float[] { 0, 0, 1, 1, 1 })]
    [InlineData(2, new float[] { 0, 0, 0, 1, 1 })]
    [InlineData(0.5f, new float[] { 0, 1, 1, 1, 1 })]
    public void Binarize_counts_at_or_above_the_threshold_are_one(float threshold, float[] expected)
    {
        float[] map = [0, 0.5f, 1, 2, 7];

        BinaryMap.Binarize(map, threshold);

        Assert.Equal(expected, map);
    }

    [Fact]
    public void Binarize_of_any_length_is_the_same_at_every_place()
    {
        var random = new Random(7);
        for (int length = 0; length < 70; length++)
        {
            float[] map = [.. Enumerable.Range(0, length).Select(_ => random.Next(8) == 0 ? float.NaN : random.Next(5))];
            float[] expected = [.. map.Select(count => count is 2 or 3 or 4 ? 1f : 0f)];

            BinaryMap.Binarize(map, 2);

            Assert.Equal(expected, map);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(float.NaN)]
    public void Binarize_threshold_not_above_zero_throws(float threshold) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => BinaryMap.Binarize(new float[1], threshold));
}
