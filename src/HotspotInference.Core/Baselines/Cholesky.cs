namespace HotspotInference.Baselines;

static class Cholesky
{
    /// <summary>Solves a positive definite system.</summary>
    /// <param name="matrix">Its lower triangle, <c>[row, column]</c>; not changed.</param>
    /// <param name="right">The right side; not changed.</param>
    public static double[] Solve(double[] matrix, double[] right)
    {
        int n = right.Length;
        double[] lower = [.. matrix], solution = [.. right];
        for (int j = 0; j < n; j++)
        {
            for (int i = j; i < n; i++)
            {
                double sum = lower[i * n + j];
                for (int k = 0; k < j; k++)
                    sum -= lower[i * n + k] * lower[j * n + k];
                // Rounding can leave nothing of a pivot whose feature is a copy: it then does not move.
                lower[i * n + j] = i == j ? Math.Sqrt(Math.Max(sum, 1e-300)) : sum / lower[j * n + j];
            }
        }
        for (int i = 0; i < n; i++)
        {
            for (int k = 0; k < i; k++)
                solution[i] -= lower[i * n + k] * solution[k];
            solution[i] /= lower[i * n + i];
        }
        for (int i = n - 1; i >= 0; i--)
        {
            for (int k = i + 1; k < n; k++)
                solution[i] -= lower[k * n + i] * solution[k];
            solution[i] /= lower[i * n + i];
        }
        return solution;
    }
}
