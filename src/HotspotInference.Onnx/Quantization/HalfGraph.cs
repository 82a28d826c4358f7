using System.Runtime.InteropServices;
using HotspotInference.Onnx.Protos;
using DataType = HotspotInference.Onnx.Protos.TensorProto.Types.DataType;

namespace HotspotInference.Onnx.Quantization;

/// <summary>
/// Writes a network anew with a part of its nodes in float16. A tensor keeps its name where it is float32; beside it there is one of
/// float16 where a node takes or gives that, with a <c>Cast</c> from the one to the other.
/// </summary>
sealed class HalfGraph
{
    readonly HalfPlan _plan;
    readonly bool _isRounded;
    readonly QuantizedGraph _written;
    // The names in float16 of tensors that are there in float16, and the tensors that are there in float32.
    readonly Dictionary<string, string> _halves = new(StringComparer.Ordinal);
    readonly HashSet<string> _full;

    HalfGraph(GraphProto graph, HalfPlan plan, bool isRounded)
    {
        (_plan, _isRounded) = (plan, isRounded);
        _full = [.. graph.Input.Select(input => input.Name), .. plan.Constants.Keys];
        _written = new QuantizedGraph([.. _full, .. graph.Node.SelectMany(node => node.Output)]);
    }

    /// <summary>Rewrites a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="plan">Which of its nodes are float16.</param>
    /// <param name="isRounded">
    /// Leaves every node in float32 and rounds what the plan's nodes take and give to float16: what a device computes that adds up in
    /// float32. On the processor ONNX Runtime has no float16 for most operators and leaves out the rounding between them.
    /// </param>
    public static void Rewrite(GraphProto graph, HalfPlan plan, bool isRounded)
    {
        var rewriting = new HalfGraph(graph, plan, isRounded);
        foreach (NodeProto node in graph.Node)
            rewriting.Write(node);
        foreach (ValueInfoProto output in graph.Output)
            rewriting.InFull(output.Name);
        graph.Node.Clear();
        graph.Node.Add(rewriting._written.Nodes);
        graph.Initializer.Add(rewriting._written.Constants);
        ModelChange.RemoveUnused(graph);
    }

    void Write(NodeProto node)
    {
        NodeProto written = node.Clone();
        for (int i = 0; i < node.Input.Count; i++)
        {
            if (_plan.IsHalf(node, i))
                written.Input[i] = InHalf(node.Input[i]);
            else
                InFull(node.Input[i]);
        }
        _written.Nodes.Add(written);
        if (!_plan.IsHalf(node))
        {
            _full.UnionWith(node.Output);
            return;
        }
        for (int i = 0; i < node.Output.Count; i++)
        {
            written.Output[i] = _written.Unique(node.Output[i] + (_isRounded ? "_exact" : "_half"));
            _halves[node.Output[i]] = _isRounded ? Rounded(written.Output[i], node.Output[i]) : written.Output[i];
        }
        written.Name = written.Output[0];
    }

    string InHalf(string tensor)
    {
        if (_halves.TryGetValue(tensor, out string? known))
            return known;
        if (!_plan.Constants.TryGetValue(tensor, out TensorProto? constant))
            return _halves[tensor] = _isRounded ? Rounded(tensor, tensor) : Cast(tensor, tensor + "_half", DataType.Float16);
        Half[] values = [.. MemoryMarshal.Cast<byte, float>(constant.RawData.Span).ToArray().Select(value => (Half)value)];
        long[] shape = [.. constant.Dims];
        return _halves[tensor] = _isRounded
            ? _written.Constant<float>(tensor + "_half", [.. values.Select(value => (float)value)], DataType.Float, shape)
            : _written.Constant<Half>(tensor + "_half", values, DataType.Float16, shape);
    }

    string Rounded(string exact, string name) => Cast(Cast(exact, name + "_rounding", DataType.Float16), name + "_half", DataType.Float);

    string Cast(string tensor, string name, DataType type) =>
        _written.Node("Cast", name, [tensor], OnnxAttribute.Of("to", (long)type).Message);

    void InFull(string tensor)
    {
        if (!_full.Add(tensor) || !_halves.TryGetValue(tensor, out string? half))
            return;
        var node = new NodeProto { Name = tensor, OpType = _isRounded ? "Identity" : "Cast" };
        node.Input.Add(half);
        node.Output.Add(tensor);
        if (!_isRounded)
            node.Attribute.Add(OnnxAttribute.Of("to", (long)DataType.Float).Message);
        _written.Nodes.Add(node);
    }
}
