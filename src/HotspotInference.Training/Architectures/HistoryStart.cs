using HotspotInference.Features;
using HotspotInference.Heatmaps;
using HotspotInference.Onnx.History;
using HotspotInference.Periods;

namespace HotspotInference.Training.Architectures;

/// <summary>A history model that a network starts from.</summary>
/// <param name="Features">Its history and calendar features.</param>
/// <param name="Parameters">Its numbers, fitted to the days that the network will learn.</param>
/// <param name="LevelShifts">What its biases have beyond that fit (<see cref="HistoryModelFit.LevelShifts"/>).</param>
/// <param name="Refit">The same, fitted to the validation days too; null where there are none.</param>
sealed record HistoryStart(FeatureSpec Features, HistoryModelParameters Parameters, IReadOnlyList<double> LevelShifts,
    HistoryModelParameters? Refit = null)
{
    /// <summary>Fits the occurrence model, to the days that a network will learn and to the validation days too.</summary>
    /// <param name="series">Heat maps from where history begins to the end of both.</param>
    /// <param name="training">The periods to learn.</param>
    /// <param name="validationEnd">The period behind the last of validation; null for none.</param>
    /// <param name="progress">Receives the share of each fit that is done, 0..1.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="HotspotException">The periods hold too little to learn from.</exception>
    public static HistoryStart Fit(HeatmapSeries series, PeriodRange training, long? validationEnd, IProgress<double> progress,
        CancellationToken cancellationToken)
    {
        FeatureSpec features = HistoryModel.DefaultFeatures(series.Spec, training, HistoryLikelihood.Occurrence);
        HistoryModelFit fit = To(training.End);
        return new HistoryStart(features, fit.Parameters, fit.LevelShifts, validationEnd is { } end ? To(end).Parameters : null);

        HistoryModelFit To(long end)
        {
            HeatmapSeries known = series.Slice(series.Periods with { Count = (int)(end - series.Periods.First) });
            PeriodRange span = training with { Count = (int)(end - training.First) };
            return HistoryModelFitter.Fit(known, features, span, HistoryLikelihood.Occurrence, progress, cancellationToken);
        }
    }
}
