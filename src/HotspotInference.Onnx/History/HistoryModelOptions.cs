using HotspotInference.Features;
using HotspotInference.Forecasts;
using HotspotInference.Prediction;

namespace HotspotInference.Onnx.History;

/// <summary>What a history model is fitted to, and what its file says of itself. Immutable.</summary>
public sealed record HistoryModelOptions
{
    /// <summary>A short name for tables.</summary>
    public required string Name { get; init; }

    /// <summary>The IANA time zone of the incidents' wall-clock times; null where unknown.</summary>
    public string? TimeZone { get; init; }

    /// <summary>
    /// The days that it learns to forecast; those before are history only. Long half-lives mean little where history is short, so leave
    /// some: <see cref="HistoryModel.WarmUp"/> says how much is usual.
    /// </summary>
    public required DaySpan Training { get; init; }

    /// <summary>The later days that thresholds are taken from; null for none, so that each forecast uses its own percentiles.</summary>
    public DaySpan? Validation { get; init; }

    /// <summary>
    /// How the threshold of each class is chosen on <see cref="Validation"/>; <see cref="Forecasts.ThresholdRule.Default"/> where null.
    /// </summary>
    public ThresholdRule? ThresholdRule { get; init; }

    /// <summary>The features; null for those that suit the cadence.</summary>
    public FeatureSpec? Features { get; init; }

    /// <summary>What it is fitted to. Counts by default.</summary>
    public HistoryLikelihood Likelihood { get; init; }

    /// <summary>The margin that is ignored in hotspots, thresholds and scores. None by default.</summary>
    public BorderPolicy Border { get; init; }

    /// <summary>The command that makes the model, for its metadata.</summary>
    public string? CreatedBy { get; init; }
}
