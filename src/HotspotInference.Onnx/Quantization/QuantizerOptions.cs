namespace HotspotInference.Onnx.Quantization;

/// <summary>How a network is written with whole numbers of eight bits. Immutable.</summary>
public sealed record QuantizerOptions
{
    /// <summary>
    /// Weights within -63..63 instead of -127..127. Processors with AVX2 but without VNNI add products of eight bits in sixteen, which
    /// overflow with larger ones; half of the weights' precision is the price. False by default.
    /// </summary>
    public bool ReducedRange { get; init; }

    internal int LargestWeight => ReducedRange ? 63 : 127;
}
