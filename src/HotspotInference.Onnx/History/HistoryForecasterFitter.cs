using HotspotInference.Features;
using HotspotInference.Heatmaps;
using HotspotInference.Periods;
using HotspotInference.Prediction;

namespace HotspotInference.Onnx.History;

/// <summary>Fits the history model for validations and comparisons. Stateless and thread-safe.</summary>
/// <param name="features">The features; null for those that suit the cadence.</param>
public sealed class HistoryForecasterFitter(FeatureSpec? features = null) : IForecasterFitter
{
    /// <inheritdoc/>
    public string Name => "history model";

    /// <inheritdoc/>
    /// <remarks>The forecaster runs on one thread, which is fastest for maps as small as a city's; dispose it.</remarks>
    public IRiskForecaster Fit(HeatmapSeries series, PeriodRange training, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(series);
        FeatureSpec used = features ?? HistoryModel.DefaultFeatures(series.Spec);
        HistoryModelFit fit = HistoryModelFitter.Fit(series, used, training, cancellationToken: cancellationToken);
        var metadata = new ModelMetadata
        {
            Architecture = HistoryModelGraph.Architecture,
            Name = Name,
            Heatmaps = series.Spec,
            Features = used,
            Classes = series.Spec.Kinds.Classes,
        };
        return HotspotPredictor.Load(HistoryModelGraph.Build(fit.Parameters, metadata).ToArray(), new HotspotPredictorOptions { Threads = 1 });
    }
}
