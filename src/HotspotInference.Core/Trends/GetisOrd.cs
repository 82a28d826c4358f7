namespace HotspotInference.Trends;

/// <summary>The local statistic Gi* of Getis and Ord (1992), over space and time. Thread-safe.</summary>
public static class GetisOrd
{
    /// <summary>
    /// Gi* as a z-score (Ord and Getis 1995, equation 14): the sum over a bin's neighbourhood, itself included, against what the mean over
    /// all bins would give, <c>(sum w x - mean sum w) / (s sqrt((n sum w^2 - (sum w)^2) / (n - 1)))</c> with weights of 0 and 1. The
    /// neighbourhood is a square of cells, in the bin's step and some before it; less of it at the edges. 0 where all bins are equal, or
    /// all are neighbours.
    /// </summary>
    /// <param name="values"><c>[step, row, column]</c>.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="isAnalysed"><c>[row, column]</c>: the cells that take part; others are neighbours of none, and get 0.</param>
    /// <param name="neighbourCells">Rows and columns to each side, at least 0.</param>
    /// <param name="neighbourSteps">Steps before, at least 0.</param>
    /// <param name="z">Receives <c>[step, row, column]</c>.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is out of range.</exception>
    public static void ZScores(ReadOnlySpan<double> values, int rows, int columns, ReadOnlySpan<bool> isAnalysed, int neighbourCells,
        int neighbourSteps, Span<double> z)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(neighbourCells);
        ArgumentOutOfRangeException.ThrowIfNegative(neighbourSteps);
        int cells = checked(rows * columns), steps = values.Length / cells;
        if (isAnalysed.Length != cells || values.Length != steps * cells || z.Length != values.Length)
            throw new ArgumentException(
                $"Spans of {values.Length}, {isAnalysed.Length} and {z.Length} elements; "
                + $"expected steps x cells, {cells} and the first again.");
        (double n, double mean, double deviation) = Moments(values, isAnalysed);
        z.Clear();
        // Rounding leaves a little where all values are equal.
        if (n < 2 || !(deviation > 1e-12 * Math.Abs(mean)))
            return;
        // For each cell the sum of its square in each step, and how many cells the square holds.
        var sums = new double[values.Length];
        var weights = new int[cells];
        for (int cell = 0; cell < cells; cell++)
        {
            if (!isAnalysed[cell])
                continue;
            (int row, int column) = Math.DivRem(cell, columns);
            (int top, int bottom) = (Math.Max(0, row - neighbourCells), Math.Min(rows - 1, row + neighbourCells));
            (int left, int right) = (Math.Max(0, column - neighbourCells), Math.Min(columns - 1, column + neighbourCells));
            for (int r = top; r <= bottom; r++)
            {
                for (int other = r * columns + left; other <= r * columns + right; other++)
                {
                    if (!isAnalysed[other])
                        continue;
                    weights[cell]++;
                    for (int step = 0; step < steps; step++)
                        sums[step * cells + cell] += values[step * cells + other];
                }
            }
        }
        for (int step = 0; step < steps; step++)
        {
            int first = Math.Max(0, step - neighbourSteps);
            for (int cell = 0; cell < cells; cell++)
            {
                double sum = 0, weight = (double)weights[cell] * (step - first + 1);
                for (int s = first; s <= step; s++)
                    sum += sums[s * cells + cell];
                double spread = weight * (n - weight) / (n - 1);
                if (isAnalysed[cell] && spread > 0)
                    z[step * cells + cell] = (sum - mean * weight) / (deviation * Math.Sqrt(spread));
            }
        }
    }

    static (double Count, double Mean, double Deviation) Moments(ReadOnlySpan<double> values, ReadOnlySpan<bool> isAnalysed)
    {
        double n = 0, sum = 0, squares = 0;
        for (int i = 0; i < values.Length; i++)
        {
            if (!isAnalysed[i % isAnalysed.Length])
                continue;
            n++;
            sum += values[i];
        }
        double mean = sum / n;
        for (int i = 0; i < values.Length; i++)
            squares += isAnalysed[i % isAnalysed.Length] ? (values[i] - mean) * (values[i] - mean) : 0;
        return (n, mean, Math.Sqrt(squares / n));
    }
}
