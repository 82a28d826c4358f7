using HotspotInference.Incidents;

namespace HotspotInference.Tests.Incidents;

public class HashBagTests
{
    [Theory]
    [InlineData(0, 20_000)]
    [InlineData(100, 200)]
    [InlineData(5_000, 20_000)]
    public void Bag_knowsWhatASetKnows(int capacity, int count)
    {
        var random = new Random(7);
        var bag = new HashBag(capacity);
        for (int turn = 0; turn < 2; turn++)
        {
            var set = new HashSet<ulong>();
            var added = new List<ulong>();
            for (int i = 0; i < count; i++)
            {
                // Half of them again; and the largest, which lie at the end of the table and go on at its start.
                ulong hash = (ulong)random.NextInt64() << 1;
                hash = random.Next(4) == 0 ? ulong.MaxValue - hash % 50 : added.Count > 0 && random.Next(2) == 0 ? added[random.Next(added.Count)] : hash;
                added.Add(hash);

                Assert.Equal(set.Add(hash), bag.Add(hash));
            }
            bag.Clear();
        }
    }

    [Fact]
    public void Bag_takesTheHashThatMarksAnEmptySlot()
    {
        var bag = new HashBag(0);

        Assert.True(bag.Add(0));
        Assert.False(bag.Add(0));
    }
}
