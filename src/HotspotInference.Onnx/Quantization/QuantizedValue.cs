namespace HotspotInference.Onnx.Quantization;

/// <summary>A tensor of bytes: which numbers they stand for.</summary>
/// <param name="Name">The uint8 tensor.</param>
/// <param name="ZeroPoint">The byte that stands for 0.</param>
/// <param name="Parts">The channels, in order; more than one part where values of different scales were joined.</param>
sealed record QuantizedValue(string Name, byte ZeroPoint, IReadOnlyList<QuantizedPart> Parts)
{
    /// <summary>What a step of one byte is worth, where that is the same for all channels.</summary>
    public float Scale => Parts is [{ Repeats: 1 } all] ? all.Scale : throw new InvalidOperationException($"'{Name}' has several scales.");

    public int Channels => Parts.Sum(part => part.Channels);
}
