using HotspotInference.Heatmaps;
using HotspotInference.Periods;

namespace HotspotInference.Prediction;

/// <summary>
/// A kind of forecaster that is fitted to a city: what walk-forward validation and comparisons fit anew for each span. Stateless.
/// </summary>
public interface IForecasterFitter
{
    /// <summary>A short name for tables: the kind, without what a fit will find.</summary>
    string Name { get; }

    /// <summary>Fits a forecaster.</summary>
    /// <param name="series">Heat maps, not filled, from the start of history to at least the end of <paramref name="training"/>; nothing
    /// from there on is looked at.</param>
    /// <param name="training">
    /// The periods to learn from; those that are missing or left out do not count, those before are history only.
    /// </param>
    /// <param name="cancellationToken">Stops the fit.</param>
    /// <returns>The forecaster; disposable where it holds a session.</returns>
    /// <exception cref="HotspotException">The span leaves the series, or holds too little to learn from.</exception>
    IRiskForecaster Fit(HeatmapSeries series, PeriodRange training, CancellationToken cancellationToken = default);
}
