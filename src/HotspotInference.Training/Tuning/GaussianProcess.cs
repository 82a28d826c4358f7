using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace HotspotInference.Training.Tuning;

/// <summary>
/// A Gaussian process of mean 0 with a Matérn 5/2 kernel, given noisy observations (Rasmussen and Williams 2006, algorithm 2.1 and
/// equations 4.17, 5.8 and 5.9):
/// <c>k(x, y) = variance (1 + a + a²/3) exp(-a)</c> with <c>a = √5 |(x - y) / lengths|</c>. Immutable, so safe to share.
/// </summary>
sealed class GaussianProcess
{
    // Keeps the matrix positive definite in double precision where two points nearly coincide; a share of the variance.
    const double Jitter = 1e-10;

    static readonly double s_sqrt5 = Math.Sqrt(5);

    readonly double[][] _points;
    readonly double[] _values;
    readonly KernelParameters _kernel;
    readonly Cholesky<double> _cholesky;
    readonly Vector<double> _weights;

    /// <summary>Conditions the process on observations.</summary>
    /// <param name="points">Where, at least one point of as many coordinates as there are length scales.</param>
    /// <param name="values">What was observed there.</param>
    /// <param name="kernel">The kernel.</param>
    public GaussianProcess(double[][] points, double[] values, KernelParameters kernel)
    {
        (_points, _values, _kernel) = (points, values, kernel);
        Matrix<double> covariance = Matrix<double>.Build.Dense(points.Length, points.Length,
            (i, j) => Covariance(points[i], points[j]) + (i == j ? kernel.Noise + Jitter * kernel.Variance : 0));
        _cholesky = covariance.Cholesky();
        _weights = _cholesky.Solve(Vector<double>.Build.DenseOfArray(values));
    }

    /// <summary>Log of the density of the observations: what a good kernel makes large.</summary>
    public double LogLikelihood =>
        -0.5 * (Vector<double>.Build.Dense(_values) * _weights + _cholesky.DeterminantLn + _values.Length * Math.Log(2 * Math.PI));

    /// <summary>Mean and variance of the function, without noise, at a point.</summary>
    public (double Mean, double Variance) Predict(ReadOnlySpan<double> point)
    {
        double[] solved = new double[_points.Length];
        double mean = 0, explained = 0;
        Matrix<double> lower = _cholesky.Factor;
        for (int i = 0; i < solved.Length; i++)
        {
            double covariance = Covariance(_points[i], point), rest = covariance;
            mean += covariance * _weights[i];
            for (int j = 0; j < i; j++)
                rest -= lower[i, j] * solved[j];
            solved[i] = rest / lower[i, i];
            explained += solved[i] * solved[i];
        }
        return (mean, Math.Max(_kernel.Variance - explained, 0));
    }

    /// <summary>
    /// The process that also takes its mean at some points for observed: the kriging believer (Ginsbourger, Le Riche and Carraro 2010), for
    /// points whose values are not known yet.
    /// </summary>
    public GaussianProcess Believing(IReadOnlyList<double[]> points) => points.Count == 0 ? this
        : new([.. _points, .. points], [.. _values, .. points.Select(point => Predict(point).Mean)], _kernel);

    /// <summary>
    /// How <see cref="LogLikelihood"/> changes with the logarithms of the length scales, then of variance and noise.
    /// </summary>
    public double[] Gradient()
    {
        int n = _points.Length, width = _kernel.Lengths.Length;
        Matrix<double> inverse = _cholesky.Solve(Matrix<double>.Build.DenseIdentity(n));
        double[] gradient = new double[width + 2];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                // Half of tr((w wᵀ - K⁻¹) dK), whose two halves are alike.
                double factor = (_weights[i] * _weights[j] - inverse[i, j]) * (i == j ? 0.5 : 1);
                double a = s_sqrt5 * Distance(_points[i], _points[j]), decay = _kernel.Variance * Math.Exp(-a);
                for (int d = 0; d < width; d++)
                {
                    double apart = (_points[i][d] - _points[j][d]) / _kernel.Lengths[d];
                    gradient[d] += factor * decay * (5.0 / 3) * (1 + a) * apart * apart;
                }
                gradient[width] += factor * (decay * (1 + a + a * a / 3) + (i == j ? Jitter * _kernel.Variance : 0));
                gradient[width + 1] += i == j ? factor * _kernel.Noise : 0;
            }
        }
        return gradient;
    }

    double Covariance(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double a = s_sqrt5 * Distance(x, y);
        return _kernel.Variance * (1 + a + a * a / 3) * Math.Exp(-a);
    }

    double Distance(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double sum = 0;
        for (int d = 0; d < x.Length; d++)
        {
            double apart = (x[d] - y[d]) / _kernel.Lengths[d];
            sum += apart * apart;
        }
        return Math.Sqrt(sum);
    }
}
