using HotspotInference.Heatmaps;
using HotspotInference.Periods;
using HotspotInference.Prediction;

namespace HotspotInference.Baselines;

/// <summary>
/// Fits a self-exciting point process (epidemic-type aftershock sequence) to each class: Mohler, Short, Brantingham, Schoenberg and Tita
/// 2011, with the exponential and Gaussian kernels and the background of Mohler 2014 (a share of all incidents before, smoothed).
/// Incidents are binned into cells and periods: one is triggered by those of earlier periods only. Background, productivity and floor
/// come from expectation maximisation, their kernels from maximising the likelihood itself in turn (ECME, Liu and Rubin 1994).
/// </summary>
public sealed class SelfExcitingFitter : IForecasterFitter
{
    /// <inheritdoc/>
    public string Name => "self-exciting";

    /// <inheritdoc/>
    /// <returns>A <see cref="SelfExcitingForecaster"/>.</returns>
    public IRiskForecaster Fit(HeatmapSeries series, PeriodRange training, CancellationToken cancellationToken = default)
    {
        TrainingEvents[] events = TrainingEvents.Collect(series, training, cancellationToken);
        return new SelfExcitingForecaster(Name, series.Spec, [.. events.Select(of => new SelfExcitingFit(of).Run(cancellationToken))]);
    }
}
