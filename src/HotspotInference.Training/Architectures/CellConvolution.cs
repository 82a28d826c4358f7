using HotspotInference.Onnx;
using TorchSharp;
using static TorchSharp.torch;

namespace HotspotInference.Training.Architectures;

/// <summary>
/// A convolution that keeps the grid's size, in libtorch and in ONNX alike: kernel size and padding. With a stride it keeps every so
/// many-th row and column, from the first on. Immutable.
/// </summary>
sealed class CellConvolution
{
    readonly BorderPadding _padding;
    readonly int _kernelSize;
    readonly int _stride;

    /// <exception cref="HotspotException">The kernel is even, or too large for the padding on this grid.</exception>
    public CellConvolution(int kernelSize, BorderPadding padding, NetworkShape shape, int stride = 1)
    {
        if (kernelSize % 2 == 0)
            throw new HotspotException("kernel size", $"{kernelSize}", "an odd number", "An even kernel has no middle: choose 3 or 5.");
        if (padding == BorderPadding.Reflect && kernelSize / 2 >= Math.Min(shape.Rows, shape.Columns))
            throw new HotspotException("kernel size", $"{kernelSize} with reflected borders on a grid of {shape.Rows} x {shape.Columns}",
                "less than twice the grid's smaller side", "Choose a smaller kernel, a finer grid, or another padding.");
        _kernelSize = kernelSize;
        _padding = padding;
        _stride = stride;
    }

    int Margin => _kernelSize / 2;

    long[] Strides => [_stride, _stride];

    /// <summary>
    /// How much of the kernel lies outside at each cell, as the factor that makes up for it, <c>[1, 1, row, column]</c>; null where the
    /// padding needs none.
    /// </summary>
    public Tensor? Scale(Tensor like)
    {
        if (_padding != BorderPadding.Partial)
            return null;
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Tensor inside = nn.functional.conv2d(ones([1, 1, like.shape[^2], like.shape[^1]], like.dtype),
            ones([1, 1, _kernelSize, _kernelSize], like.dtype), strides: Strides, padding: [Margin, Margin]);
        return ((double)(_kernelSize * _kernelSize) / inside).MoveToOuterDisposeScope();
    }

    /// <summary>Convolves.</summary>
    /// <param name="x"><c>[batch, channel, row, column]</c>.</param>
    /// <param name="kernel"><c>[output channel, channel, row, column]</c>.</param>
    /// <param name="bias"><c>[output channel]</c>, or null.</param>
    /// <param name="scale">What <see cref="Scale(Tensor)"/> gave.</param>
    public Tensor Apply(Tensor x, Tensor kernel, Tensor? bias, Tensor? scale)
    {
        if (scale is not null)
        {
            Tensor scaled = nn.functional.conv2d(x, kernel, strides: Strides, padding: [Margin, Margin]) * scale;
            return bias is null ? scaled : scaled + bias.view(-1, 1, 1);
        }
        if (_padding == BorderPadding.Zero || Margin == 0)
            return nn.functional.conv2d(x, kernel, bias, Strides, [Margin, Margin]);
        Tensor padded = nn.functional.pad(x, (Margin, Margin, Margin, Margin),
            _padding == BorderPadding.Reflect ? PaddingModes.Reflect : PaddingModes.Replicate);
        return nn.functional.conv2d(padded, kernel, bias, Strides);
    }

    /// <summary><see cref="Scale(Tensor)"/> in ONNX, with no look at any shape: the ones come from the values of a map.</summary>
    /// <param name="graph">Gets the nodes.</param>
    /// <param name="map"><c>[batch, channel, row, column]</c>, of the grid's size.</param>
    /// <param name="channels">How many channels the map has.</param>
    /// <param name="name">Names the constants.</param>
    public OnnxValue? Scale(OnnxGraphBuilder graph, OnnxValue map, int channels, string name)
    {
        if (_padding != BorderPadding.Partial)
            return null;
        OnnxValue zeros = graph.Conv(map, graph.Constant($"{name}_no_channel", new float[channels], 1, channels, 1, 1));
        OnnxValue isInside = graph.Exp(zeros);
        var window = new float[_kernelSize * _kernelSize];
        Array.Fill(window, 1);
        OnnxValue kernel = graph.Constant($"{name}_window", window, 1, 1, _kernelSize, _kernelSize);
        OnnxValue inside = graph.StridedConv(isInside, kernel, null, Margin, _stride);
        return graph.Div(graph.Scalar(window.Length), inside);
    }

    /// <summary><see cref="Apply(Tensor, Tensor, Tensor?, Tensor?)"/> in ONNX.</summary>
    /// <param name="graph">Gets the nodes.</param>
    /// <param name="x"><c>[batch, channel, row, column]</c>.</param>
    /// <param name="kernel"><c>[output channel, channel, row, column]</c>.</param>
    /// <param name="bias"><c>[output channel]</c>.</param>
    /// <param name="scale">What <see cref="Scale(OnnxGraphBuilder, OnnxValue, int, string)"/> gave.</param>
    public OnnxValue Apply(OnnxGraphBuilder graph, OnnxValue x, OnnxValue kernel, OnnxValue bias, OnnxValue? scale)
    {
        if (scale is not null)
            return graph.Add(graph.Mul(graph.StridedConv(x, kernel, null, Margin, _stride), scale),
                graph.Unsqueeze(bias, graph.Integers(1, 2)));
        if (_padding == BorderPadding.Zero || Margin == 0)
            return graph.StridedConv(x, kernel, bias, Margin, _stride);
        string mode = _padding == BorderPadding.Reflect ? "reflect" : "edge";
        OnnxValue padded = graph.Pad(x, mode, 0, 0, Margin, Margin, 0, 0, Margin, Margin);
        return graph.StridedConv(padded, kernel, bias, 0, _stride);
    }
}
