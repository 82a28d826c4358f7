namespace HotspotInference.Onnx.Quantization;

/// <summary>Channels of one scale.</summary>
/// <param name="Scale">What a step of one byte is worth.</param>
/// <param name="Channels">How many.</param>
/// <param name="Repeats">How often they stand there, one copy after the other.</param>
sealed record QuantizedPart(float Scale, int Channels, int Repeats = 1);
