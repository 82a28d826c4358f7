using HotspotInference.Forecasts;
using HotspotInference.Prediction;

namespace HotspotInference.Onnx.Quantization;

/// <summary>How a model is quantised and judged. Immutable.</summary>
public sealed record QuantizedModelOptions
{
    /// <summary>What the model is to compute with; whole numbers of eight bits by default.</summary>
    public QuantizedPrecision Precision { get; init; }

    /// <summary>
    /// The days whose windows show how large values become; the model's days of training where null. Of eight bits alone.
    /// </summary>
    public DaySpan? Calibration { get; init; }

    /// <summary>How many windows of these days, evenly spread. 64 by default. Of eight bits alone.</summary>
    public int Windows { get; init; } = 64;

    /// <summary>The days that the two are compared on and that give the thresholds; the model's days of validation where null.</summary>
    public DaySpan? Validation { get; init; }

    /// <summary>How much less average precision it may have, as a share of the other's. 1% by default.</summary>
    public double AveragePrecisionLoss { get; init; } = 0.01;

    /// <summary>How much more log loss it may have, as a share of the other's. 0.5% by default.</summary>
    public double LogLossGain { get; init; } = 0.005;

    /// <summary>How thresholds are chosen over the validation days; <see cref="ThresholdRule.Default"/> where null.</summary>
    public ThresholdRule? ThresholdRule { get; init; }

    /// <summary>How the network is rewritten in eight bits.</summary>
    public QuantizerOptions Quantizer { get; init; } = new();
}
