using HotspotInference.Features;
using HotspotInference.Heatmaps;
using HotspotInference.Periods;
using HotspotInference.Prediction;

namespace HotspotInference.Onnx.History;

/// <summary>Fits the history model for validations and comparisons. Stateless and thread-safe.</summary>
/// <param name="likelihood">What is fitted.</param>
/// <param name="features">The features; null for those that suit the cadence and the training.</param>
public sealed class HistoryForecasterFitter(HistoryLikelihood likelihood = HistoryLikelihood.Counts, FeatureSpec? features = null)
    : IForecasterFitter
{
    /// <inheritdoc/>
    public string Name => likelihood == HistoryLikelihood.Counts ? "history model" : "occurrence model";

    /// <inheritdoc/>
    /// <remarks>The forecaster runs on one thread, which is fastest for maps as small as a city's; dispose it.</remarks>
    public IRiskForecaster Fit(HeatmapSeries series, PeriodRange training, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(series);
        FeatureSpec used = features ?? HistoryModel.DefaultFeatures(series.Spec, training, likelihood);
        HistoryModelFit fit = HistoryModelFitter.Fit(series, used, training, likelihood, cancellationToken: cancellationToken);
        var metadata = new ModelMetadata
        {
            Architecture = HistoryModelGraph.Architecture,
            Name = Name,
            Heatmaps = series.Spec,
            Features = used,
            Classes = series.Spec.Kinds.Classes,
        };
        return HotspotPredictor.Load(HistoryModelGraph.Build(fit.Parameters, metadata).ToArray(),
            new HotspotPredictorOptions { Threads = 1 });
    }
}
