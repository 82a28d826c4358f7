using HotspotInference.Heatmaps;
using HotspotInference.Periods;
using HotspotInference.Prediction;

namespace HotspotInference.Baselines;

/// <summary>A baseline that has nothing to learn.</summary>
sealed class FixedFitter(string name, Func<HeatmapSpec, IRiskForecaster> create) : IForecasterFitter
{
    public string Name => name;

    public IRiskForecaster Fit(HeatmapSeries series, PeriodRange training, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(series);
        return create(series.Spec);
    }
}
