namespace HotspotInference.Onnx.Quantization;

// CA1720 keeps names of types for types; this is what the metadata and the command line call it.
#pragma warning disable CA1720
/// <summary>What a model computes with in place of float32.</summary>
public enum QuantizedPrecision
{
    /// <summary>Whole numbers of eight bits, for processors (<see cref="ModelQuantizer"/>).</summary>
    Int8,

    /// <summary>Numbers of sixteen bits, for graphics cards (<see cref="HalfPrecision"/>).</summary>
    Float16,
}
#pragma warning restore CA1720
