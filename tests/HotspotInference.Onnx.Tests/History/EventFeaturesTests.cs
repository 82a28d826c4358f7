using HotspotInference.Onnx.History;

namespace HotspotInference.Onnx.Tests.History;

public sealed class EventFeaturesTests
{
    const int Features = 6;

    // No event, less than a vector, whole blocks, and some more.
    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(512)]
    [InlineData(701)]
    public void Sums_equal_slow_loops(int events)
    {
        var random = new Random(5);
        float[] rows = [.. Enumerable.Range(0, events * Features).Select(_ => random.NextSingle())];
        double[] factors = [.. Enumerable.Range(0, events).Select(_ => random.NextDouble())];
        double[] weights = [0.5, 0, 2, 1e-3, 7, 0.1];
        int[] chosen = [4, 0, 5, 2, 1];
        var features = new EventFeatures(Features, rows);

        double[] mixtures = features.Mix(weights), sums = features.Sum(factors);
        double[,] products = features.Products(factors, chosen);

        Assert.Equal(events, features.Count);
        for (int i = 0; i < events; i++)
            Assert.Equal(Enumerable.Range(0, Features).Sum(k => weights[k] * Value(i, k)), mixtures[i], 1e-12);
        for (int k = 0; k < Features; k++)
            Assert.Equal(Enumerable.Range(0, events).Sum(i => factors[i] * Value(i, k)), sums[k], 1e-9);
        for (int a = 0; a < chosen.Length; a++)
        {
            for (int b = 0; b <= a; b++)
                Assert.Equal(Enumerable.Range(0, events).Sum(i => factors[i] * Value(i, chosen[a]) * Value(i, chosen[b])),
                    products[a, b], 1e-9);
        }

        double Value(int i, int k) => rows[i * Features + k];
    }
}
