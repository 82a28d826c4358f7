using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;

namespace HotspotInference.Onnx.History;

/// <summary>
/// Maximum likelihood of counts that are Poisson with mean <c>exp(bias + calendar(t) . beta) x (features(t, cell) . weights)</c>, weights
/// at least 0. Only the cells with incidents and the sums of the features over all cells enter the likelihood, so that the empty
/// cells cost nothing. Weights and day factor by Newton steps in turn: the likelihood is concave in each. Where only whether there was any
/// incident counts, their number is what is hidden from it: each round starts from its expectation given that there was at least one,
/// <c>mean / (1 - exp(-mean))</c> (EM, Dempster, Laird and Rubin 1977).
/// </summary>
sealed class PoissonMixture
{
    const int MaximumRounds = 100;
    const int MaximumSteps = 100;
    // The optimality conditions hold to this: relative to a feature's own share of the expected count.
    const double Tolerance = 1e-7;
    // No step takes more than this share of the expected count where an event was.
    const double LargestDrop = 0.9;
    // A weak pull of the day factor to 1, in pseudo-incidents for each standardised feature: totals at several half-lives are near copies.
    const double Ridge = 10;

    readonly int _features;
    readonly EventFeatures _events;
    readonly int[] _eventPeriods;
    readonly HistoryLikelihood _likelihood;
    readonly double _incidents;
    // The incidents of each event, or what is expected of them.
    readonly double[] _eventCounts;
    readonly double[][] _featureSums;
    readonly double[][] _calendar;
    readonly double[] _totals;
    // Where the last Newton step wanted to go.
    readonly double[] _target;

    /// <param name="features">How many features.</param>
    /// <param name="eventFeatures">Features of each cell-period with incidents, <c>[event, feature]</c>.</param>
    /// <param name="eventCounts">Its incidents.</param>
    /// <param name="eventPeriods">Its period, a position in the two arrays below.</param>
    /// <param name="featureSums">For each period the features summed over all cells.</param>
    /// <param name="calendar">For each period its calendar features.</param>
    /// <param name="likelihood">Whether counts matter.</param>
    public PoissonMixture(int features, float[] eventFeatures, float[] eventCounts, int[] eventPeriods, double[][] featureSums,
        double[][] calendar,
        HistoryLikelihood likelihood = HistoryLikelihood.Counts)
    {
        _eventPeriods = eventPeriods;
        _likelihood = likelihood;
        _incidents = eventCounts.Sum(count => (double)count);
        _features = features;
        _events = new EventFeatures(features, eventFeatures);
        _eventCounts = [.. eventCounts.Select(count => likelihood == HistoryLikelihood.Counts ? (double)count : 1)];
        _featureSums = featureSums;
        _totals = new double[featureSums.Length];
        AddTotals();

        // Standardised, with a leading 1 for the bias.
        int width = calendar.Length == 0 ? 0 : calendar[0].Length;
        (Means, Deviations) = (new double[width], new double[width]);
        for (int j = 0; j < width; j++)
        {
            Means[j] = calendar.Average(row => row[j]);
            double variance = calendar.Average(row => (row[j] - Means[j]) * (row[j] - Means[j]));
            Deviations[j] = variance > 1e-12 ? Math.Sqrt(variance) : 1;
        }
        _calendar = [.. calendar.Select(row => (double[])[1, .. row.Select((value, j) => (value - Means[j]) / Deviations[j])])];

        _target = new double[features];
        Weights = new double[features];
        Beta = new double[width + 1];
    }

    /// <summary>Means of the calendar features; <see cref="Beta"/> speaks of standardised ones.</summary>
    public double[] Means { get; }

    /// <summary>Standard deviations of the calendar features.</summary>
    public double[] Deviations { get; }

    /// <summary>The weights, at least 0.</summary>
    public double[] Weights { get; }

    /// <summary>The bias, then one coefficient for each standardised calendar feature.</summary>
    public double[] Beta { get; }

    /// <summary>Log likelihood less the penalty on the day factor, without the term that no parameter enters.</summary>
    public double Objective { get; private set; }

    /// <summary>How far the weights are from optimal, see <see cref="KktResidual"/>; small after <see cref="Fit"/>.</summary>
    public double Residual { get; private set; }

    /// <summary>Finds the maximum.</summary>
    public void Fit(CancellationToken cancellationToken)
    {
        double[] sums = Exposure(DayFactors()), sumsAtEvents = _events.Sum(_eventCounts);
        // Every feature starts with the same share of the events; one that is 0 at all of them explains none, and has no curvature either.
        for (int k = 0; k < _features; k++)
            Weights[k] = sumsAtEvents[k] > 0 ? _totals.Sum() / (_features * sums[k]) : 0;

        double previous = double.NegativeInfinity;
        for (int round = 0; round < MaximumRounds; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            FitWeights(cancellationToken);
            Objective = FitDayFactor();
            if (_likelihood == HistoryLikelihood.Occurrence)
                Objective = ExpectCounts();
            if (Objective - previous <= 1e-9 * Math.Abs(Objective))
                break;
            previous = Objective;
        }
        Residual = KktResidual(_events.Mix(Weights), Exposure(DayFactors()), out _);
    }

    /// <summary>Incidents for each expected one: 1 where counts are fitted.</summary>
    public double CountRatio => _likelihood == HistoryLikelihood.Counts ? 1
        : _incidents / TensorPrimitives.Dot<double>(Weights, Exposure(DayFactors()));

    /// <summary>The expected count over all periods that one unit of a weight adds, day factors included.</summary>
    public double ExposureOf(Index feature) => Exposure(DayFactors())[feature];

    double[] DayFactors() => [.. _calendar.Select(row => Math.Exp(TensorPrimitives.Dot<double>(row, Beta)))];

    // The expected count that one unit of each weight adds.
    double[] Exposure(double[] factors)
    {
        var exposure = new double[_features];
        for (int t = 0; t < factors.Length; t++)
            TensorPrimitives.MultiplyAdd(_featureSums[t], factors[t], exposure, exposure);
        return exposure;
    }

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

    void AddTotals()
    {
        Array.Clear(_totals);
        for (int i = 0; i < _eventCounts.Length; i++)
            _totals[_eventPeriods[i]] += _eventCounts[i];
    }

    // Gives each event the count that is expected where there is at least one, and returns the penalised log likelihood that there was.
    double ExpectCounts()
    {
        double[] factors = DayFactors(), mixtures = _events.Mix(Weights);
        double objective = -TensorPrimitives.Dot<double>(Weights, Exposure(factors)) - Penalty(Beta);
        for (int i = 0; i < mixtures.Length; i++)
        {
            double mean = factors[_eventPeriods[i]] * mixtures[i], probability = -double.ExpM1(-mean);
            _eventCounts[i] = mean / probability;
            // Of an event the likelihood has its probability, and not that of an empty cell, which the sum over all cells holds.
            objective += Math.Log(probability) + mean;
        }
        AddTotals();
        return objective;
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
