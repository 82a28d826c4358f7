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
    public void Counts_of_a_row_are_spread_as_each_would_be_cell_after_cell(double width, int rows, int columns)
    {
        var kernel = new GaussianKernel(width);
        double[] weights = Weights(width);
        int radius = weights.Length / 2;
        float[] map = new float[rows * columns];
        double[] expected = new double[rows * columns];
        var random = new Random(3);
        for (int n = 0; n < 40; n++)
        {
            int row = random.Next(rows), left = columns, right = -1;
            float[] line = new float[columns];
            bool[] isTouched = new bool[rows], isReached = new bool[rows];
            foreach ((int column, int count) in Enumerable.Range(0, 3).Select(_ => (random.Next(columns), random.Next(1, 5))))
            {
                (int first, int last) = kernel.SpreadAlong(line, count, column);
                (left, right) = (Math.Min(left, first), Math.Max(right, last));
                for (int dr = -radius; dr <= radius; dr++)
                for (int dc = -radius; dc <= radius; dc++)
                {
                    int reached = Mirror(row + dr, rows);
                    isReached[reached] = true;
                    expected[reached * columns + Mirror(column + dc, columns)] += count * weights[dr + radius] * weights[dc + radius];
                }
            }
            kernel.SpreadOver(line.AsSpan(left..(right + 1)), row, map.AsSpan(left), columns, isTouched);
            Assert.Equal(isReached, isTouched);
        }

        for (int i = 0; i < map.Length; i++)
            Assert.Equal(expected[i], map[i], 1e-6 * expected[i]);
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
