using HotspotInference.Features;
using HotspotInference.Onnx;
using HotspotInference.Onnx.Tests.Prediction;
using HotspotInference.Prediction;

namespace HotspotInference.Tests;

/// <summary>A model whose risk is a hundredth of its second external feature.</summary>
static class ExternalModel
{
    public static ModelMetadata Metadata { get; } = MapModels.Metadata with { Features = new(), External = [new("a", ExternalSource.Period), new("b", ExternalSource.Period)], Architecture = "second", Name = "second" };

    public static byte[] Build(ModelMetadata metadata)
    {
        var graph = new OnnxGraphBuilder("second");
        OnnxValue external = graph.Input("external", "batch", 2, "row", "column");
        if (metadata.Features.History is { } history)
            graph.Input("history", "batch", history.FeatureCount, "row", "column");
        if (metadata.Features.Calendar is { } calendar)
            graph.Input("calendar", "batch", calendar.Features.Count);
        OnnxValue second = graph.Slice(external, graph.Constant("from", [1L], 1), graph.Constant("to", [2L], 1), graph.Constant("axis", [1L], 1));
        graph.Output("risk", graph.Node("Div", [second, graph.Constant("hundred", [100f], 1)]), "batch", 1, "row", "column");
        graph.Metadata[ModelMetadata.Key] = metadata.ToJson();
        return graph.ToArray();
    }
}
