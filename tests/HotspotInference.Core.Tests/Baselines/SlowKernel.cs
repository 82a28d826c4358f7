namespace HotspotInference.Tests.Baselines;

/// <summary>Gaussian steps between cells, integrated numerically.</summary>
static class SlowKernel
{
    /// <summary>How one incident in a cell spreads over all cells: row-major, sums to 1.</summary>
    public static double[] Spread(GridSpec grid, int source, double bandwidth)
    {
        double[] rows = Axis(grid.Rows, source / grid.Columns, bandwidth / grid.CellHeightMeters);
        double[] columns = Axis(grid.Columns, source % grid.Columns, bandwidth / grid.CellWidthMeters);
        return [.. rows.SelectMany(row => columns.Select(column => row * column))];
    }

    /// <summary>One axis of it.</summary>
    public static double[] Axis(int size, int source, double deviation)
    {
        double[] weights = [.. Enumerable.Range(0, size).Select(target => Chance(target - source, deviation))];
        return [.. weights.Select(weight => weight / weights.Sum())];
    }

    /// <summary>The chance that a point anywhere in a cell, moved by a normal step, lands so many cells away.</summary>
    public static double Chance(int distance, double deviation)
    {
        if (deviation == 0)
            return distance == 0 ? 1 : 0;
        // A step of z cells does it for a share of 1 - |z - distance| of the places; midpoint rule.
        const int Steps = 2_000;
        double sum = 0;
        for (int i = 0; i < Steps; i++)
        {
            double offset = 2 * (i + 0.5) / Steps - 1, z = (distance + offset) / deviation;
            sum += (1 - Math.Abs(offset)) * Math.Exp(-z * z / 2);
        }
        return sum * 2 / Steps / (deviation * Math.Sqrt(2 * Math.PI));
    }
}
