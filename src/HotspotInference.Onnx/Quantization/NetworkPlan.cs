using HotspotInference.Onnx.Protos;

namespace HotspotInference.Onnx.Quantization;

/// <summary>
/// What of a network becomes whole numbers: all that leads to a convolution, but for the last ones, whose output is what the risk is
/// computed from. Which tensors share a scale, and which have to be measured for it.
/// </summary>
sealed class NetworkPlan
{
    static readonly HashSet<string> s_known = ["Conv", "Concat", "Split", "Gather", "Sigmoid", "Tanh", "Mul", "Add", "Max"];
    // Whose results have the scale of what goes in, or a known one.
    static readonly HashSet<string> s_notMeasured = ["Concat", "Split", "Gather", "Sigmoid", "Tanh"];

    readonly GraphProto _graph;
    // Tensors that a convolution is computed from.
    readonly HashSet<string> _leading = new(StringComparer.Ordinal);
    readonly TiedTensors _ties = new();
    readonly Dictionary<string, List<NodeProto>> _consumers = new(StringComparer.Ordinal);
    readonly Dictionary<string, NodeProto> _producers = new(StringComparer.Ordinal);

    /// <exception cref="HotspotException">
    /// The network has other inputs than maps, no inner convolution, or an operator that is not known here.
    /// </exception>
    public NetworkPlan(GraphProto graph, string subject)
    {
        _graph = graph;
        Constants = graph.Initializer.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        if (graph.Input.Select(input => input.Name).FirstOrDefault(name => name != "maps") is { } other)
            throw Refused(subject, $"the input '{other}'");
        foreach (NodeProto node in graph.Node)
        {
            foreach (string output in node.Output)
                _producers[output] = node;
            foreach (string input in node.Input.Where(IsComputed))
                (_consumers.TryGetValue(input, out List<NodeProto>? known) ? known : _consumers[input] = []).Add(node);
        }
        for (int i = graph.Node.Count - 1; i >= 0; i--)
        {
            NodeProto node = graph.Node[i];
            if (node.OpType == "Conv" || IsInside(node))
                _leading.UnionWith(node.Input.Where(IsComputed));
        }
        NodeProto[] inside = [.. graph.Node.Where(IsInside)];
        if (!inside.Any(node => node.OpType == "Conv"))
            throw Refused(subject, "no convolution behind which another one follows");
        if (inside.FirstOrDefault(node => !s_known.Contains(node.OpType) || !HasPlainWeights(node)) is { } unknown)
            throw Refused(subject, $"the operator {unknown.OpType}");
        Tie(inside);
        // Bytes are joined where a convolution's weights can make up for what their scales differ by.
        if (inside.FirstOrDefault(node => node.OpType == "Concat" && !IsForConvolutions(node.Output[0])) is not null)
            throw Refused(subject, "a join that no convolution follows");
        Measured = [.. inside.Where(node => !s_notMeasured.Contains(node.OpType)).SelectMany(node => node.Output)];
    }

    /// <summary>The constants, by name.</summary>
    public IReadOnlyDictionary<string, TensorProto> Constants { get; }

    /// <summary>Tensors whose magnitude decides on scales.</summary>
    public IReadOnlyCollection<string> Measured { get; }

    /// <summary>Whether a node is computed with whole numbers.</summary>
    public bool IsInside(NodeProto node) => node.Output.Any(_leading.Contains);

    /// <summary>Whether a tensor is no constant.</summary>
    public bool IsComputed(string tensor) => !Constants.ContainsKey(tensor);

    /// <summary>The tensor that stands for all that share a tensor's scale.</summary>
    public string GroupOf(string tensor) => _ties.GroupOf(tensor);

    /// <summary>Whether nothing but convolutions take a tensor.</summary>
    public bool IsForConvolutions(string tensor) => _consumers[tensor].All(node => node.OpType == "Conv" && IsInside(node));

    /// <summary>Whether a tensor ends in sigmoids and hyperbolic tangents alone, which hardly change where it is large.</summary>
    public bool IsSquashed(string tensor) => _consumers.TryGetValue(tensor, out List<NodeProto>? consumers)
        && consumers.All(node => node.OpType is "Sigmoid" or "Tanh" || (node.OpType == "Split" && node.Output.All(IsSquashed)));

    // Values that only move keep their scale. Convolutions with the same weights must find, and give, the same scales at all steps, or else
    // each would need weights of its own.
    void Tie(NodeProto[] inside)
    {
        var inputs = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var outputs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (NodeProto node in inside)
        {
            if (node.OpType is "Split" or "Gather" or "Max")
            {
                foreach (string tied in node.Output.Concat(node.OpType == "Max" ? node.Input.Skip(1) : []))
                    _ties.Tie(node.Input[0], tied);
            }
            if (node.OpType != "Conv")
                continue;
            string[] joined = _producers.TryGetValue(node.Input[0], out NodeProto? producer) && producer.OpType == "Concat"
                ? [.. producer.Input] : [node.Input[0]];
            if (!inputs.TryAdd(node.Input[1], joined))
            {
                for (int i = 0; i < joined.Length; i++)
                    _ties.Tie(inputs[node.Input[1]][i], joined[i]);
            }
            if (!outputs.TryAdd(node.Input[1], node.Output[0]))
                _ties.Tie(outputs[node.Input[1]], node.Output[0]);
        }
    }

    bool HasPlainWeights(NodeProto node) => node.OpType != "Conv"
        || (node.Input.Skip(1).All(input => !IsComputed(input))
            && node.Attribute.All(attribute => attribute.Name != "group" || attribute.I == 1));

    static HotspotException Refused(string subject, string found) => new(subject, found,
        "convolutions of maps alone, with sigmoids, hyperbolic tangents, sums, products and joins between them, as the architecture "
        + "convlstm has",
        "Keep this model in full precision.");
}
