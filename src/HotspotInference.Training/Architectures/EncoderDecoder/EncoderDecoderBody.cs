using HotspotInference.Onnx;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace HotspotInference.Training.Architectures.EncoderDecoder;

/// <summary>
/// A convolutional encoder-decoder of a window of maps, its frames as channels. Level 0 has the grid's resolution, each further one half
/// of it. With * for convolution, *2 for one with stride 2, and [a, b] for channels side by side:
/// <code>
/// e0 = relu(W0 * frames + b0)            el = relu(Wl * relu(Vl *2 e(l-1) + cl) + bl)
/// d  = e of the coarsest level           dl = relu(Ul * [double(d(l+1)), el] + al)           logits = H d0 + h
/// </code>
/// </summary>
sealed class EncoderDecoderBody : nn.Module<Tensor, Tensor>
{
    readonly int _steps;
    readonly SkipConnections _skips;
    // W, one a level; V, for all levels but the first; U, for all but the last.
    readonly ModuleList<ConvolutionLayer> _encoder;
    readonly ModuleList<ConvolutionLayer> _halving;
    readonly ModuleList<ConvolutionLayer> _decoder;
    readonly ConvolutionLayer _head;

    /// <param name="shape">The sizes of the window and of what is forecast.</param>
    /// <param name="widths">Channels of each level, from the grid's resolution to the coarsest; at least two.</param>
    /// <param name="kernelSize">Kernel size of all convolutions but the last, odd.</param>
    /// <param name="padding">What they see beyond the edge.</param>
    /// <param name="skips">Whether the decoder sees the encoder's levels.</param>
    /// <exception cref="HotspotException">The grid is too small for so many levels, or the kernel cannot be used.</exception>
    public EncoderDecoderBody(NetworkShape shape, int[] widths, int kernelSize, BorderPadding padding, SkipConnections skips)
        : base(nameof(EncoderDecoderBody))
    {
        Widths = widths;
        _steps = shape.Steps;
        _skips = skips;
        NetworkShape[] grids = Grids(shape, widths, padding, kernelSize);
        _encoder = nn.ModuleList(widths.Select((width, l) =>
            new ConvolutionLayer(l == 0 ? shape.Steps * shape.Channels : width, width, kernelSize, padding, grids[l])).ToArray());
        _halving = nn.ModuleList(Enumerable.Range(1, widths.Length - 1).Select(l =>
            new ConvolutionLayer(widths[l - 1], widths[l], kernelSize, padding, grids[l - 1], stride: 2)).ToArray());
        _decoder = nn.ModuleList(Enumerable.Range(0, widths.Length - 1).Select(l => new ConvolutionLayer(
            widths[l + 1] + (skips == SkipConnections.None ? 0 : widths[l]), widths[l], kernelSize, padding, grids[l])).ToArray());
        _head = new ConvolutionLayer(widths[0], shape.Classes, 1, BorderPadding.Zero, shape);
        RegisterComponents();
    }

    /// <summary>Channels of each level, from the grid's resolution to the coarsest.</summary>
    public IReadOnlyList<int> Widths { get; }

    /// <param name="input">Windows, <c>[batch, time, channel, row, column]</c>.</param>
    /// <returns>Logits, <c>[batch, class, row, column]</c>.</returns>
    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        return Decode(Encode(input)).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// e of each level, but the coarsest without its relu: what is added to it there moves the whole map. The caller owns all.
    /// </summary>
    public Tensor[] Encode(Tensor maps)
    {
        var levels = new Tensor[_encoder.Count];
        levels[0] = _encoder[0].call(maps.flatten(1, 2));
        for (int l = 1; l < levels.Length; l++)
        {
            levels[l - 1] = levels[l - 1].relu();
            levels[l] = _encoder[l].call(_halving[l - 1].call(levels[l - 1]).relu());
        }
        return levels;
    }

    /// <summary>The logits of what <see cref="Encode(Tensor)"/> gave. The caller owns all.</summary>
    public Tensor Decode(Tensor[] levels)
    {
        Tensor d = levels[^1].relu();
        for (int l = levels.Length - 2; l >= 0; l--)
        {
            Tensor up = Doubling.Apply(d, levels[l]);
            d = _decoder[l].call(_skips == SkipConnections.None ? up : cat([up, levels[l]], 1)).relu();
        }
        return _head.call(d);
    }

    /// <inheritdoc cref="Network.ShiftLogits"/>
    public void ShiftLogits(ReadOnlySpan<double> by) => _head.Shift(by);

    /// <summary><see cref="Encode(Tensor)"/> in ONNX.</summary>
    public OnnxValue[] Encode(OnnxGraphBuilder graph, OnnxValue maps)
    {
        OnnxValue[] frames = [.. Enumerable.Range(0, _steps).Select(t => graph.Gather(maps, t, 1))];
        var levels = new OnnxValue[_encoder.Count];
        levels[0] = _encoder[0].Export(graph, frames is [OnnxValue only] ? only : graph.Concat(1, frames), "encoder0");
        for (int l = 1; l < levels.Length; l++)
        {
            levels[l - 1] = Relu(graph, levels[l - 1]);
            levels[l] = _encoder[l].Export(graph, Relu(graph, _halving[l - 1].Export(graph, levels[l - 1], $"halving{l}")), $"encoder{l}");
        }
        return levels;
    }

    /// <summary><see cref="Decode(Tensor[])"/> in ONNX.</summary>
    public OnnxValue Decode(OnnxGraphBuilder graph, OnnxValue[] levels)
    {
        OnnxValue d = Relu(graph, levels[^1]);
        for (int l = levels.Length - 2; l >= 0; l--)
        {
            OnnxValue up = Doubling.Apply(graph, d, levels[l]);
            d = Relu(graph, _decoder[l].Export(graph, _skips == SkipConnections.None ? up : graph.Concat(1, up, levels[l]), $"decoder{l}"));
        }
        return _head.Export(graph, d, "head");
    }

    static OnnxValue Relu(OnnxGraphBuilder graph, OnnxValue x) => graph.Max(x, graph.Scalar(0));

    // The grid of each level.
    static NetworkShape[] Grids(NetworkShape shape, int[] widths, BorderPadding padding, int kernelSize)
    {
        var grids = new NetworkShape[widths.Length];
        grids[0] = shape;
        for (int l = 1; l < grids.Length; l++)
        {
            NetworkShape finer = grids[l - 1];
            if (finer is { Rows: 1, Columns: 1 })
                throw new HotspotException("hidden", $"{string.Join(',', widths)} on a grid of {shape.Rows} x {shape.Columns}",
                    $"at most {l} numbers, after which one cell is left", "Give fewer, or choose a finer grid.");
            grids[l] = finer with { Rows = (finer.Rows + 1) / 2, Columns = (finer.Columns + 1) / 2 };
        }
        // A mirror needs cells to show, also on the smaller grids that the network takes.
        if (padding == BorderPadding.Reflect && Math.Min(grids[^1].Rows, grids[^1].Columns) is var side && side <= kernelSize / 2 + 1)
            throw new HotspotException("padding", $"reflect with {side} cells left a side at the coarsest of {widths.Length} levels",
                $"at least {kernelSize / 2 + 2}", "Give fewer numbers to --hidden, a finer grid, or another padding.");
        return grids;
    }
}
