using HotspotInference.Features;
using HotspotInference.Grids;
using HotspotInference.Heatmaps;
using HotspotInference.Incidents;
using HotspotInference.Prediction;

namespace HotspotInference.Onnx.Tests.Quantization;

/// <summary>Two ConvLSTM layers with random weights, as the architecture convlstm writes them.</summary>
static class SmallConvLstm
{
    public const int Steps = 4, Hidden = 16, Rows = 7, Columns = 6;

    public static ModelMetadata Metadata { get; } = new()
    {
        Architecture = "convlstm",
        Name = "small",
        Heatmaps = new HeatmapSpec { Grid = new GridSpec(new GeoBounds(44.94, -30.08, 45.06, -29.92), Rows, Columns), Kinds = KindEncoding.Any },
        Features = new FeatureSpec { Maps = new MapWindowSpec { Lags = [4, 3, 2, 1], Channels = ["any"] } },
        Classes = ["any"],
    };

    public static byte[] Model(ModelMetadata? metadata = null, float slope = 1, float scale = 1)
    {
        var random = new Random(3);
        var graph = new OnnxGraphBuilder("convlstm");
        OnnxValue maps = graph.Input("maps", "batch", Steps, 1, "row", "column");
        OnnxValue[] frames = [.. Enumerable.Range(0, Steps).Select(t => graph.Gather(maps, t, 1))];
        for (int layer = 0; layer < 2; layer++)
        {
            int channels = layer == 0 ? 1 : Hidden;
            OnnxValue first = Weights($"first{layer}", 4 * Hidden, channels), both = Weights($"both{layer}", 4 * Hidden, channels + Hidden);
            OnnxValue bias = graph.Constant($"bias{layer}", [.. Enumerable.Range(0, 4 * Hidden).Select(i => i / Hidden == 1 ? 1f : 0.1f)], 4 * Hidden);
            OnnxValue[] states = ConvLstmGraph.Unroll(graph, frames, (frame, h) => h is null
                ? graph.Conv(frame, first, bias, padding: 1)
                : graph.Conv(graph.Concat(1, frame, h), both, bias, padding: 1), Hidden);
            // Pooling over time between the layers.
            frames = layer == 0 ? [graph.Max(states[0], states[1]), graph.Max(states[2], states[3])] : states[^1..];
        }
        OnnxValue logits = graph.Conv(frames[0], Weights("head", 1, Hidden), graph.Constant("head_bias", [-2f], 1), padding: 1);
        graph.Output("risk", graph.Sigmoid(graph.Mul(logits, graph.Scalar(slope))), "batch", 1, "row", "column");
        graph.Metadata[ModelMetadata.Key] = (metadata ?? Metadata).ToJson();
        return graph.ToArray();

        OnnxValue Weights(string name, int outputs, int inputs)
        {
            double bound = Math.Sqrt(6.0 / (inputs * 9));
            return graph.Constant(name, [.. Enumerable.Range(0, outputs * inputs * 9).Select(_ => (float)((2 * random.NextDouble() - 1) * bound * scale))], outputs, inputs, 3, 3);
        }
    }

    /// <summary>Maps of counts 0 to 3.</summary>
    public static float[] Maps(int batch, int rows, int columns, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, batch * Steps * rows * columns).Select(_ => random.NextDouble() < 0.2 ? random.Next(1, 4) : 0f)];
    }

    public static float[][] Windows { get; } = [.. Enumerable.Range(0, 8).Select(seed => Maps(1, Rows, Columns, seed))];
}
