using HotspotInference.Forecasts;
using HotspotInference.Prediction;

namespace HotspotInference.Onnx;

/// <summary>How a model becomes another city's. Immutable.</summary>
public sealed record ModelTransferOptions
{
    /// <summary>The new model's name in tables.</summary>
    public required string Name { get; init; }

    /// <summary>The days of the new city that give thresholds and level. Nothing later is looked at.</summary>
    public required DaySpan Validation { get; init; }

    /// <summary>The IANA time zone of the new city's times; null where unknown.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Whether the level of risk follows the validation days. It does by default, where the model allows it.</summary>
    public TransferLevel Level { get; init; }

    /// <summary>How thresholds are chosen over the validation days; <see cref="ThresholdRule.Default"/> where null.</summary>
    public ThresholdRule? ThresholdRule { get; init; }

    /// <summary>The command that asks for it; null where there is none.</summary>
    public string? CreatedBy { get; init; }
}
