using HotspotInference.Onnx;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace HotspotInference.Training.Architectures.StResNet;

/// <summary>A convolution with its weights: <c>[batch, channel, row, column]</c> in, the same rows and columns out.</summary>
sealed class ConvolutionLayer : nn.Module<Tensor, Tensor>
{
    readonly int _channels;
    readonly CellConvolution _convolution;
    readonly Parameter _kernel;
    readonly Parameter _bias;

    /// <param name="channels">Channels of the input.</param>
    /// <param name="filters">Channels of the output.</param>
    /// <param name="kernelSize">The kernel's size, which <paramref name="convolution"/> was made for.</param>
    /// <param name="convolution">How the border is treated.</param>
    public ConvolutionLayer(int channels, int filters, int kernelSize, CellConvolution convolution)
        : base(nameof(ConvolutionLayer))
    {
        _channels = channels;
        _convolution = convolution;
        _kernel = new Parameter(empty([filters, channels, kernelSize, kernelSize]));
        _bias = new Parameter(zeros([filters]));
        nn.init.xavier_uniform_(_kernel);
        RegisterComponents();
    }

    /// <summary>Sets its weights to 0.</summary>
    public void Clear()
    {
        using var noGrad = no_grad();
        _kernel.zero_().Dispose();
    }

    public override Tensor forward(Tensor input) => _convolution.Apply(input, _kernel, _bias, _convolution.Scale(input));

    public OnnxValue Export(OnnxGraphBuilder graph, OnnxValue input, string name) => _convolution.Apply(graph, input,
        graph.Weights($"{name}_kernel", _kernel), graph.Weights($"{name}_bias", _bias), _convolution.Scale(graph, input, _channels, name));
}
