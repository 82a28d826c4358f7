namespace HotspotInference.Baselines;

/// <summary>Finds the largest value of a function of a positive number over orders of magnitude.</summary>
static class LogSearch
{
    static readonly double s_golden = (Math.Sqrt(5) - 1) / 2;

    /// <summary>
    /// Tries steps of a factor of two, then narrows down between the neighbours of the best by the golden section: exact where the function
    /// has one top in between.
    /// </summary>
    /// <param name="value">The function.</param>
    /// <param name="least">The smallest argument, above 0.</param>
    /// <param name="most">The largest argument.</param>
    /// <param name="precision">The relative precision of the result.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public static double Maximize(Func<double, double> value, double least, double most, double precision,
        CancellationToken cancellationToken)
    {
        int steps = Math.Max(1, (int)Math.Ceiling(Math.Log2(most / least)));
        double step = Math.Log(most / least) / steps, start = Math.Log(least), bestValue = double.NegativeInfinity;
        int best = 0;
        for (int i = 0; i <= steps; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double found = value(Math.Exp(start + i * step));
            if (found > bestValue)
                (best, bestValue) = (i, found);
        }
        double low = start + Math.Max(best - 1, 0) * step, high = start + Math.Min(best + 1, steps) * step;
        double left = high - s_golden * (high - low), right = low + s_golden * (high - low);
        double atLeft = value(Math.Exp(left)), atRight = value(Math.Exp(right));
        while (high - low > precision)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (atLeft >= atRight)
            {
                (high, right, atRight) = (right, left, atLeft);
                left = high - s_golden * (high - low);
                atLeft = value(Math.Exp(left));
            }
            else
            {
                (low, left, atLeft) = (left, right, atRight);
                right = low + s_golden * (high - low);
                atRight = value(Math.Exp(right));
            }
        }
        // The ends of the range are never reached from inside.
        double inside = Math.Max(atLeft, atRight);
        return bestValue > inside ? Math.Exp(start + best * step) : Math.Exp(atLeft >= atRight ? left : right);
    }
}
