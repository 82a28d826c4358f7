using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;

namespace HotspotInference.Onnx.History;

// The weights, given the day factor.
sealed partial class PoissonMixture
{
    double WeightLikelihood(ReadOnlySpan<double> mixtures, double expected)
    {
        double likelihood = -expected;
        for (int i = 0; i < mixtures.Length; i++)
            likelihood += _eventCounts[i] * Math.Log(mixtures[i]);
        return likelihood;
    }

    // The largest violation of the optimality conditions: the gradient is 0 where a weight is positive and not positive where it is 0.
    // Relative to the exposure, so that a feature's scale does not matter.
    double KktResidual(ReadOnlySpan<double> mixtures, double[] exposure, out double[] gradient)
    {
        var ratios = new double[mixtures.Length];
        for (int i = 0; i < ratios.Length; i++)
            ratios[i] = _eventCounts[i] / mixtures[i];
        gradient = _events.Sum(ratios);
        TensorPrimitives.Subtract(gradient, exposure, gradient);

        double total = TensorPrimitives.Dot<double>(Weights, exposure), residual = 0;
        for (int k = 0; k < _features; k++)
        {
            if (exposure[k] <= 0)
                continue;
            double relative = gradient[k] / exposure[k];
            // A positive weight matters as much as the share of the events that it explains.
            residual = Math.Max(residual, Weights[k] > 0 ? Math.Abs(relative) * Math.Min(1, Weights[k] * exposure[k] / total * _features)
                : relative);
        }
        return residual;
    }

    void FitWeights(CancellationToken cancellationToken)
    {
        double[] exposure = Exposure(DayFactors()), mixtures = _events.Mix(Weights);
        for (int step = 0; step < MaximumSteps; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double residual = KktResidual(mixtures, exposure, out double[] gradient);
            if (residual < Tolerance)
                return;
            double[] target = NewtonTarget(mixtures, gradient, exposure), direction = new double[_features],
                candidate = new double[_features];
            TensorPrimitives.Subtract(target, Weights, direction);
            double ascent = TensorPrimitives.Dot<double>(gradient, direction);
            double before = WeightLikelihood(mixtures, TensorPrimitives.Dot<double>(Weights, exposure));

            // Between two feasible points every point is feasible; far from the maximum the whole step can be too long.
            double length = LongestStep(mixtures, _events.Mix(direction));
            for (; length > 1e-8; length /= 2)
            {
                TensorPrimitives.MultiplyAdd(direction, length, Weights, candidate);
                mixtures = _events.Mix(candidate);
                if (WeightLikelihood(mixtures, TensorPrimitives.Dot<double>(candidate, exposure)) >= before + 1e-4 * length * ascent)
                    break;
            }
            if (!(ascent > 0) || length <= 1e-8)
                return;
            candidate.CopyTo(Weights, 0);
        }
    }

    // The quadratic approximation does not know that the logarithm falls without end: where it would take an event's mixture to almost 0,
    // that event would then need one Newton step for each doubling on its way back.
    static double LongestStep(double[] mixtures, double[] slopes)
    {
        double length = 1;
        for (int i = 0; i < mixtures.Length; i++)
        {
            if (length * slopes[i] < -LargestDrop * mixtures[i])
                length = -LargestDrop * mixtures[i] / slopes[i];
        }
        return length;
    }

    // The maximum over weights of at least 0 of the likelihood's quadratic approximation at the present weights. Features that are out and
    // would fall further stay out: most of the near copies do, and the optimality conditions look at all of them.
    double[] NewtonTarget(double[] mixtures, double[] gradient, double[] exposure)
    {
        int[] tried = [.. Enumerable.Range(0, _features).Where(k => Weights[k] > 0 || _target[k] > 0 || gradient[k] > 0)];
        Matrix<double> curvature = Curvature(mixtures, exposure, tried);
        Vector<double> weights = Vector<double>.Build.Dense(tried.Length, i => Weights[tried[i]]);
        Vector<double> right = curvature * weights + Vector<double>.Build.Dense(tried.Length, i => gradient[tried[i]]);
        // The target before has the right features, or nearly; the weights have all of them until a whole step was taken.
        double[] part = NonNegativeQuadratic.Maximize(curvature, right, [.. tried.Select(k => exposure[k])],
            [.. tried.Select(k => _target[k])]);
        Array.Clear(_target);
        for (int i = 0; i < tried.Length; i++)
            _target[tried[i]] = part[i];
        return _target;
    }

    Matrix<double> Curvature(double[] mixtures, double[] exposure, int[] features)
    {
        var factors = new double[mixtures.Length];
        for (int i = 0; i < factors.Length; i++)
            factors[i] = _eventCounts[i] / (mixtures[i] * mixtures[i]);
        double[,] products = _events.Products(factors, features);
        // Near copies among the features leave the curvature almost singular.
        return Matrix<double>.Build.Dense(features.Length, features.Length, (i, j) => i == j
            ? products[i, i] * (1 + 1e-9) + (exposure[features[i]] > 0 ? 0 : 1)
            : products[Math.Max(i, j), Math.Min(i, j)]);
    }
}
