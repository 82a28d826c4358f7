using HotspotInference.Features;
using HotspotInference.Prediction;

namespace HotspotInference.Onnx.Tests.Prediction;

/// <summary>Models that halve what they know of each cell with every map and add the map: risk is half of it.</summary>
static class StreamingModels
{
    public const int Lags = 4;

    public static ModelMetadata Metadata { get; } = MapModels.Metadata with
    {
        Architecture = "halving",
        Name = "halving",
        Features = new FeatureSpec { Maps = new MapWindowSpec { Lags = MapWindowSpec.LastPeriods(Lags), Channels = ["theft"] } },
        StateChannels = 1,
    };

    /// <summary>Any part of the contract may be broken on request.</summary>
    public static OnnxGraphBuilder Graph(ModelMetadata? metadata = null, bool givesState = true, float keep = 0.5f, OnnxDimension? batch = null)
    {
        metadata ??= Metadata;
        bool isFixed = metadata.FixedBatch is not null;
        OnnxDimension size = metadata.FixedBatch is { } fixedBatch ? fixedBatch : "batch", rows = isFixed ? MapModels.Rows : "row",
            columns = isFixed ? MapModels.Columns : "column";
        var graph = new OnnxGraphBuilder("halving");
        OnnxValue maps = graph.Input("maps", size, 1, 1, rows, columns), state = graph.Input("state", batch ?? size, 1, rows, columns);
        OnnxValue next = graph.Add(graph.Mul(state, graph.Scalar(keep)), graph.Gather(maps, 0, 1));
        graph.Output("risk", graph.Mul(next, graph.Scalar(1 - keep)), size, 1, rows, columns);
        if (givesState)
            graph.Output("next_state", next, size, 1, rows, columns);
        graph.Metadata[ModelMetadata.Key] = metadata.ToJson();
        return graph;
    }
}
