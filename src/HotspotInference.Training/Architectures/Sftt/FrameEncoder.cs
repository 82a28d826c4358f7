using HotspotInference.Onnx;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace HotspotInference.Training.Architectures.Sftt;

/// <summary>
/// What is seen in one map, as a list of numbers: blocks of two 3 x 3 convolutions and a pooling that halves rows and columns, as VGG has
/// them (Simonyan and Zisserman 2015), then a dense layer; after each but the poolings <c>max(0, x)</c>. An odd last row or column is
/// pooled alone.
/// </summary>
sealed class FrameEncoder : nn.Module<Tensor, Tensor>
{
    readonly ModuleList<Conv2d> _convolutions;
    readonly Linear _dense;

    /// <param name="shape">The sizes of a map.</param>
    /// <param name="filters">Channels of each block.</param>
    /// <param name="features">How many numbers come out.</param>
    public FrameEncoder(NetworkShape shape, int[] filters, int features)
        : base(nameof(FrameEncoder))
    {
        _convolutions = nn.ModuleList(filters.SelectMany((count, i) => (Conv2d[])
            [nn.Conv2d(i == 0 ? shape.Channels : filters[i - 1], count, 3, padding: 1), nn.Conv2d(count, count, 3, padding: 1)]).ToArray());
        _dense = nn.Linear(filters[^1] * Halved(shape.Rows, filters.Length) * (long)Halved(shape.Columns, filters.Length), features);
        RegisterComponents();
    }

    /// <summary>How many numbers come out.</summary>
    public long Features => _dense.weight.shape[0];

    /// <param name="maps"><c>[frame, channel, row, column]</c>.</param>
    /// <returns><c>[frame, feature]</c>.</returns>
    public override Tensor forward(Tensor maps)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = maps;
        for (int i = 0; i < _convolutions.Count; i++)
        {
            x = _convolutions[i].call(x).relu();
            // Pooling over one frame of time is one over rows and columns.
            if (i % 2 == 1)
                x = nn.functional.max_pool3d(x, [1, 2, 2], ceil_mode: true);
        }
        return _dense.call(x.flatten(1)).relu().MoveToOuterDisposeScope();
    }

    /// <summary>Writes it.</summary>
    /// <param name="graph">Gets the nodes.</param>
    /// <param name="maps"><c>[frame, channel, row, column]</c>.</param>
    public OnnxValue Export(OnnxGraphBuilder graph, OnnxValue maps)
    {
        OnnxValue x = maps;
        for (int i = 0; i < _convolutions.Count; i++)
        {
            x = Relu(graph.Conv(x, graph.Weights($"convolution{i}_kernel", _convolutions[i].weight),
                graph.Weights($"convolution{i}_bias", _convolutions[i].bias!), padding: 1));
            if (i % 2 == 1)
                x = graph.Node("MaxPool", [x], OnnxAttribute.Of("kernel_shape", 2, 2), OnnxAttribute.Of("strides", 2, 2),
                    OnnxAttribute.Of("ceil_mode", 1L));
        }
        OnnxValue flat = graph.Reshape(x, graph.Integers(-1, _dense.weight.shape[1]));
        return Relu(graph.Gemm(flat, graph.Weights("features_weight", _dense.weight), graph.Weights("features_bias", _dense.bias!),
            transposeB: true));

        OnnxValue Relu(OnnxValue value) => graph.Node("Relu", [value]);
    }

    static int Halved(int size, int times)
    {
        for (; times > 0; times--)
            size = (size + 1) / 2;
        return size;
    }
}
