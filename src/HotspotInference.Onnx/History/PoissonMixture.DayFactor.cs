using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;

namespace HotspotInference.Onnx.History;

// The day factor, given the weights.
sealed partial class PoissonMixture
{
    double FitDayFactor()
    {
        double[] bases = [.. _featureSums.Select(row => TensorPrimitives.Dot<double>(row, Weights))];
        double objective = DayObjective(bases, Beta);
        for (int step = 0; step < MaximumSteps; step++)
        {
            int n = Beta.Length;
            var gradient = Vector<double>.Build.Dense(n, j => j == 0 ? 0 : -Ridge * Beta[j]);
            // The bias is not pulled; a trace keeps the matrix regular.
            Matrix<double> curvature = Matrix<double>.Build.DenseDiagonal(n, n, j => j == 0 ? 1e-9 : Ridge);
            for (int t = 0; t < _calendar.Length; t++)
            {
                double[] row = _calendar[t];
                double expected = bases[t] * Math.Exp(TensorPrimitives.Dot<double>(row, Beta));
                for (int i = 0; i < n; i++)
                {
                    gradient[i] += (_totals[t] - expected) * row[i];
                    for (int j = 0; j < n; j++)
                        curvature[i, j] += expected * row[i] * row[j];
                }
            }
            Vector<double> direction = curvature.Cholesky().Solve(gradient);
            double decrement = direction.DotProduct(gradient), length = 1, after;
            double[] candidate;
            do
            {
                candidate = [.. Beta.Select((value, j) => value + length * direction[j])];
                after = DayObjective(bases, candidate);
                length /= 2;
            }
            while (!(after >= objective) && length > 1e-10);
            if (!(after >= objective))
                break;
            candidate.CopyTo(Beta, 0);
            objective = after;
            if (decrement < 1e-10 * Math.Abs(objective))
                break;
        }
        return objective + WeightLikelihood(_events.Mix(Weights), 0);
    }

    double DayObjective(double[] bases, double[] beta)
    {
        double objective = 0;
        for (int t = 0; t < bases.Length; t++)
        {
            double exponent = TensorPrimitives.Dot<double>(_calendar[t], beta);
            objective += _totals[t] * exponent - bases[t] * Math.Exp(exponent);
        }
        return objective - Penalty(beta);
    }

    static double Penalty(ReadOnlySpan<double> beta) => 0.5 * Ridge * TensorPrimitives.SumOfSquares(beta[1..]);
}
