using HotspotInference.Heatmaps;

namespace HotspotInference.Tests.Heatmaps;

public class PeriodCountsTests
{
    [Theory]
    [InlineData(1, 0, 50)]
    [InlineData(40, 0, 1000)]
    [InlineData(4096, 0, 300)]
    [InlineData(4096, 0, 30_000)]
    [InlineData(4096, 500, 400)]
    [InlineData(int.MaxValue - 64, 0, 20_000)]
    public void Counts_equalADictionary(int mapLength, int capacity, int count)
    {
        var random = new Random(7);
        var counts = new PeriodCounts(mapLength, capacity);
        var expected = new SortedDictionary<int, int>();
        for (int i = 0; i < count; i++)
        {
            int index = random.Next(3) == 0 ? mapLength - 1 - random.Next(Math.Min(mapLength, 20)) : random.Next(mapLength);
            expected[index] = expected.GetValueOrDefault(index) + 1;
            Assert.Equal(expected[index] == 1, counts.Add(index));
        }

        Assert.Equal(expected.Count, counts.Distinct);
        var entries = new HeatmapEntry[counts.Distinct];
        counts.CopyTo(entries);
        Assert.Equal(expected.Select(pair => new HeatmapEntry(pair.Key, pair.Value)), entries);
    }
}
