using HotspotInference.Onnx.Quantization;

namespace HotspotInference.Cli.Verbs;

/// <summary>What <c>hotspot quantize --json</c> reports.</summary>
sealed record QuantizeReport(
    string Model, string Precision, long FullBytes, long Bytes, IReadOnlyList<QuantizedScore> Scores,
    QuantizedDifference Difference, IReadOnlyList<double?> Calibration);
