using HotspotInference.Onnx.Protos;

namespace HotspotInference.Onnx.Quantization;

/// <summary>
/// Writes a network anew: values between its convolutions as bytes, weights as whole numbers of eight bits. Each operator stands between
/// <c>DequantizeLinear</c> and <c>QuantizeLinear</c>, from which ONNX Runtime makes one operator of bytes; values that only move are moved
/// as bytes.
/// </summary>
sealed class NetworkQuantizer
{
    const byte Middle = 128;
    // Steps from 0 to the largest byte.
    const int Levels = 127;
    // A sigmoid of more differs from 1 by less than 0.007. Further out nothing is gained, and steps become coarse: with 8, Washington's
    // network of 16 channels lost 1.6% of its average precision.
    const float LargestSquashed = 5;
    const float SigmoidStep = 1f / 255, TanhStep = 2f / 256;
    const int MostRepeatedChannels = 16;
    // How much coarser than the state a count may be before it is repeated.
    const float Coarser = 1.5f;
    // Larger counts are cut off: a day of fireworks must not take the precision of all others.
    const double MostCutOff = 0.01;

    readonly GraphProto _graph;
    readonly NetworkPlan _plan;
    readonly QuantizerOptions _options;
    readonly QuantizedGraph _written;
    readonly Dictionary<string, float> _scales = new(StringComparer.Ordinal);
    readonly Dictionary<string, QuantizedValue> _bytes = new(StringComparer.Ordinal);
    readonly Dictionary<string, IReadOnlyList<string>> _weights = new(StringComparer.Ordinal);
    readonly Dictionary<string, int> _channels = new(StringComparer.Ordinal);

    NetworkQuantizer(GraphProto graph, NetworkPlan plan, QuantizerOptions options, IReadOnlyDictionary<string, MagnitudeHistogram> measured,
        IReadOnlyList<MagnitudeHistogram> maps)
    {
        (_graph, _plan, _options) = (graph, plan, options);
        _written = new QuantizedGraph(graph.Node.SelectMany(node => node.Output).Concat(graph.Initializer.Select(tensor => tensor.Name))
            .Concat(graph.Input.Select(input => input.Name)));
        foreach (IGrouping<string, KeyValuePair<string, MagnitudeHistogram>> group in measured.GroupBy(tensor => plan.GroupOf(tensor.Key)))
        {
            var together = new MagnitudeHistogram();
            foreach ((_, MagnitudeHistogram one) in group)
                together.Add(one);
            _scales[group.Key] = Scale(together, group.All(tensor => plan.IsSquashed(tensor.Key)));
        }
        // One for all kinds, so that the large counts of a rare one are not cut off as few among all.
        _scales[plan.GroupOf("maps")] = maps.Max(MapScale);
    }

    /// <summary>Rewrites a network.</summary>
    /// <param name="graph">The network, which is changed.</param>
    /// <param name="plan">What of it.</param>
    /// <param name="options">How.</param>
    /// <param name="measured">The magnitudes of its <see cref="NetworkPlan.Measured"/>.</param>
    /// <param name="maps">Those of each channel of <c>maps</c>.</param>
    public static void Rewrite(GraphProto graph, NetworkPlan plan, QuantizerOptions options,
        IReadOnlyDictionary<string, MagnitudeHistogram> measured, IReadOnlyList<MagnitudeHistogram> maps)
    {
        var quantizer = new NetworkQuantizer(graph, plan, options, measured, maps);
        foreach (NodeProto node in graph.Node)
            quantizer.Write(node);
        graph.Node.Clear();
        graph.Node.AddRange(quantizer._written.Nodes);
        graph.Initializer.AddRange(quantizer._written.Constants);
        ModelChange.RemoveUnused(graph);
    }

    // Counts are whole: with steps that are a power of two they stay exact, up to an end that few reach.
    static float MapScale(MagnitudeHistogram maps)
    {
        if (!maps.AreWhole)
            return Scale(maps, isSquashed: false);
        float end = 2;
        while (maps.ShareFrom(end) > MostCutOff && end < Middle)
            end *= 2;
        return end / Middle;
    }

    static float Scale(MagnitudeHistogram values, bool isSquashed)
    {
        float end = values.End(Levels);
        end = isSquashed ? Math.Min(end, LargestSquashed) : end;
        return end > 0 ? end / Levels : 1;
    }

    void Write(NodeProto node)
    {
        if (!_plan.IsInside(node))
        {
            WriteFloat(node);
            return;
        }
        switch (node.OpType)
        {
            case "Conv":
                Convolve(node);
                break;
            case "Split" or "Gather":
                Move(node);
                break;
            case "Concat" when _plan.IsForConvolutions(node.Output[0]):
                Join(node);
                break;
            case "Sigmoid":
                Squash(node, 1, SigmoidStep, 0);
                break;
            case "Tanh":
                // tanh(x) = 2 sigmoid(2x) - 1: bytes of x are read at twice their scale, those of the sigmoid as numbers from -1 to 1.
                Squash(node, 2, TanhStep, Middle);
                break;
            case "Mul" or "Add" or "Max" when node.Input.All(_bytes.ContainsKey):
                string result = _written.Node(node.OpType, node.Output[0] + "_exact",
                    [.. node.Input.Select(input => _written.Dequantize(_bytes[input]))]);
                _bytes[node.Output[0]] = _written.Quantize(result, ScaleOf(node.Output[0]), Middle, _bytes[node.Input[0]].Channels);
                break;
            default:
                WriteFloat(node);
                break;
        }
    }

    void Convolve(NodeProto node)
    {
        QuantizedValue input = Bytes(node.Input[0]);
        if (!_weights.TryGetValue(node.Input[1], out IReadOnlyList<string>? weights))
            _weights[node.Input[1]] = weights = QuantizedWeights.Write(_written, _plan.Constants[node.Input[1]],
                node.Input.Count > 2 ? _plan.Constants[node.Input[2]] : null, input, _options.LargestWeight);
        string numbers = _written.Dequantize(input.Name, input.Parts[^1].Scale, input.ZeroPoint);
        string result = _written.Node("Conv", node.Output[0] + "_exact", [numbers, .. weights], node.Attribute);
        _bytes[node.Output[0]] = _written.Quantize(result, ScaleOf(node.Output[0]), Middle, (int)_plan.Constants[node.Input[1]].Dims[0]);
    }

    void Move(NodeProto node)
    {
        QuantizedValue input = Bytes(node.Input[0]);
        var moved = new NodeProto { Name = node.Name + "_moved", OpType = node.OpType };
        moved.Input.AddRange([input.Name, .. node.Input.Skip(1)]);
        moved.Attribute.AddRange(node.Attribute);
        for (int i = 0; i < node.Output.Count; i++)
        {
            moved.Output.Add(node.Output[i] + "_moved");
            int channels = node.OpType == "Split" ? (int)Whole(node.Input[1])[i] : input.Channels;
            _bytes[node.Output[i]] = new QuantizedValue(moved.Output[i], input.ZeroPoint, [new QuantizedPart(input.Scale, channels)]);
        }
        _written.Nodes.Add(moved);
    }

    void Join(NodeProto node)
    {
        QuantizedValue[] inputs = [.. node.Input.Select(Bytes)];
        float last = inputs[^1].Scale;
        QuantizedPart[] parts = [.. inputs.Select(input => new QuantizedPart(input.Scale, input.Channels, Repeats(input, last)))];
        string joined = _written.Node("Concat", node.Output[0] + "_bytes",
            [.. inputs.Zip(parts, (input, part) => Enumerable.Repeat(input.Name, part.Repeats)).SelectMany(names => names)],
            node.Attribute);
        _bytes[node.Output[0]] = new QuantizedValue(joined, Middle, parts);
    }

    static int Repeats(QuantizedValue input, float last)
    {
        int repeats = 1;
        while (Coarser * repeats * last < input.Scale && 2 * repeats * input.Channels <= MostRepeatedChannels)
            repeats *= 2;
        return repeats;
    }

    void Squash(NodeProto node, float factor, float step, byte zeroPoint)
    {
        QuantizedValue input = Bytes(node.Input[0]);
        string squashed = _written.Node("Sigmoid", node.Output[0] + "_exact",
            [_written.Dequantize(input.Name, factor * input.Scale, input.ZeroPoint)]);
        _bytes[node.Output[0]] = _written.Quantize(squashed, step / factor, 0, input.Channels)
            with { ZeroPoint = zeroPoint, Parts = [new QuantizedPart(step, input.Channels)] };
    }

    // As it was, with numbers for bytes.
    void WriteFloat(NodeProto node)
    {
        NodeProto copy = node.Clone();
        for (int i = 0; i < copy.Input.Count; i++)
        {
            if (_bytes.TryGetValue(copy.Input[i], out QuantizedValue? bytes))
                (_channels[node.Output[0]], copy.Input[i]) = (bytes.Channels, _written.Dequantize(bytes));
        }
        if (node.Input.FirstOrDefault(_channels.ContainsKey) is { } known)
            _channels.TryAdd(node.Output[0], _channels[known]);
        _written.Nodes.Add(copy);
    }

    QuantizedValue Bytes(string tensor) => _bytes.TryGetValue(tensor, out QuantizedValue? known) ? known
        : _bytes[tensor] = _written.Quantize(tensor, ScaleOf(tensor), Middle, tensor == "maps" ? MapChannels : _channels[tensor]);

    int MapChannels => (int)_graph.Input[0].Type.TensorType.Shape.Dim[2].DimValue;

    float ScaleOf(string tensor) => _scales[_plan.GroupOf(tensor)];

    long[] Whole(string constant) =>
        System.Runtime.InteropServices.MemoryMarshal.Cast<byte, long>(_plan.Constants[constant].RawData.Span).ToArray();
}
