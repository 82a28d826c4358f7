using HotspotInference.Features;
using HotspotInference.Heatmaps;
using HotspotInference.Periods;

namespace HotspotInference.Onnx.History;

/// <summary>
/// Fits the history model: the expected count of a cell is a non-negative mixture of its history features and a uniform floor, times
/// a day factor, <c>exp(bias + calendar . beta)</c>. Each class is fitted by Poisson maximum likelihood to its own history and that of
/// all incidents.
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
    /// <param name="progress">Receives the share of the work that is done, 0..1.</param>
    /// <param name="cancellationToken">Stops the fit.</param>
    /// <exception cref="HotspotException">
    /// There are no history features, the span leaves the series, or it holds too few incidents or periods to learn from.
    /// </exception>
    /// <exception cref="ArgumentException"><paramref name="training"/> is of another cadence.</exception>
    public static HistoryModelFit Fit(HeatmapSeries series, FeatureSpec features, PeriodRange training,
        IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(series);
        ArgumentNullException.ThrowIfNull(features);
        if (features.History is not { } history)
            throw new HotspotException("history model", "no history features", "at least one half-life", "Give a HistorySpec.");
        if (training.Cadence != series.Spec.Cadence)
            throw new ArgumentException($"The periods are of a {training.Cadence}; expected the heat maps' {series.Spec.Cadence}.", nameof(training));
        if (training.First < series.Periods.First || training.End > series.Periods.End)
            throw new HotspotException("training span", $"{training}", $"periods within {series.Periods}",
                "Narrow the span, or give incidents that cover it.");

        IReadOnlyList<string> classes = series.Spec.Kinds.Classes;
        var tables = classes.Select(name => new TrainingTable(FeaturesOf(name, history, series.Spec))).ToArray();
        Collect(series, features, training, tables, progress, cancellationToken);

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
        for (int c = 0; c < classes.Count; c++)
        {
            TrainingTable table = tables[c];
            if (table.Counts.Count == 0)
                throw new HotspotException($"class '{classes[c]}'", "no incident in the training span", "at least one",
                    "Leave the class out, join it with another, or widen the span.");
            PoissonMixture mixture = table.Fit(cancellationToken);
            (likelihoods[c], residuals[c]) = (mixture.Objective, mixture.Residual);
            (biases[c], betas[c]) = PlainDayFactor(mixture);
            // Scaled so that the weights of the rates sum to 1.
            double scale = mixture.Weights[..^1].Sum() is var sum and > 0 ? sum : 1;
            weights[c] = new double[history.FeatureCount];
            for (int k = 0; k < table.Features.Length; k++)
                weights[c][table.Features[k]] = mixture.Weights[k] / scale;
            floors[c] = Math.Max(mixture.Weights[^1], LeastFloor / mixture.ExposureOf(^1)) / scale;
            biases[c] += Math.Log(scale);
            progress?.Report(0.5 + 0.5 * (c + 1) / classes.Count);
        }
        var parameters = new HistoryModelParameters { Weights = weights, Floor = floors, Bias = biases, Beta = betas };
        return new HistoryModelFit(parameters, periods, [.. tables.Select(table => table.Counts.Sum(count => (double)count))], likelihoods, residuals);
    }

    // A class learns from its own history and from that of all incidents.
    static int[] FeaturesOf(string className, HistorySpec history, HeatmapSpec heatmaps)
    {
        int perChannel = history.FeatureCount / history.Channels.Count;
        string all = heatmaps.Kinds.Classes[^1];
        return [.. Enumerable.Range(0, history.Channels.Count)
            .Where(channel => history.Channels[channel] == className || history.Channels[channel] == all)
            .SelectMany(channel => Enumerable.Range(channel * perChannel, perChannel))];
    }

    static void Collect(HeatmapSeries series, FeatureSpec features, PeriodRange training, TrainingTable[] tables,
        IProgress<double>? progress, CancellationToken cancellationToken)
    {
        HeatmapSpec spec = series.Spec;
        int cells = spec.Grid.CellCount;
        var city = new CityState(spec, new FeatureSpec { History = features.History, Calendar = features.Calendar }, series.Periods.First);
        var rates = new float[features.History!.FeatureCount * cells];
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
                city.CopyHistory(rates);
                if (calendar.Length > 0)
                    city.CopyCalendar(1, calendar);
                for (int c = 0; c < tables.Length; c++)
                    tables[c].Add(series.Entries(period), c, rates, calendar, cells);
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

        public void Add(ReadOnlySpan<HeatmapEntry> entries, int classIndex, float[] rates, float[] calendar, int cells)
        {
            // The floor is one more feature: the same for every cell.
            var sums = new double[features.Length + 1];
            // Four features at once: each sum keeps its order, and no addition waits for the one before.
            int many = features.Length / 4 * 4;
            for (int k = 0; k < many; k += 4)
            {
                ReadOnlySpan<float> first = Rates(k), second = Rates(k + 1), third = Rates(k + 2), fourth = Rates(k + 3);
                double a = 0, b = 0, c = 0, d = 0;
                for (int cell = 0; cell < first.Length && cell < second.Length && cell < third.Length && cell < fourth.Length; cell++)
                    (a, b, c, d) = (a + first[cell], b + second[cell], c + third[cell], d + fourth[cell]);
                (sums[k], sums[k + 1], sums[k + 2], sums[k + 3]) = (a, b, c, d);
            }
            for (int k = many; k < features.Length; k++)
            {
                foreach (float rate in Rates(k))
                    sums[k] += rate;
            }
            sums[^1] = cells;
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
            FeatureSums.Add(sums);
            _calendar.Add(Array.ConvertAll(calendar, value => (double)value));

            ReadOnlySpan<float> Rates(int feature) => rates.AsSpan(features[feature] * cells, cells);
        }

        public PoissonMixture Fit(CancellationToken cancellationToken)
        {
            var mixture = new PoissonMixture(features.Length + 1, [.. _eventFeatures], [.. Counts], [.. _eventPeriods], [.. FeatureSums], [.. _calendar]);
            mixture.Fit(cancellationToken);
            return mixture;
        }
    }
}
