using HotspotInference.Onnx;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace HotspotInference.Training.Architectures.BiConvLstm;

/// <summary>
/// Conv3D over time, rows and columns with zeros beyond all edges, then <c>max(0, x)</c>: <c>[batch, channel, time, row, column]</c> in and
/// out, of the same sizes but for the channels. The kernel is a cube.
/// </summary>
sealed class TimeConvolution : nn.Module<Tensor, Tensor>
{
    readonly int _kernelSize;
    readonly Parameter _kernel;
    readonly Parameter _bias;

    /// <param name="channels">Channels in.</param>
    /// <param name="filters">Channels out.</param>
    /// <param name="kernelSize">The kernel's side, odd.</param>
    public TimeConvolution(int channels, int filters, int kernelSize)
        : base(nameof(TimeConvolution))
    {
        _kernelSize = kernelSize;
        _kernel = new Parameter(empty([filters, channels, kernelSize, kernelSize, kernelSize]));
        _bias = new Parameter(zeros([filters]));
        nn.init.xavier_uniform_(_kernel);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        long margin = _kernelSize / 2;
        return nn.functional.conv3d(input, _kernel, _bias, padding: [margin, margin, margin]).relu().MoveToOuterDisposeScope();
    }

    /// <summary>Writes it: a <c>Conv</c> of the same rank, faster in ONNX Runtime than two-dimensional ones frame by frame.</summary>
    /// <param name="graph">Gets the nodes.</param>
    /// <param name="input"><c>[batch, channel, time, row, column]</c>.</param>
    /// <param name="name">Names the constants.</param>
    public OnnxValue Export(OnnxGraphBuilder graph, OnnxValue input, string name)
    {
        long margin = _kernelSize / 2;
        OnnxValue sum = graph.Node("Conv", [input, graph.Weights($"{name}_kernel", _kernel), graph.Weights($"{name}_bias", _bias)],
            OnnxAttribute.Of("pads", margin, margin, margin, margin, margin, margin));
        return graph.Node("Relu", [sum]);
    }
}
