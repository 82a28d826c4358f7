using HotspotInference.Heatmaps;
using HotspotInference.Prediction;

namespace HotspotInference.Evaluation;

/// <summary>Forecasters that are fitted, used and disposed.</summary>
static class FittedForecasters
{
    /// <summary>Fits to what is known before a block, and to nothing else: the series that a fitter gets ends there.</summary>
    public static void Use(HeatmapSeries series, IReadOnlyList<IForecasterFitter> fitters, WalkForwardSplit split,
        Action<IReadOnlyList<IRiskForecaster>> use, CancellationToken cancellationToken)
    {
        HeatmapSeries known = series.Slice(split.Known);
        var fitted = new List<IRiskForecaster>();
        try
        {
            foreach (IForecasterFitter fitter in fitters)
                fitted.Add(fitter.Fit(known, split.Training, cancellationToken));
            use(fitted);
        }
        finally
        {
            foreach (IDisposable forecaster in fitted.OfType<IDisposable>())
                forecaster.Dispose();
        }
    }
}
