namespace HotspotInference.Onnx.Quantization;

/// <summary>What a model computes with in place of float32.</summary>
public enum QuantizedPrecision
{
    /// <summary>Whole numbers of eight bits, for processors (<see cref="ModelQuantizer"/>).</summary>
    Int8,

    /// <summary>Numbers of sixteen bits, for graphics cards (<see cref="HalfPrecision"/>).</summary>
    Float16,
}
