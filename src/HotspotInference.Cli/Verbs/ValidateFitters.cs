using HotspotInference.Baselines;
using HotspotInference.Heatmaps;
using HotspotInference.Onnx.History;
using HotspotInference.Periods;
using HotspotInference.Prediction;

namespace HotspotInference.Cli.Verbs;

/// <summary>What <c>hotspot validate</c> compares: the history model, and baselines that have nothing to fit.</summary>
static class ValidateFitters
{
    public static IReadOnlyList<IForecasterFitter> All() =>
    [
        new HistoryForecasterFitter(),
        new RateFitter("EWMA 90 days", heatmaps => RateForecaster.Ewma(heatmaps)),
        new RateFitter("historical average", RateForecaster.HistoricalAverage),
    ];

    sealed class RateFitter(string name, Func<HeatmapSpec, IRiskForecaster> make) : IForecasterFitter
    {
        public string Name => name;

        public IRiskForecaster Fit(HeatmapSeries series, PeriodRange training, CancellationToken cancellationToken = default) => make(series.Spec);
    }
}
