using HotspotInference.Onnx;
using HotspotInference.Prediction;
using HotspotInference.Training.Architectures;

namespace HotspotInference.Training.Export;

/// <summary>A trained network of the next incident as ONNX.</summary>
static class NextIncidentModel
{
    /// <summary>Writes a network with its present weights: <c>events</c> in, <c>next</c> out.</summary>
    /// <param name="network">The network, in <c>eval</c> mode.</param>
    /// <param name="objective">What its logits mean.</param>
    /// <param name="metadata">What the model says of itself, its <see cref="ModelMetadata.Events"/> with it.</param>
    public static OnnxGraphBuilder Build(Network network, NextPlaceObjective objective, ModelMetadata metadata)
    {
        NetworkShape shape = network.Shape;
        var graph = new OnnxGraphBuilder(metadata.Architecture) { Description = $"{metadata.Architecture} '{metadata.Name}'." };
        OnnxValue events = graph.Input("events", "batch", shape.Steps, shape.Channels);
        OnnxValue next = objective.Export(graph, network.Export(graph, default(GraphInputs) with { Events = events })).Risk;
        graph.Output("next", next, "batch", shape.Rows, shape.Columns);
        graph.Metadata[ModelMetadata.Key] = (metadata with { Grid = network.Grid }).ToJson();
        return graph;
    }
}
