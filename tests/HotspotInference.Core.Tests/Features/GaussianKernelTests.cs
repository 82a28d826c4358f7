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
        var slow = new SlowSmoothing(width, rows, columns);
        float[] map = new float[rows * columns];
        double[] expected = new double[rows * columns];
        var random = new Random(3);
        for (int n = 0; n < 40; n++)
        {
            int row = random.Next(rows), left = columns, right = -1;
            float[] line = new float[columns];
            bool[] isTouched = new bool[rows], isReached = new bool[rows];
            for (int i = 0; i < 3; i++)
            {
                (int column, int count) = (random.Next(columns), random.Next(1, 5));
                (int first, int last) = kernel.SpreadAlong(line, count, column);
                (left, right) = (Math.Min(left, first), Math.Max(right, last));
                slow.Add(count, row * columns + column, expected);
            }
            kernel.SpreadOver(line.AsSpan(left..(right + 1)), row, map.AsSpan(left), columns, isTouched);

            foreach (int reached in slow.RowsReached(row * columns))
                isReached[reached] = true;
            Assert.Equal(isReached, isTouched);
        }

        for (int i = 0; i < map.Length; i++)
            Assert.Equal(expected[i], map[i], 1e-6 * expected[i]);
    }
}
