using Google.Protobuf;
using HotspotInference.Onnx.Protos;
using HotspotInference.Prediction;

namespace HotspotInference.Onnx;

/// <summary>
/// Changes to a model that was written before: its metadata, and what becomes of its outputs. Everything else stays as it is.
/// </summary>
static class ModelChange
{
    /// <summary>Reads a model that ONNX Runtime has loaded.</summary>
    public static ModelProto Read(ReadOnlyMemory<byte> model) => ModelProto.Parser.ParseFrom(model.Span);

    /// <summary>Loads a model to see that it is one, and reads it.</summary>
    /// <param name="model">The content of an .onnx file.</param>
    /// <param name="subject">What messages call it.</param>
    /// <exception cref="HotspotException">The model is none, or not in full precision.</exception>
    public static (ModelProto Model, ModelMetadata Metadata) ReadFullPrecision(ReadOnlyMemory<byte> model, string subject)
    {
        using var predictor = HotspotPredictor.Load(model);
        return predictor.Metadata.Precision is { } known
            ? throw new HotspotException(subject, $"precision {known}", "one in full precision",
                "Give the model that this one was made from.")
            : (Read(model), predictor.Metadata);
    }

    /// <summary>The model with another document of metadata.</summary>
    public static byte[] Write(ModelProto model, ModelMetadata metadata)
    {
        model.MetadataProps.Single(entry => entry.Key == ModelMetadata.Key).Value = metadata.ToJson();
        return model.ToByteArray();
    }

    /// <summary>
    /// Multiplies the intensity that risk follows from: <c>intensity' = c intensity</c>, <c>risk' = 1 - (1 - risk)^c</c>, computed from
    /// intensity so that small risks keep their digits.
    /// </summary>
    /// <param name="model">
    /// A model with the outputs <c>risk</c> and <c>intensity</c>, where <c>risk = 1 - exp(-intensity / ratio)</c>.
    /// </param>
    /// <param name="factors">c, for each class.</param>
    /// <param name="ratios">
    /// The expected incidents for each unit of what risk follows from, for each class; 1 where intensity is that.
    /// </param>
    public static void ScaleLevel(ModelProto model, IReadOnlyList<double> factors, IReadOnlyList<double> ratios)
    {
        GraphProto graph = model.Graph;
        HashSet<string> names = [.. graph.Node.SelectMany(node => node.Input.Concat(node.Output)),
            .. graph.Initializer.Select(tensor => tensor.Name), .. graph.Input.Select(input => input.Name)];
        string prefix = Enumerable.Range(1, int.MaxValue).Select(i => $"level{i}_")
            .First(text => !names.Any(name => name.StartsWith(text, StringComparison.Ordinal)));
        foreach (NodeProto node in graph.Node)
        {
            Rename(node.Input, name => name is "risk" or "intensity" ? prefix + name : name);
            Rename(node.Output, name => name is "risk" or "intensity" ? prefix + name : name);
        }

        var scaling = new OnnxGraphBuilder("level");
        int classes = factors.Count;
        OnnxValue intensity = scaling.Input("before", "batch", classes, "row", "column");
        OnnxValue scaled = scaling.Mul(intensity, Constant("factor", factors));
        scaling.Output("risk", scaling.PoissonRisk(
            scaling.Mul(intensity, Constant("risk_factor", factors.Zip(ratios, (factor, ratio) => factor / ratio)))));
        scaling.Output("intensity", scaled);
        GraphProto added = scaling.Build().Graph;
        foreach (TensorProto constant in added.Initializer)
            constant.Name = Joined(constant.Name);
        foreach (NodeProto node in added.Node)
        {
            node.Name = prefix + node.Name;
            Rename(node.Input, Joined);
            Rename(node.Output, Joined);
        }
        graph.Node.Add(added.Node);
        graph.Initializer.Add(added.Initializer);
        RemoveUnused(graph);

        string Joined(string name) => name switch { "before" => prefix + "intensity", "risk" or "intensity" => name, _ => prefix + name };

        OnnxValue Constant(string name, IEnumerable<double> values) =>
            scaling.Constant(name, [.. values.Select(value => (float)value)], classes, 1, 1);
    }

    // What the old risk was computed by. Nodes stand in an order in which each comes before those that use it.
    public static void RemoveUnused(GraphProto graph)
    {
        HashSet<string> used = [.. graph.Output.Select(output => output.Name)];
        for (int i = graph.Node.Count - 1; i >= 0; i--)
        {
            if (graph.Node[i].Output.Any(used.Contains))
                used.UnionWith(graph.Node[i].Input);
            else
                graph.Node.RemoveAt(i);
        }
        for (int i = graph.Initializer.Count - 1; i >= 0; i--)
        {
            if (!used.Contains(graph.Initializer[i].Name))
                graph.Initializer.RemoveAt(i);
        }
    }

    static void Rename(Google.Protobuf.Collections.RepeatedField<string> names, Func<string, string> name)
    {
        for (int i = 0; i < names.Count; i++)
            names[i] = name(names[i]);
    }
}
