using System.Runtime.InteropServices;
using HotspotInference.Onnx.Protos;
using DataType = HotspotInference.Onnx.Protos.TensorProto.Types.DataType;

namespace HotspotInference.Onnx.Quantization;

/// <summary>
/// Which nodes of a network compute in float16: those between its first and its last convolutions and matrix products, the last ones not
/// among them. Everything else stays in float32.
/// </summary>
/// <remarks>
/// What stays, and why. Before the first product inputs are standardised, which takes the difference of large numbers. Logarithms are of
/// rates that float16 hardly tells from 0: with them, and all that they are computed from, in float16 Washington's risks were off by up to
/// 24%, without by .02%. Logits have few digits in float16, and risk shows it: off by up to .4% with the last products in float16.
/// Positions are exact. A constant that float16 does not hold keeps its node in float32.
/// </remarks>
sealed class HalfPlan
{
    const float Largest = 65504;
    // Float16 holds a constant where rounding moves none of its numbers by more than this of the largest.
    const float Digits = 1f / 1024;

    static readonly HashSet<string> s_products = ["Conv", "Gemm", "MatMul"];
    static readonly HashSet<string> s_moves =
        ["Concat", "Gather", "Identity", "Pad", "Reshape", "Slice", "Split", "Squeeze", "Transpose", "Unsqueeze"];
    static readonly HashSet<string> s_others =
    [
        "Abs", "Add", "AveragePool", "Clip", "Erf", "LayerNormalization", "Max", "MaxPool", "Min", "Mul", "Neg", "Relu", "Sigmoid",
        "Softmax", "Sub", "Tanh",
    ];
    // Sums over many cells, what is large or small without bounds, and what a graphics card has no float16 for.
    static readonly HashSet<string> s_full =
    [
        "Atanh", "Cast", "CumSum", "Div", "Exp", "Floor", "GlobalAveragePool", "Log", "LSTM", "ReduceSum", "Resize", "Softplus", "Sqrt",
    ];

    readonly HashSet<NodeProto> _half = [];
    // Tensors of whole numbers, such as positions and shapes.
    readonly HashSet<string> _integers;

    /// <exception cref="HotspotException">
    /// An operator is not known, weights are too large, or nothing is left to compute in float16.
    /// </exception>
    public HalfPlan(GraphProto graph, string subject)
    {
        Constants = graph.Initializer.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        _integers = [.. graph.Initializer.Where(tensor => tensor.DataType != DataType.Float).Select(tensor => tensor.Name)];
        HashSet<string> behind = new(StringComparer.Ordinal), leading = new(StringComparer.Ordinal), exact = new(StringComparer.Ordinal);
        foreach (NodeProto node in graph.Node)
        {
            if (!s_products.Contains(node.OpType) && !s_moves.Contains(node.OpType) && !s_others.Contains(node.OpType)
                && !s_full.Contains(node.OpType))
                throw Refused(subject, $"the operator {node.OpType}");
            if (IsCast(node)
                ? node.Attribute.Any(attribute => attribute.Name == "to" && attribute.I != (long)DataType.Float)
                : _integers.Contains(node.Input[0]))
                _integers.UnionWith(node.Output);
            if (s_products.Contains(node.OpType) || node.Input.Any(behind.Contains))
                behind.UnionWith(node.Output);
        }
        foreach (NodeProto node in graph.Node.Reverse())
        {
            bool leads = node.Output.Any(leading.Contains),
                isExact = IsCast(node) || (leads && node.OpType == "Log") || node.Output.Any(exact.Contains);
            if (leads || s_products.Contains(node.OpType))
                leading.UnionWith(node.Input);
            // Positions are counted, whatever it is that is counted.
            if (isExact && node.OpType != "CumSum")
                exact.UnionWith(node.Input);
            if (leads && !isExact && node.Output.Any(behind.Contains) && !s_full.Contains(node.OpType)
                && IsFloat(node.Output[0]) && Fits(node, subject))
                _half.Add(node);
        }
        if (!_half.Any(node => s_products.Contains(node.OpType)))
            throw Refused(subject, "no convolution or matrix product behind which another one follows, but for those of rates");
        AddMoves(graph);
    }

    /// <summary>The constants, by name.</summary>
    public IReadOnlyDictionary<string, TensorProto> Constants { get; }

    /// <summary>Whether a node computes in float16.</summary>
    public bool IsHalf(NodeProto node) => _half.Contains(node);

    /// <summary>Whether an input of a node is float16 where the node is.</summary>
    public bool IsHalf(NodeProto node, int input) => IsHalf(node) && IsFloat(node.Input[input]);

    bool IsFloat(string tensor) => tensor.Length > 0 && !_integers.Contains(tensor);

    // Frames are cut out of maps once these are float16, not each by itself: what only moves loses nothing.
    void AddMoves(GraphProto graph)
    {
        HashSet<string> elsewhere = [.. graph.Output.Select(output => output.Name)];
        foreach (NodeProto node in graph.Node.Reverse())
        {
            if (s_moves.Contains(node.OpType) && IsFloat(node.Output[0]) && !node.Output.Any(elsewhere.Contains))
                _half.Add(node);
            if (!IsHalf(node))
                elsewhere.UnionWith(node.Input);
        }
    }

    bool Fits(NodeProto node, string subject)
    {
        foreach (string input in node.Input)
        {
            if (!Constants.TryGetValue(input, out TensorProto? constant) || constant.DataType != DataType.Float)
                continue;
            ReadOnlySpan<float> values = MemoryMarshal.Cast<byte, float>(constant.RawData.Span);
            if (values.Length != constant.Dims.Aggregate(1L, (product, size) => product * size))
                throw Refused(subject, $"'{input}' not as raw data");
            float largest = 0;
            foreach (float value in values)
                largest = Math.Max(largest, Math.Abs(value));
            if (!(largest <= Largest) && s_products.Contains(node.OpType))
                throw Refused(subject, FormattableString.Invariant($"{largest} in '{input}', the weights of a {node.OpType}"));
            // What is small beside the others may vanish; a number by itself may not.
            foreach (float value in values)
            {
                if (!(Math.Abs((float)(Half)value - value) <= Digits * largest))
                    return false;
            }
        }
        return true;
    }

    static bool IsCast(NodeProto node) => node.OpType == "Cast";

    static HotspotException Refused(string subject, string found) => new(subject, found,
        "convolutions and matrix products with weights of at most 65,504, and the operators that hotspot-train writes between them",
        "Keep this model in full precision.");
}
