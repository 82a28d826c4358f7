using System.Numerics.Tensors;

namespace HotspotInference.Baselines;

/// <summary>
/// Maximum of the weighted log likelihood less a ridge on the standardised coefficients, by Newton steps (iteratively reweighted least
/// squares, McCullagh and Nelder 1989), halved where one overshoots. The likelihood is concave.
/// </summary>
static class GeneralizedRegression
{
    // In the weight of one row: enough to tell near copies of one feature apart.
    const double Ridge = 1;
    const double Tolerance = 1e-8;
    const int MaximumSteps = 50;
    const double LargestSum = 30;

    /// <summary>Fits a regression.</summary>
    /// <param name="rows">The features, <c>[row, feature]</c>.</param>
    /// <param name="counts">Incidents of each row.</param>
    /// <param name="weights">For how many rows each stands.</param>
    /// <param name="link">Which regression.</param>
    /// <param name="cancellationToken">Stops the fit.</param>
    /// <returns>The intercept, then a coefficient for each feature as it stands in the table.</returns>
    public static double[] Fit(ReadOnlySpan<float> rows, ReadOnlySpan<float> counts, ReadOnlySpan<float> weights, RegressionLink link,
        CancellationToken cancellationToken)
    {
        (double[] means, double[] deviations, double meanCount) = Moments(rows, counts, weights);
        int width = rows.Length / counts.Length + 1;
        var beta = new double[width];
        // Both links are a logarithm where incidents are rare.
        beta[0] = Math.Log(link == RegressionLink.Log ? meanCount : Math.Min(meanCount, 0.5));
        var gradient = new double[width];
        var curvature = new double[width * width];
        double value = Evaluate(rows, counts, weights, link, means, deviations, beta, gradient, curvature);
        for (int step = 0; step < MaximumSteps; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double[] direction = Cholesky.Solve(curvature, gradient);
            double expectedGain = TensorPrimitives.Dot<double>(direction, gradient), size = 1, next;
            if (expectedGain < Tolerance)
                break;
            var trial = new double[width];
            do
            {
                TensorPrimitives.MultiplyAdd(direction, size, beta, trial);
                next = Evaluate(rows, counts, weights, link, means, deviations, trial, gradient, curvature);
                size /= 2;
            }
            while (next < value && size > 1e-6);
            if (next < value)
                break;
            (beta, value) = (trial, next);
        }
        for (int j = 1; j < width; j++)
        {
            beta[j] /= deviations[j - 1];
            beta[0] -= beta[j] * means[j - 1];
        }
        return beta;
    }

    static double Evaluate(ReadOnlySpan<float> rows, ReadOnlySpan<float> counts, ReadOnlySpan<float> weights, RegressionLink link,
        double[] means, double[] deviations, double[] beta, double[] gradient, double[] curvature)
    {
        int width = beta.Length;
        gradient.AsSpan().Clear();
        curvature.AsSpan().Clear();
        double value = 0;
        var x = new double[width];
        x[0] = 1;
        for (int i = 0; i < counts.Length; i++)
        {
            ReadOnlySpan<float> row = rows.Slice(i * (width - 1), width - 1);
            for (int j = 1; j < width; j++)
                x[j] = (row[j - 1] - means[j - 1]) / deviations[j - 1];
            double weight = weights[i], count = counts[i];
            double sum = Math.Clamp(TensorPrimitives.Dot<double>(x, beta), -LargestSum, LargestSum), exp = Math.Exp(sum);
            double residual, variance;
            if (link == RegressionLink.Log)
            {
                value += weight * (count * sum - exp);
                (residual, variance) = (count - exp, exp);
            }
            else
            {
                double risk = exp / (1 + exp), any = count > 0 ? 1 : 0;
                value += weight * (any * sum - Math.Log(1 + exp));
                (residual, variance) = (any - risk, risk * (1 - risk));
            }
            TensorPrimitives.MultiplyAdd(x, weight * residual, gradient, gradient);
            // The lower triangle.
            for (int j = 0; j < width; j++)
            {
                Span<double> target = curvature.AsSpan(j * width, j + 1);
                TensorPrimitives.MultiplyAdd(x.AsSpan(0, j + 1), weight * variance * x[j], target, target);
            }
        }
        for (int j = 1; j < width; j++)
        {
            value -= 0.5 * Ridge * beta[j] * beta[j];
            gradient[j] -= Ridge * beta[j];
            curvature[j * width + j] += Ridge;
        }
        return value;
    }

    static (double[] Means, double[] Deviations, double MeanCount) Moments(ReadOnlySpan<float> rows, ReadOnlySpan<float> counts,
        ReadOnlySpan<float> weights)
    {
        int width = rows.Length / counts.Length;
        double[] means = new double[width], squares = new double[width];
        double weightSum = 0, countSum = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            weightSum += weights[i];
            countSum += weights[i] * counts[i];
            for (int j = 0; j < width; j++)
            {
                double value = rows[i * width + j];
                means[j] += weights[i] * value;
                squares[j] += weights[i] * value * value;
            }
        }
        for (int j = 0; j < width; j++)
        {
            means[j] /= weightSum;
            double variance = squares[j] / weightSum - means[j] * means[j];
            squares[j] = variance > 1e-9 ? Math.Sqrt(variance) : 1;
        }
        return (means, squares, countSum / weightSum);
    }
}
