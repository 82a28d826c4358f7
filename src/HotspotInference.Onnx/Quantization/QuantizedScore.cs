using System.Globalization;

namespace HotspotInference.Onnx.Quantization;

/// <summary>How well a quantised model forecasts a class over the validation days, beside the model that it was made from.</summary>
/// <param name="Class">The class.</param>
/// <param name="FullAveragePrecision">The average precision of the model in full precision; null where there was no incident.</param>
/// <param name="AveragePrecision">That of the quantised model.</param>
/// <param name="FullLogLoss">The log loss of the model in full precision.</param>
/// <param name="LogLoss">That of the quantised model.</param>
public sealed record QuantizedScore(string Class, double? FullAveragePrecision, double? AveragePrecision,
    double FullLogLoss, double LogLoss)
{
    internal string? Failure(QuantizedModelOptions options)
    {
        if (AveragePrecision < FullAveragePrecision * (1 - options.AveragePrecisionLoss))
            return string.Create(CultureInfo.InvariantCulture,
                $"average precision {AveragePrecision:F4} of class {Class}, {FullAveragePrecision:F4} in full precision; "
                + $"at most {options.AveragePrecisionLoss:P1} less was allowed");
        return LogLoss <= FullLogLoss * (1 + options.LogLossGain) ? null : string.Create(CultureInfo.InvariantCulture,
            $"log loss {LogLoss:F5} of class {Class}, {FullLogLoss:F5} in full precision; "
            + $"at most {options.LogLossGain:P1} more was allowed");
    }

    /// <summary>The scores in words.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Class}: average precision {AveragePrecision:F4} ({FullAveragePrecision:F4} in full precision), "
        + $"log loss {LogLoss:F5} ({FullLogLoss:F5})");
}
