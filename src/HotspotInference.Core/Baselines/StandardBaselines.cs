using HotspotInference.Prediction;

namespace HotspotInference.Baselines;

/// <summary>The baselines that a forecaster has to beat before it is worth anything.</summary>
public static class StandardBaselines
{
    /// <summary>
    /// All of them, the simplest first. Those with nothing to fit take the specification from the heat maps alone. Stateless and
    /// thread-safe.
    /// </summary>
    public static IReadOnlyList<IForecasterFitter> All { get; } =
    [
        new FixedFitter("historical average", RateForecaster.HistoricalAverage),
        new FixedFitter("last period", RateForecaster.LastPeriod),
        new FixedFitter("last 28 days", heatmaps => new RecentMeanForecaster(heatmaps)),
        new FixedFitter("EWMA 90 days", heatmaps => RateForecaster.Ewma(heatmaps)),
        new EwmaFitter(),
        new EwmaFitter(isWeekly: true),
        new KernelDensityFitter(),
        new ProspectiveFitter(),
        new SelfExcitingFitter(),
        new RegressionFitter(RegressionLink.Log),
        new RegressionFitter(RegressionLink.Logit),
    ];
}
