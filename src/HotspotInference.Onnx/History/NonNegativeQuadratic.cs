using MathNet.Numerics.LinearAlgebra;

namespace HotspotInference.Onnx.History;

/// <summary>
/// The maximum of <c>right . x - x' curvature x / 2</c> over x of at least 0, by an active-set method (Lawson and Hanson 1974, chapter 23,
/// on the normal equations).
/// </summary>
static class NonNegativeQuadratic
{
    /// <param name="curvature">A positive definite matrix.</param>
    /// <param name="right">The slope at 0.</param>
    /// <param name="scale">What a slope is measured against; a variable of scale 0 stays as it is.</param>
    /// <param name="start">Where to start, at least 0: near the maximum the way is short.</param>
    public static double[] Maximize(Matrix<double> curvature, Vector<double> right, double[] scale, double[] start)
    {
        Vector<double> x = Vector<double>.Build.Dense([.. start]);
        var passive = new List<int>(Enumerable.Range(0, start.Length).Where(k => start[k] > 0));
        int added = -1;
        for (int change = 0; change < 10 * start.Length; change++)
        {
            // Move to the maximum over the passive variables, and leave the first at 0 that would cross it on the way.
            int[] index = [.. passive];
            double length = 1;
            int first = -1;
            if (index.Length > 0)
            {
                Matrix<double> part = Matrix<double>.Build.Dense(index.Length, index.Length, (i, j) => curvature[index[i], index[j]]);
                Vector<double> solution = part.Cholesky().Solve(Vector<double>.Build.Dense(index.Length, i => right[index[i]]));
                for (int i = 0; i < index.Length; i++)
                {
                    double value = x[index[i]];
                    double reach = solution[i] > 0 ? 1 : value > 0 ? value / (value - solution[i]) : 0;
                    if (reach < length)
                        (length, first) = (reach, index[i]);
                }
                for (int i = 0; i < index.Length; i++)
                    x[index[i]] = Math.Max(0, x[index[i]] + length * (solution[i] - x[index[i]]));
            }
            if (first >= 0)
            {
                x[first] = 0;
                passive.Remove(first);
                // Its slope was rounding: it would be added again for ever.
                if (first == added && length == 0)
                    break;
                continue;
            }
            Vector<double> slope = right - curvature * x;
            added = -1;
            for (int k = 0; k < start.Length; k++)
            {
                if (scale[k] > 0 && !passive.Contains(k) && slope[k] > 1e-9 * scale[k]
                    && (added < 0 || slope[k] / scale[k] > slope[added] / scale[added]))
                    added = k;
            }
            if (added < 0)
                break;
            passive.Add(added);
        }
        return x.ToArray();
    }
}
