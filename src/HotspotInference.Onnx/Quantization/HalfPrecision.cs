using HotspotInference.Onnx.Protos;
using HotspotInference.Prediction;

namespace HotspotInference.Onnx.Quantization;

/// <summary>
/// Makes a network compute in float16, for graphics cards: weights and values between its first and its last convolutions and matrix
/// products. Inputs and outputs, all that logarithms are computed from, and what turns the last products into risks stay in float32, and
/// so does a node whose constants float16 does not hold. Standard operators only, any grid and batch that the model takes. Stateless.
/// </summary>
/// <remarks>
/// On the processor such a model is no faster: ONNX Runtime has no float16 for most operators there, and computes them in float32 with the
/// rounded weights.
/// </remarks>
public static class HalfPrecision
{
    /// <summary>What <see cref="ModelMetadata.Precision"/> says of such a model.</summary>
    public const string Precision = "float16";

    /// <summary>Rewrites a model.</summary>
    /// <param name="model">The content of an .onnx file.</param>
    /// <returns>
    /// The new model, with the metadata of the old one but for <c>precision</c>. <see cref="QuantizedModel"/> judges it and takes its
    /// thresholds anew.
    /// </returns>
    /// <exception cref="HotspotException">
    /// The model is none, or not in full precision; an operator is not known; a convolution or product has weights beyond 65,504; or all
    /// but the last products are of rates, as in the history model, so that nothing would be float16.
    /// </exception>
    public static byte[] Run(ReadOnlyMemory<byte> model) => Rewrite(model, isRounded: false);

    /// <summary>
    /// The same in float32, with every value rounded to float16 where the model of <see cref="Run"/> has one: what to judge it by without a
    /// graphics card.
    /// </summary>
    internal static byte[] Rounded(ReadOnlyMemory<byte> model) => Rewrite(model, isRounded: true);

    static byte[] Rewrite(ReadOnlyMemory<byte> model, bool isRounded)
    {
        const string subject = "model to write in float16";
        (ModelProto written, ModelMetadata metadata) = ModelChange.ReadFullPrecision(model, subject);
        HalfGraph.Rewrite(written.Graph, new HalfPlan(written.Graph, subject), isRounded);
        return ModelChange.Write(written, metadata with { Precision = Precision });
    }
}
