using HotspotInference.Features;

namespace HotspotInference.Tests.Features;

public sealed class GaussianKernelTests
{
    [Theory]
    [InlineData(0, 5, 7)]
    [InlineData(0.6, 5, 7)]
    [InlineData(1.2, 12, 9)]
    [InlineData(2.5, 30, 40)]
    [InlineData(2.5, 3, 2)]
    [InlineData(2.5, 1, 1)]
    public void Each_count_is_spread_bit_for_bit_as_cell_after_cell_would(double width, int rows, int columns)
    {
        var kernel = new GaussianKernel(width);
        double[] weights = Weights(width);
        int radius = weights.Length / 2;
        double[] map = new double[rows * columns], expected = new double[rows * columns];
        var random = new Random(3);
        for (int n = 0; n < 40; n++)
        {
            (int row, int column, double count) = (random.Next(rows), random.Next(columns), random.Next(1, 5));
            kernel.Spread(count, row, column, rows, columns, map);
            for (int dr = -radius; dr <= radius; dr++)
            for (int dc = -radius; dc <= radius; dc++)
                expected[Mirror(row + dr, rows) * columns + Mirror(column + dc, columns)] += count * weights[dr + radius] * weights[dc + radius];
        }

        Assert.Equal(expected, map);
    }

    static double[] Weights(double width)
    {
        int radius = (int)(4 * width + 0.5);
        double[] weights = [.. Enumerable.Range(-radius, 2 * radius + 1).Select(i => width > 0 ? Math.Exp(-0.5 * i * i / (width * width)) : 1)];
        double sum = weights.Sum();
        return [.. weights.Select(weight => weight / sum)];
    }

    // Half-sample symmetric, by its period of twice the length.
    static int Mirror(int position, int length)
    {
        int within = (position % (2 * length) + 2 * length) % (2 * length);
        return within < length ? within : 2 * length - 1 - within;
    }
}
