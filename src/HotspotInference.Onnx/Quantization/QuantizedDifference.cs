using System.Globalization;

namespace HotspotInference.Onnx.Quantization;

/// <summary>How far the risks of a quantised model are from those of the one that it was made from, over the validation days.</summary>
/// <param name="Largest">The largest difference, 0..1.</param>
/// <param name="LargestRelative">The largest one as a share of the risk in full precision.</param>
/// <param name="MeanRelative">The root of the mean square of these shares.</param>
public sealed record QuantizedDifference(double Largest, double LargestRelative, double MeanRelative)
{
    /// <summary>The difference in words.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"risk off by at most {Largest:G2}; as a share of itself by at most {LargestRelative:G2}, "
        + $"{MeanRelative:G2} on average (root mean square)");
}
