using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace HotspotInference.Prediction;

/// <summary>
/// The inputs and outputs that a model may have, and those that a loaded one does have: checked once, against its metadata, so that
/// a run needs to look at lengths only.
/// </summary>
sealed class ModelContract
{
    const string Remedy = "The network and its metadata disagree: write the model again with hotspot fit or hotspot-train.";

    static readonly KnownTensor[] s_inputs =
    [
        new("maps", ["batch", "time", "channel", "row", "column"]),
        new("history", ["batch", "feature", "row", "column"]),
        new("calendar", ["batch", "feature"]),
        new("external", ["batch", "feature", "row", "column"]),
        new("state", ["batch", "state", "row", "column"]),
        new("events", ["batch", "step", "feature"]),
    ];

    static readonly KnownTensor[] s_outputs =
    [
        new("risk", ["batch", "class", "row", "column"]),
        new("intensity", ["batch", "class", "row", "column"]),
        new("kind", ["batch", "kind", "row", "column"]),
        new("next_state", ["batch", "state", "row", "column"]),
        new("next", ["batch", "row", "column"]),
    ];

    sealed record KnownTensor(string Name, string[] Layout);

    readonly ModelMetadata _metadata;
    readonly string _subject;

    /// <exception cref="HotspotException">The model's inputs or outputs are not those that its metadata call for.</exception>
    public ModelContract(InferenceSession session, ModelMetadata metadata, string subject, bool givesNext = false)
    {
        _metadata = metadata;
        _subject = subject;
        Inputs = Match("input", s_inputs, session.InputMetadata);
        Outputs = Match("output", s_outputs, session.OutputMetadata);
        CheckOutputs(session, givesNext);
        for (int i = 0; i < s_inputs.Length; i++)
        {
            bool? isCalledFor = IsCalledFor(s_inputs[i].Name);
            if (isCalledFor is { } expected && expected != Inputs[i] is not null)
                throw new HotspotException(subject, $"{(expected ? "no" : "an")} input '{s_inputs[i].Name}'",
                    $"{(expected ? "one" : "none")}, as its metadata say", Remedy);
        }
    }

    /// <summary>maps, history, calendar, external, state, events; null where the model has none.</summary>
    public ModelTensor?[] Inputs { get; }

    /// <summary>
    /// risk, intensity, kind, next_state, next; null where the model has none. There is always a risk, or else next and no other.
    /// </summary>
    public ModelTensor?[] Outputs { get; }

    /// <summary>The name of an input or output, whether or not the model has it.</summary>
    public static string InputName(int index) => s_inputs[index].Name;

    /// <inheritdoc cref="InputName"/>
    public static string OutputName(int index) => s_outputs[index].Name;

    void CheckOutputs(InferenceSession session, bool givesNext)
    {
        string found = $"the outputs {Names(session.OutputMetadata)}";
        bool isNext = Outputs[^1] is not null;
        if (isNext != _metadata.Events is not null || (isNext && session.OutputMetadata.Count > 1))
            throw new HotspotException(_subject, found, isNext ? "'next' alone, and 'events' in its metadata" : "an output 'next'", Remedy);
        if (isNext && !givesNext)
            throw new HotspotException(_subject, "a model of the next incident, with the output 'next'", "an output 'risk'",
                "Run it with NextIncidentPredictor; hotspot evaluate scores it by rank.");
        if (_metadata.IsStreaming != Outputs[^2] is not null)
            throw new HotspotException(_subject, found,
                $"{(_metadata.IsStreaming ? "an" : "no")} output 'next_state', as its metadata say", Remedy);
        if (!isNext && Outputs[0] is null)
            throw new HotspotException(_subject, found, "an output 'risk'", Remedy);
        if (!isNext && givesNext)
            throw new HotspotException(_subject, found, "an output 'next'",
                "Run it with HotspotPredictor, or train a model of the next incident, such as hst-lstm.");
    }

    ModelTensor?[] Match(string role, KnownTensor[] known, IReadOnlyDictionary<string, NodeMetadata> found)
    {
        if (found.Keys.Any(name => !known.Any(tensor => tensor.Name == name)))
            throw new HotspotException(_subject, $"the {role}s {Names(found)}",
                $"{role}s among {string.Join(", ", known.Select(t => t.Name))}", "Use a model written by hotspot fit or hotspot-train.");
        return [.. known.Select(t => found.TryGetValue(t.Name, out NodeMetadata? node) ? Match(role, t.Name, t.Layout, node) : null)];
    }

    ModelTensor Match(string role, string name, string[] layout, NodeMetadata node)
    {
        string subject = $"{_subject}, {role} '{name}'";
        if (!node.IsTensor || node.ElementDataType != TensorElementType.Float)
            throw new HotspotException(subject, node.IsTensor ? $"elements of type {node.ElementDataType}" : "no tensor",
                "a tensor of float32", node.IsTensor && node.ElementDataType is TensorElementType.Float16 or TensorElementType.BFloat16
                    ? "Keep the inputs and outputs in float32 when a model is converted (keep_io_types=True); only what lies "
                        + "between may be of less precision."
                    : Remedy);
        int[] sizes = node.Dimensions;
        if (sizes.Length != layout.Length)
            throw new HotspotException(subject, $"rank {sizes.Length}", $"rank {layout.Length}: [{string.Join(", ", layout)}]", Remedy);
        for (int i = 0; i < sizes.Length; i++)
        {
            int? expected = SizeOf(name, layout[i]);
            if (expected is { } size ? size != sizes[i] : sizes[i] == 0)
                throw new HotspotException(subject, $"{layout[i]} {Describe(sizes[i])}", $"{layout[i]} {Describe(expected ?? 1)}", Remedy);
        }
        return new ModelTensor(name, layout, sizes);
    }

    // The size that a dimension must have, -1 for one that each run chooses; null where any fixed size will do.
    int? SizeOf(string name, string dimension) => (name, dimension) switch
    {
        (_, "batch") => _metadata.FixedBatch ?? -1,
        (_, "step") => _metadata.Events?.Steps ?? -1,
        (_, "row") => _metadata.Grid == GridMode.Fixed ? _metadata.Heatmaps.Grid.Rows : -1,
        (_, "column") => _metadata.Grid == GridMode.Fixed ? _metadata.Heatmaps.Grid.Columns : -1,
        (_, "time") => _metadata.IsStreaming ? 1 : _metadata.Features.Maps?.Lags.Count,
        (_, "state") => _metadata.StateChannels,
        (_, "channel") => _metadata.Features.Maps?.Channels.Count,
        (_, "class") => _metadata.Classes.Count,
        (_, "kind") => _metadata.Heatmaps.Kinds.Groups.Count,
        ("history", _) => _metadata.Features.History?.FeatureCount,
        ("calendar", _) => _metadata.Features.Calendar?.Features.Count,
        ("external", _) => _metadata.External.Count,
        ("events", _) => _metadata.Events?.Features.Count,
        _ => null,
    };

    // Where the metadata say nothing of events, their features are the architecture's own.
    bool? IsCalledFor(string input) => input switch
    {
        "maps" => _metadata.Features.Maps is not null,
        "history" => _metadata.Features.History is not null,
        "calendar" => _metadata.Features.Calendar is not null,
        "external" => _metadata.External.Count > 0,
        "state" => _metadata.IsStreaming,
        _ => _metadata.Events is not null ? true : null,
    };

    static string Names(IReadOnlyDictionary<string, NodeMetadata> nodes) => string.Join(", ", nodes.Keys);

    static string Describe(int size) => size < 0 ? "of any size" : $"{size}";
}
