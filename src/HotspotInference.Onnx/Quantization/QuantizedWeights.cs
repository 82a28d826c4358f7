using System.Runtime.InteropServices;
using HotspotInference.Onnx.Protos;
using DataType = HotspotInference.Onnx.Protos.TensorProto.Types.DataType;

namespace HotspotInference.Onnx.Quantization;

/// <summary>Weights of a convolution as whole numbers of eight bits, with a scale for each output channel.</summary>
static class QuantizedWeights
{
    // So far from overflow that nothing a convolution adds reaches it.
    const double LargestBias = 1 << 29;

    /// <summary>Writes the weights that suit an input of bytes.</summary>
    /// <param name="graph">Gets the constants.</param>
    /// <param name="kernel"><c>[output channel, input channel, rows, columns]</c>.</param>
    /// <param name="bias"><c>[output channel]</c>; null for none.</param>
    /// <param name="input">
    /// What is convolved. Its parts may differ in scale: the weights make up for that, as if all had that of the last. A part that stands
    /// there r times is taken with an r-th of its weights each time, so that those of a part with large values stay in the range of the
    /// others.
    /// </param>
    /// <param name="largest">The largest weight, 127 or 63.</param>
    /// <returns>
    /// The weights, and the bias where there is one, as numbers again: what <c>Conv</c> takes, with the names of constants behind.
    /// </returns>
    public static IReadOnlyList<string> Write(QuantizedGraph graph, TensorProto kernel, TensorProto? bias,
        QuantizedValue input, int largest)
    {
        ReadOnlySpan<float> weights = MemoryMarshal.Cast<byte, float>(kernel.RawData.Span);
        int outputs = (int)kernel.Dims[0], inputs = (int)kernel.Dims[1], taps = weights.Length / outputs / inputs;
        if (input.Channels != inputs)
            throw new InvalidOperationException($"'{kernel.Name}' takes {inputs} channels, found {input.Channels}.");
        int wide = input.Parts.Sum(part => part.Channels * part.Repeats);
        float common = input.Parts[^1].Scale;
        var spread = new float[outputs * wide * taps];
        for (int output = 0; output < outputs; output++)
        {
            int from = output * inputs * taps, to = output * wide * taps;
            foreach (QuantizedPart part in input.Parts)
            {
                for (int repeat = 0; repeat < part.Repeats; repeat++, to += part.Channels * taps)
                {
                    for (int i = 0; i < part.Channels * taps; i++)
                        spread[to + i] = weights[from + i] * part.Scale / common / part.Repeats;
                }
                from += part.Channels * taps;
            }
        }

        ReadOnlySpan<float> shifts = bias is null ? default : MemoryMarshal.Cast<byte, float>(bias.RawData.Span);
        var scales = new float[outputs];
        var biasScales = new float[outputs];
        var bytes = new sbyte[spread.Length];
        var wholeShifts = new int[outputs];
        for (int output = 0; output < outputs; output++)
        {
            Span<float> row = spread.AsSpan(output * wide * taps, wide * taps);
            float shift = bias is null ? 0 : shifts[output], magnitude = 0;
            foreach (float weight in row)
                magnitude = Math.Max(magnitude, Math.Abs(weight));
            float scale = Math.Max(magnitude / largest, (float)(Math.Abs(shift) / common / LargestBias));
            scales[output] = scale = scale > 0 ? scale : 1;
            biasScales[output] = common * scale;
            for (int i = 0; i < row.Length; i++)
                bytes[output * row.Length + i] = (sbyte)MathF.Round(row[i] / scale);
            wholeShifts[output] = (int)Math.Round(shift / (double)biasScales[output]);
        }

        string name = kernel.Name + "_int8";
        long[] shape = [outputs, wide, .. kernel.Dims.Skip(2)];
        AttributeProto axis = OnnxAttribute.Of("axis", 0).Message;
        string[] parts =
        [
            graph.Constant<sbyte>(name, bytes, DataType.Int8, shape),
            graph.Constant<float>(name + "_scales", scales, DataType.Float, outputs),
            graph.Constant<sbyte>(name + "_zero_points", new sbyte[outputs], DataType.Int8, outputs),
        ];
        string numbers = graph.Node("DequantizeLinear", name + "_number", parts, axis);
        if (bias is null)
            return [numbers];
        string[] shiftParts =
        [
            graph.Constant<int>(name + "_bias", wholeShifts, DataType.Int32, outputs),
            graph.Constant<float>(name + "_bias_scales", biasScales, DataType.Float, outputs),
        ];
        return [numbers, graph.Node("DequantizeLinear", name + "_bias_number", shiftParts, axis)];
    }
}
