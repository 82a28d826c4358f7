using System.Numerics.Tensors;

namespace HotspotInference.Onnx.History;

/// <summary>
/// Maximum likelihood of counts that are Poisson with mean <c>exp(bias + calendar(t) . beta) x (features(t, cell) . weights)</c>, weights
/// at least 0. Only the cells with incidents and the sums of the features over all cells enter the likelihood, so that the empty
/// cells cost nothing. Weights and day factor by Newton steps in turn: the likelihood is concave in each. Where only whether there was any
/// incident counts, their number is what is hidden from it: each round starts from its expectation given that there was at least one,
/// <c>mean / (1 - exp(-mean))</c> (EM, Dempster, Laird and Rubin 1977).
/// </summary>
sealed partial class PoissonMixture
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
}
