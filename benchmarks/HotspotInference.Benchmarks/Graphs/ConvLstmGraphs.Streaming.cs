using HotspotInference.Features;
using HotspotInference.Grids;
using HotspotInference.Heatmaps;
using HotspotInference.Onnx;
using HotspotInference.Prediction;

namespace HotspotInference.Benchmarks.Graphs;

public static partial class ConvLstmGraphs
{
    /// <summary>One step of the same network from a state, as this library writes it, with all that a predictor needs.</summary>
    public static byte[] Step(ConvLstmSize size, int batch)
    {
        var weights = new ConvLstmWeights(size);
        var graph = new OnnxGraphBuilder("step");
        int hidden = size.Hidden, channels = 2 * size.Layers * hidden;
        OnnxValue frame = graph.Gather(graph.Input("maps", batch, 1, ConvLstmSize.Channels, size.Side, size.Side), 0, 1);
        OnnxValue state = graph.Input("state", batch, channels, size.Side, size.Side);
        IReadOnlyList<OnnxValue> before = graph.Split(state, 1, [.. Enumerable.Repeat((long)hidden, 2 * size.Layers)]);
        var behind = new OnnxValue[before.Count];
        for (int i = 0; i < size.Layers; i++)
        {
            OnnxValue kernel = Kernel(graph, $"kernel{i}", weights.Kernels[i], (i == 0 ? ConvLstmSize.Channels : hidden) + hidden, size);
            OnnxValue bias = graph.Constant($"bias{i}", weights.Biases[i], 4 * hidden);
            OnnxValue gates = graph.Conv(graph.Concat(1, frame, before[2 * i]), kernel, bias, padding: 1);
            (behind[2 * i], behind[2 * i + 1]) = ConvLstmGraph.Step(graph, gates, before[2 * i + 1], hidden);
            frame = behind[2 * i];
        }
        OnnxValue head = graph.Constant("head", weights.Head, 1, hidden, ConvLstmSize.Kernel, ConvLstmSize.Kernel);
        graph.Output("risk", graph.Sigmoid(graph.Conv(frame, head, padding: 1)), batch, 1, size.Side, size.Side);
        graph.Output("next_state", graph.Concat(1, behind), batch, channels, size.Side, size.Side);
        graph.Metadata[ModelMetadata.Key] = new ModelMetadata
        {
            Architecture = "step",
            Name = "step",
            Heatmaps = new HeatmapSpec { Grid = new GridSpec(new GeoBounds(0, 0, 1, 1), size.Side, size.Side) },
            Features = new FeatureSpec { Maps = new MapWindowSpec { Lags = MapWindowSpec.LastPeriods(size.Steps), Channels = ["any"] } },
            Classes = ["any"],
            Grid = GridMode.Fixed,
            StateChannels = channels,
            FixedBatch = batch,
        }.ToJson();
        return graph.ToArray();
    }
}
