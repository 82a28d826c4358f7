using HotspotInference.Onnx;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace HotspotInference.Training.Architectures.EncoderDecoder;

/// <summary>
/// A convolution with weights and bias: <c>[batch, channel, row, column]</c> in, the same with other channels out, with a stride of 2 at
/// every other row and column from the first, so that n cells become n / 2, rounded up.
/// </summary>
sealed class ConvolutionLayer : nn.Module<Tensor, Tensor>
{
    readonly CellConvolution _convolution;
    readonly int _channels;
    readonly Parameter _kernel;
    readonly Parameter _bias;

    /// <param name="channels">Channels in.</param>
    /// <param name="outputs">Channels out.</param>
    /// <param name="kernelSize">The kernel's size, odd.</param>
    /// <param name="padding">What it sees beyond the edge.</param>
    /// <param name="shape">The grid it is applied to.</param>
    /// <param name="stride">1, or 2.</param>
    /// <exception cref="HotspotException">The kernel is even, or too large for the padding on this grid.</exception>
    public ConvolutionLayer(int channels, int outputs, int kernelSize, BorderPadding padding, NetworkShape shape, int stride = 1)
        : base(nameof(ConvolutionLayer))
    {
        _convolution = new CellConvolution(kernelSize, padding, shape, stride);
        _channels = channels;
        _kernel = new Parameter(empty([outputs, channels, kernelSize, kernelSize]));
        _bias = new Parameter(zeros([outputs]));
        nn.init.xavier_uniform_(_kernel);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => Apply(input, isFrozen: false);

    /// <summary>Convolves.</summary>
    /// <param name="x">What is convolved.</param>
    /// <param name="isFrozen">Whether gradients go past its weights, to <paramref name="x"/> only.</param>
    public Tensor Apply(Tensor x, bool isFrozen)
    {
        using var scope = NewDisposeScope();
        Tensor kernel = isFrozen ? _kernel.detach() : _kernel, bias = isFrozen ? _bias.detach() : _bias;
        return _convolution.Apply(x, kernel, bias, _convolution.Scale(x)).MoveToOuterDisposeScope();
    }

    /// <summary>Sets its weights and its bias to 0.</summary>
    public void Clear()
    {
        using var noGrad = no_grad();
        _kernel.zero_().Dispose();
        _bias.zero_().Dispose();
    }

    /// <summary>Adds to its bias, outside of training.</summary>
    /// <param name="by">One number for each channel out.</param>
    public void Shift(ReadOnlySpan<double> by) => Network.Shift(_bias, by);

    /// <summary>The same in ONNX.</summary>
    /// <param name="graph">Gets the nodes.</param>
    /// <param name="x">What is convolved.</param>
    /// <param name="name">Names the constants.</param>
    public OnnxValue Export(OnnxGraphBuilder graph, OnnxValue x, string name) => _convolution.Apply(graph, x,
        graph.Weights($"{name}_kernel", _kernel), graph.Weights($"{name}_bias", _bias), _convolution.Scale(graph, x, _channels, name));
}
