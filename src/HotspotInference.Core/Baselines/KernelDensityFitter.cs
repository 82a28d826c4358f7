using HotspotInference.Heatmaps;
using HotspotInference.Periods;
using HotspotInference.Prediction;

namespace HotspotInference.Baselines;

/// <summary>
/// Fits a kernel density estimate for each class: incidents spread by a Gaussian (Chainey, Tompson and Uhlig 2008), binned into cells. Its
/// bandwidth is the one under which each training period was likeliest, as scored from what came before it.
/// </summary>
/// <param name="halfLifeDays">How fast incidents lose weight, in days, above 0; by default none is forgotten.</param>
public sealed class KernelDensityFitter(double halfLifeDays = RateForecaster.AverageHalfLife) : IForecasterFitter
{
    const double Precision = 1e-3;

    readonly double _halfLifeDays = halfLifeDays > 0 ? halfLifeDays
        : throw new ArgumentOutOfRangeException(nameof(halfLifeDays), halfLifeDays, "Above 0.");

    /// <inheritdoc/>
    public string Name => "KDE";

    /// <inheritdoc/>
    /// <returns>A <see cref="FittedRateForecaster"/>.</returns>
    public IRiskForecaster Fit(HeatmapSeries series, PeriodRange training, CancellationToken cancellationToken = default)
    {
        TrainingEvents[] events = TrainingEvents.Collect(series, training, cancellationToken);
        return new FittedRateForecaster(Name, series.Spec, [.. events.Select(of => Fit(of, cancellationToken))]);
    }

    FittedRate Fit(TrainingEvents events, CancellationToken cancellationToken)
    {
        GridSpec grid = events.Spec.Grid;
        double halfLife = _halfLifeDays / events.Spec.Cadence.Days;
        double[] counts = events.TargetCounts();
        var scores = new double[events.TargetEntries];
        var sums = new double[events.Targets];
        // From a tenth of a cell, where hardly anything leaves its own, to where a place says hardly anything.
        double least = 0.1 * Math.Min(grid.CellHeightMeters, grid.CellWidthMeters);
        double most = Math.Max(2 * least, 0.25 * Math.Max(grid.Bounds.HeightMeters, grid.Bounds.WidthMeters));
        double bandwidth = LogSearch.Maximize(b => Score(b).LogLikelihood, least, most, Precision, cancellationToken);
        ScaleAndFloor fit = Score(bandwidth);
        return new FittedRate
        {
            HalfLifeDays = _halfLifeDays,
            BandwidthMeters = bandwidth,
            Scale = fit.Scale,
            Floor = fit.Floor,
            LogLikelihood = fit.LogLikelihood,
        };

        ScaleAndFloor Score(double bandwidth)
        {
            RateScores.Run(events, halfLife, bandwidth, scores, sums);
            return ScaleAndFloor.Fit(scores, counts, sums.Sum(), events.CellPeriods);
        }
    }
}
