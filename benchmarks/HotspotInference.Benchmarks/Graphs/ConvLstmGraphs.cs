using HotspotInference.Features;
using HotspotInference.Grids;
using HotspotInference.Heatmaps;
using HotspotInference.Incidents;
using HotspotInference.Onnx;
using HotspotInference.Onnx.Quantization;
using HotspotInference.Prediction;

namespace HotspotInference.Benchmarks.Graphs;

/// <summary>
/// The same network written in three ways, and others beside it, each with the input <c>maps</c> <c>[batch, time, 1, row, column]</c> of
/// fixed sizes and the output <c>risk</c> <c>[batch, 1, row, column]</c>.
/// </summary>
public static partial class ConvLstmGraphs
{
    /// <summary>As this library writes it; where the batch is null, with sizes that each run chooses.</summary>
    public static byte[] Library(ConvLstmSize size, int? batch) => Write("library", size, batch, Layer(size));

    /// <summary>The same in eight bits. Each run chooses the sizes.</summary>
    public static byte[] Fast(ConvLstmSize size)
    {
        var metadata = new ModelMetadata
        {
            Architecture = "convlstm",
            Name = "fast",
            Heatmaps = new HeatmapSpec { Grid = new GridSpec(new GeoBounds(0, 0, 1, 1), size.Side, size.Side), Kinds = KindEncoding.Any },
            Features = new FeatureSpec
            {
                Maps = new MapWindowSpec { Lags = [.. Enumerable.Range(1, size.Steps).Reverse()], Channels = ["any"] }
            },
            Classes = ["any"],
            Grid = GridMode.Any,
        };
        var random = new Random(2);
        float[][] windows = [.. Enumerable.Range(0, 4).Select(_ => new float[size.WindowLength])];
        foreach (float[] window in windows)
        {
            for (int i = 0; i < window.Length; i++)
                window[i] = random.NextDouble() < 0.02 ? 1 : 0;
        }
        return ModelQuantizer.Run(Write("library", size, null, Layer(size), metadata.ToJson()), windows);
    }

    static Func<OnnxGraphBuilder, OnnxValue[], int, ConvLstmWeights, OnnxValue[]> Layer(
        ConvLstmSize size) => (graph, frames, layer, weights) =>
    {
        int channels = layer == 0 ? ConvLstmSize.Channels : size.Hidden, taps = ConvLstmSize.Kernel * ConvLstmSize.Kernel;
        float[] both = weights.Kernels[layer];
        var first = new float[4 * size.Hidden * channels * taps];
        for (int output = 0; output < 4 * size.Hidden; output++)
            both.AsSpan(output * (channels + size.Hidden) * taps, channels * taps).CopyTo(first.AsSpan(output * channels * taps));
        OnnxValue input = Kernel(graph, $"input{layer}", first, channels, size);
        OnnxValue kernel = Kernel(graph, $"kernel{layer}", both, channels + size.Hidden, size);
        OnnxValue bias = graph.Constant($"bias{layer}", weights.Biases[layer], 4 * size.Hidden);
        return ConvLstmGraph.Unroll(graph, frames, (frame, h) => h is null
            ? graph.Conv(frame, input, bias, padding: 1)
            : graph.Conv(graph.Concat(1, frame, h), kernel, bias, padding: 1), size.Hidden);
    };

    /// <summary>As a textbook has it and exporters write it: states of zeros, joined to each frame, one convolution, four gates.</summary>
    public static byte[] Textbook(ConvLstmSize size, int batch) => Write("textbook", size, batch, (graph, frames, layer, weights) =>
    {
        int channels = layer == 0 ? ConvLstmSize.Channels : size.Hidden, hidden = size.Hidden;
        OnnxValue kernel = Kernel(graph, $"kernel{layer}", weights.Kernels[layer], channels + hidden, size);
        OnnxValue bias = graph.Constant($"bias{layer}", weights.Biases[layer], 4 * hidden);
        OnnxValue h = Zeros(graph, $"zeros{layer}", size, batch), c = h;
        var states = new OnnxValue[frames.Length];
        for (int t = 0; t < frames.Length; t++)
        {
            IReadOnlyList<OnnxValue> parts = graph.Split(graph.Conv(graph.Concat(1, frames[t], h), kernel, bias, padding: 1), 1,
                hidden, hidden, hidden, hidden);
            OnnxValue i = graph.Sigmoid(parts[0]), f = graph.Sigmoid(parts[1]), o = graph.Sigmoid(parts[2]), news = graph.Tanh(parts[3]);
            c = graph.Add(graph.Mul(f, c), graph.Mul(i, news));
            states[t] = h = graph.Mul(o, graph.Tanh(c));
        }
        return states;
    });

    /// <summary>Only what cannot be left out: joins and convolutions, of the same sizes; its risk means nothing.</summary>
    public static byte[] Stripped(ConvLstmSize size, int batch) => Write("stripped", size, batch, (graph, frames, layer, weights) =>
    {
        int channels = layer == 0 ? ConvLstmSize.Channels : size.Hidden;
        OnnxValue kernel = Kernel(graph, $"kernel{layer}", weights.Kernels[layer], channels + size.Hidden, size);
        OnnxValue bias = graph.Constant($"bias{layer}", weights.Biases[layer], 4 * size.Hidden);
        OnnxValue h = Zeros(graph, $"zeros{layer}", size, batch);
        var states = new OnnxValue[frames.Length];
        for (int t = 0; t < frames.Length; t++)
        {
            OnnxValue gates = graph.Conv(graph.Concat(1, frames[t], h), kernel, bias, padding: 1);
            states[t] = h = graph.Slice(gates, graph.Integers(0), graph.Integers(size.Hidden), graph.Integers(1));
        }
        return states;
    });

    /// <summary>
    /// Another network, with fewer weights: gates from a convolution of each channel by itself and a product over the channels (separable,
    /// as in MobileNets). First steps as the library has them; its risk means nothing.
    /// </summary>
    public static byte[] Separable(ConvLstmSize size, int? batch) => Write("separable", size, batch, (graph, frames, layer, weights) =>
    {
        int channels = layer == 0 ? ConvLstmSize.Channels : size.Hidden, taps = ConvLstmSize.Kernel * ConvLstmSize.Kernel;
        OnnxValue bias = graph.Constant($"bias{layer}", weights.Biases[layer], 4 * size.Hidden);
        Func<OnnxValue, OnnxValue> first = Of("first", channels), both = Of("both", channels + size.Hidden);
        return ConvLstmGraph.Unroll(graph, frames, (frame, h) => h is null ? first(frame) : both(graph.Concat(1, frame, h)), size.Hidden);

        Func<OnnxValue, OnnxValue> Of(string name, int inputs)
        {
            OnnxValue each = graph.Constant($"{name}_each{layer}", weights.Kernels[layer].AsSpan(0, inputs * taps),
                inputs, 1, ConvLstmSize.Kernel, ConvLstmSize.Kernel);
            OnnxValue across = graph.Constant($"{name}_across{layer}", weights.Kernels[layer].AsSpan(0, 4 * size.Hidden * inputs),
                4 * size.Hidden, inputs, 1, 1);
            return x => graph.Conv(graph.Conv(x, each, padding: 1, groups: inputs), across, bias);
        }
    });

    static byte[] Write(string name, ConvLstmSize size, int? fixedBatch,
        Func<OnnxGraphBuilder, OnnxValue[], int, ConvLstmWeights, OnnxValue[]> layer, string? metadata = null)
    {
        var weights = new ConvLstmWeights(size);
        var graph = new OnnxGraphBuilder(name);
        bool isFixed = fixedBatch is not null;
        OnnxDimension batch = fixedBatch is { } given ? given : "batch",
            row = isFixed ? size.Side : "row", column = isFixed ? size.Side : "column";
        OnnxValue maps = graph.Input("maps", batch, size.Steps, ConvLstmSize.Channels, row, column);
        OnnxValue[] frames = [.. Enumerable.Range(0, size.Steps).Select(t => graph.Gather(maps, t, 1))];
        for (int i = 0; i < size.Layers; i++)
            frames = layer(graph, frames, i, weights);
        OnnxValue head = graph.Constant("head", weights.Head, 1, size.Hidden, ConvLstmSize.Kernel, ConvLstmSize.Kernel);
        graph.Output("risk", graph.Sigmoid(graph.Conv(frames[^1], head, padding: 1)), batch, 1, row, column);
        if (metadata is not null)
            graph.Metadata[ModelMetadata.Key] = metadata;
        return graph.ToArray();
    }

    static OnnxValue Kernel(OnnxGraphBuilder graph, string name, float[] values, int inputs, ConvLstmSize size) =>
        graph.Constant(name, values, 4 * size.Hidden, inputs, ConvLstmSize.Kernel, ConvLstmSize.Kernel);

    static OnnxValue Zeros(OnnxGraphBuilder graph, string name, ConvLstmSize size, int batch) =>
        graph.Constant(name, new float[batch * size.Hidden * size.Side * size.Side], batch, size.Hidden, size.Side, size.Side);
}
