using HotspotInference.Trends;

namespace HotspotInference.Tests.Trends;

public sealed class GetisOrdTests
{
    // n = 5, mean 2, variance (4 + 1 + 0 + 1 + 4) / 5 = 2. At the left end two neighbours, 0 + 1 against 2 x 2, and
    // sqrt(2) x sqrt((5 x 2 - 2 x 2) / 4) = sqrt 3; in the middle three neighbours, 1 + 2 + 3 against 3 x 2.
    [Fact]
    public void A_row_of_cells_is_as_worked_by_hand()
    {
        double[] z = ZScores([0, 1, 2, 3, 4], 1, 5, 1, 0);

        double end = -3 / Math.Sqrt(3), beside = (3 - 6) / (Math.Sqrt(2) * Math.Sqrt((5 * 3 - 9) / 4.0));
        Assert.All(z.Zip([end, beside, 0, -beside, -end]), pair => Assert.Equal(pair.Second, pair.First, 1e-12));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 0)]
    [InlineData(0, 2)]
    [InlineData(9, 0)]
    public void Every_bin_equals_a_double_loop_over_all_bins(int neighbourCells, int neighbourSteps)
    {
        const int Steps = 4, Rows = 5, Columns = 6;
        var random = new Random(8);
        double[] values = [.. Enumerable.Range(0, Steps * Rows * Columns).Select(_ => (double)random.Next(9))];
        bool[] isAnalysed = [.. Enumerable.Range(0, Rows * Columns).Select(_ => random.Next(5) > 0)];

        double[] z = ZScores(values, Rows, Columns, neighbourCells, neighbourSteps, isAnalysed);

        (int Step, int Row, int Column, int Index)[] bins = [.. from step in Enumerable.Range(0, Steps)
                                                                from row in Enumerable.Range(0, Rows)
                                                                from column in Enumerable.Range(0, Columns)
                                                                where isAnalysed[row * Columns + column]
                                                                select (step, row, column, (step * Rows + row) * Columns + column)];
        double n = bins.Length, mean = bins.Average(bin => values[bin.Index]);
        double s = Math.Sqrt(bins.Average(bin => values[bin.Index] * values[bin.Index]) - mean * mean);
        var expected = new double[values.Length];
        foreach (var i in bins)
        {
            double sum = 0, weights = 0, squares = 0;
            foreach (var j in bins)
            {
                bool near = Math.Abs(i.Row - j.Row) <= neighbourCells && Math.Abs(i.Column - j.Column) <= neighbourCells
                    && i.Step - j.Step >= 0 && i.Step - j.Step <= neighbourSteps;
                double weight = near ? 1 : 0;
                (sum, weights, squares) = (sum + weight * values[j.Index], weights + weight, squares + weight * weight);
            }
            expected[i.Index] = (sum - mean * weights) / (s * Math.Sqrt((n * squares - weights * weights) / (n - 1)));
        }
        Assert.All(expected.Zip(z), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
        Assert.Contains(z, value => value > 1);
    }

    [Fact]
    public void Equal_values_and_a_neighbourhood_of_everything_are_0()
    {
        Assert.All(ZScores([0.1, 0.1, 0.1, 0.1], 2, 2, 1, 0), z => Assert.Equal(0, z));
        Assert.All(ZScores([1, 2, 3, 4], 2, 2, 1, 0), z => Assert.Equal(0, z));
    }

    [Fact]
    public void Lengths_that_do_not_fit_are_refused() => Assert.Throws<ArgumentException>(() => ZScores([1, 2, 3], 2, 2, 1, 0));

    static double[] ZScores(double[] values, int rows, int columns, int neighbourCells, int neighbourSteps, bool[]? isAnalysed = null)
    {
        var z = new double[values.Length];
        GetisOrd.ZScores(values, rows, columns, isAnalysed ?? [.. Enumerable.Repeat(true, rows * columns)],
            neighbourCells, neighbourSteps, z);
        return z;
    }
}
