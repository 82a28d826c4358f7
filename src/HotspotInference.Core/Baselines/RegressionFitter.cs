using HotspotInference.Features;
using HotspotInference.Heatmaps;
using HotspotInference.Periods;
using HotspotInference.Prediction;

namespace HotspotInference.Baselines;

/// <summary>
/// Fits Poisson or logistic regression on recency features for each class, by iteratively reweighted least squares with a ridge. Of very
/// many cells and periods without incidents a weighted sample is used, more of it where more was expected: the sum over the sample,
/// each divided by its chance to be in it, has the mean of the sum over all (Horvitz and Thompson 1952).
/// </summary>
/// <param name="link">Which regression.</param>
/// <param name="seed">Seed of the sample.</param>
public sealed class RegressionFitter(RegressionLink link, int seed = 1) : IForecasterFitter
{
    /// <inheritdoc/>
    public string Name => link == RegressionLink.Log ? "Poisson regression" : "logistic regression";

    /// <inheritdoc/>
    /// <returns>A <see cref="RegressionForecaster"/>.</returns>
    public IRiskForecaster Fit(HeatmapSeries series, PeriodRange training, CancellationToken cancellationToken = default)
    {
        TrainingEvents[] events = TrainingEvents.Collect(series, training, cancellationToken);
        FeatureSpec features = FeaturesFor(series.Spec);
        var coefficients = new RegressionCoefficients[events.Length];
        for (int c = 0; c < events.Length; c++)
        {
            // One class at a time: their tables need not be held together.
            var own = features with { History = features.History! with { Channels = [events[c].Name] } };
            double offset = 0.1 * events[c].TargetTotal / events[c].CellPeriods;
            var table = new RegressionTable(events[c], own, offset);
            table.Collect(series, training, c, seed, cancellationToken);
            double[] fitted = GeneralizedRegression.Fit(table.Rows, table.Counts, table.Weights, link, cancellationToken);
            coefficients[c] = new RegressionCoefficients
            {
                Intercept = fitted[0],
                History = fitted[1..(1 + own.History!.FeatureCount)],
                Calendar = fitted[(1 + own.History.FeatureCount)..],
                Offset = offset,
            };
        }
        return new RegressionForecaster(Name, series.Spec, features, link, coefficients);
    }

    static FeatureSpec FeaturesFor(HeatmapSpec heatmaps)
    {
        double[] halfLives = [.. new double[] { 3, 7, 28, 90, 365, 2000 }.Select(days => Math.Round(days / heatmaps.Cadence.Days, 3))
            .Where(periods => periods >= 1)];
        string[] calendar = [.. CalendarSpec.Default(heatmaps.Cadence).Features
            .Where(name => !name.StartsWith("total", StringComparison.Ordinal) && !name.StartsWith("year", StringComparison.Ordinal))];
        return new FeatureSpec
        {
            History = new HistorySpec { HalfLives = halfLives, Smoothings = [0, 0.6, 1.2, 2.5], Channels = heatmaps.Kinds.Classes },
            Calendar = calendar.Length > 0 ? new CalendarSpec { Features = calendar } : null,
        };
    }
}
