using System.Numerics.Tensors;
using HotspotInference.Features;
using HotspotInference.Heatmaps;
using HotspotInference.Periods;

namespace HotspotInference.Onnx.History;

/// <summary>
/// Fits the history model: the expected count of a cell is a non-negative mixture of its history features and a uniform floor, times
/// a day factor, <c>exp(bias + calendar . beta)</c>. Each class is fitted by maximum likelihood to its own history and that of all
/// incidents.
/// </summary>
public static class HistoryModelFitter
{
    // Incidents that the floor expects at least over all cells and periods learnt: that a place was quiet so far makes nothing impossible.
    const double LeastFloor = 0.5;

    /// <summary>Fits a history model.</summary>
    /// <param name="series">
    /// Heat maps from the start of the history to at least the end of <paramref name="training"/>; what comes after is not looked at.
    /// </param>
    /// <param name="features">The history and calendar features to use; windows of maps are not used.</param>
    /// <param name="training">The target periods. Those that are missing, left out or before any history do not count.</param>
    /// <param name="likelihood">What the likelihood speaks of.</param>
    /// <param name="progress">Receives the share of the work that is done, 0..1.</param>
    /// <param name="cancellationToken">Stops the fit.</param>
    /// <exception cref="HotspotException">
    /// There are no history features, the span leaves the series, or it holds too few incidents or periods to learn from.
    /// </exception>
    /// <exception cref="ArgumentException"><paramref name="training"/> is of another cadence.</exception>
    public static HistoryModelFit Fit(HeatmapSeries series, FeatureSpec features, PeriodRange training,
        HistoryLikelihood likelihood = HistoryLikelihood.Counts, IProgress<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(series);
        ArgumentNullException.ThrowIfNull(features);
        if (features.History is not { } history)
            throw new HotspotException("history model", "no history features", "at least one half-life", "Give a HistorySpec.");
        if (training.Cadence != series.Spec.Cadence)
            throw new ArgumentException($"The periods are of a {training.Cadence}; expected the heat maps' {series.Spec.Cadence}.",
                nameof(training));
        if (training.First < series.Periods.First || training.End > series.Periods.End)
            throw new HotspotException("training span", $"{training}", $"periods within {series.Periods}",
                "Narrow the span, or give incidents that cover it.");

        IReadOnlyList<string> classes = series.Spec.Kinds.Classes;
        var tables = classes.Select(name => new TrainingTable(FeaturesOf(name, history, series.Spec))).ToArray();
        var steady = new SteadyCity(features, series.Spec);
        Collect(series, features, training, tables, steady, progress, cancellationToken);

        int periods = tables[0].FeatureSums.Count;
        int needed = features.Calendar?.Features.Count + 2 ?? 2;
        if (periods < needed)
            throw new HotspotException("training span", $"{training} with {periods} usable target periods", $"at least {needed}",
                "Widen the span, or let the history begin earlier.");

        var weights = new double[classes.Count][];
        var floors = new double[classes.Count];
        var biases = new double[classes.Count];
        var betas = new double[classes.Count][];
        var likelihoods = new double[classes.Count];
        var residuals = new double[classes.Count];
        var countRatios = new double[classes.Count];
        var shifts = new double[classes.Count];
        for (int c = 0; c < classes.Count; c++)
        {
            if (tables[c].Counts.Count == 0)
                throw new HotspotException($"class '{classes[c]}'", "no incident in the training span", "at least one",
                    "Leave the class out, join it with another, or widen the span.");
        }
        int fitted = 0;
        var done = new Lock();
        Parallel.For(0, classes.Count, new ParallelOptions { CancellationToken = cancellationToken }, c =>
        {
            TrainingTable table = tables[c];
            PoissonMixture mixture = table.Fit(likelihood, cancellationToken);
            (likelihoods[c], residuals[c]) = (mixture.Objective, mixture.Residual);
            (biases[c], betas[c]) = PlainDayFactor(mixture);
            // Scaled so that the weights of the rates sum to 1.
            double scale = mixture.Weights[..^1].Sum() is var sum and > 0 ? sum : 1;
            weights[c] = new double[history.FeatureCount];
            for (int k = 0; k < table.Features.Length; k++)
                weights[c][table.Features[k]] = mixture.Weights[k] / scale;
            countRatios[c] = mixture.CountRatio;
            if (likelihood == HistoryLikelihood.Occurrence)
                biases[c] += shifts[c] = table.SteadyShift(mixture, biases[c], betas[c], steady);
            floors[c] = Math.Max(mixture.Weights[^1], LeastFloor / mixture.ExposureOf(^1)) / scale;
            biases[c] += Math.Log(scale);
            lock (done)
                progress?.Report(0.5 + 0.5 * ++fitted / classes.Count);
        });
        var parameters = new HistoryModelParameters
        {
            Weights = weights,
            Floor = floors,
            Bias = biases,
            Beta = betas,
            CountRatio = likelihood == HistoryLikelihood.Counts ? null : countRatios,
        };
        return new HistoryModelFit(parameters, periods, [.. tables.Select(table => table.Counts.Sum(count => (double)count))],
            likelihoods, residuals,
            shifts);
    }

    // A class learns from its own history and from that of all incidents.
    static int[] FeaturesOf(string className, HistorySpec history, HeatmapSpec heatmaps)
    {
        string all = heatmaps.Kinds.Classes[^1];
        return [.. history.Features.Index().Where(feature => feature.Item.Channel == className || feature.Item.Channel == all)
            .Select(feature => feature.Index)];
    }

    static void Collect(HeatmapSeries series, FeatureSpec features, PeriodRange training, TrainingTable[] tables, SteadyCity steady,
        IProgress<double>? progress, CancellationToken cancellationToken)
    {
        HeatmapSpec spec = series.Spec;
        int cells = spec.Grid.CellCount;
        var city = new CityState(spec, new FeatureSpec { History = features.History, Calendar = features.Calendar }, series.Periods.First);
        var rates = new float[features.History!.FeatureCount * cells];
        var sums = new double[features.History.FeatureCount];
        var calendar = new float[features.Calendar?.Features.Count ?? 0];
        int periods = (int)(training.End - series.Periods.First);
        bool hasHistory = false;
        for (int period = 0; period < periods; period++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            long number = series.Periods.First + period;
            bool counts = !series.IsMissing(period) && !spec.ExcludedDays.Contains(spec.Cadence, number);
            if (counts && hasHistory && training.Contains(number))
            {
                city.CopyHistory(1, rates);
                if (calendar.Length > 0)
                    city.CopyCalendar(1, calendar);
                for (int k = 0; k < sums.Length; k++)
                    sums[k] = VectorSums.Sum(rates.AsSpan(k * cells, cells));
                steady.Add(series.Entries(period));
                for (int c = 0; c < tables.Length; c++)
                    tables[c].Add(series.Entries(period), c, rates, sums, calendar, cells);
            }
            city.Append(series, period);
            hasHistory |= counts;
            progress?.Report(0.5 * (period + 1) / periods);
        }
    }

    // From standardised calendar features back to plain ones.
    static (double Bias, double[] Beta) PlainDayFactor(PoissonMixture mixture)
    {
        double bias = mixture.Beta[0];
        var beta = new double[mixture.Means.Length];
        for (int j = 0; j < beta.Length; j++)
        {
            beta[j] = mixture.Beta[j + 1] / mixture.Deviations[j];
            bias -= beta[j] * mixture.Means[j];
        }
        return (bias, beta);
    }

    /// <summary>What one class's likelihood needs: the features where it had incidents, and their sums over all cells.</summary>
    sealed class TrainingTable(int[] features)
    {
        readonly List<float> _eventFeatures = [];
        readonly List<int> _eventPeriods = [];
        readonly List<double[]> _calendar = [];

        public int[] Features => features;

        public List<float> Counts { get; } = [];

        public List<double[]> FeatureSums { get; } = [];

        public void Add(ReadOnlySpan<HeatmapEntry> entries, int classIndex, float[] rates, double[] sums, float[] calendar, int cells)
        {
            foreach (HeatmapEntry entry in entries)
            {
                (int entryClass, int cell) = Math.DivRem(entry.Index, cells);
                if (entryClass != classIndex)
                    continue;
                foreach (int feature in features)
                    _eventFeatures.Add(rates[feature * cells + cell]);
                _eventFeatures.Add(1);
                Counts.Add(entry.Count);
                _eventPeriods.Add(FeatureSums.Count);
            }
            // The floor is one more feature: the same for every cell.
            FeatureSums.Add([.. features.Select(feature => sums[feature]), cells]);
            _calendar.Add(Array.ConvertAll(calendar, value => (double)value));
        }

        /// <summary>
        /// What to add to the bias for a model that expects, in a city that stays at the mean level of its training, what there was in it.
        /// </summary>
        public double SteadyShift(PoissonMixture mixture, double bias, double[] beta, SteadyCity steady)
        {
            double[] sums = [.. features.Select(steady.Sum), FeatureSums[0][^1]];
            double learnt = 0, stays = 0;
            for (int t = 0; t < FeatureSums.Count; t++)
            {
                learnt += Expected(FeatureSums[t], _calendar[t]);
                stays += Expected(sums, steady.Calendar(_calendar[t]));
            }
            return Math.Log(learnt / stays);

            double Expected(double[] featureSums, double[] calendar) => TensorPrimitives.Dot<double>(featureSums, mixture.Weights)
                * Math.Exp(bias + (calendar.Length > 0 ? TensorPrimitives.Dot<double>(calendar, beta) : 0));
        }

        public PoissonMixture Fit(HistoryLikelihood likelihood, CancellationToken cancellationToken)
        {
            var mixture = new PoissonMixture(features.Length + 1, [.. _eventFeatures], [.. Counts], [.. _eventPeriods],
                [.. FeatureSums], [.. _calendar],
                likelihood);
            mixture.Fit(cancellationToken);
            return mixture;
        }
    }
}
