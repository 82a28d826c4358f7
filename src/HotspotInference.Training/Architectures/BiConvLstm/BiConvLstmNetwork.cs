using HotspotInference.Onnx;
using HotspotInference.Prediction;
using HotspotInference.Training.Architectures.ConvLstm;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace HotspotInference.Training.Architectures.BiConvLstm;

/// <summary>
/// Convolutions over time and space, then ConvLSTM layers that read the window in both directions, their states side by side, batch
/// normalisation after each and pooling over time between them, then a convolution of all frames that are left into one.
/// </summary>
sealed class BiConvLstmNetwork : Network
{
    readonly ModuleList<TimeConvolution> _convolutions;
    readonly ModuleList<ConvLstmLayer> _forwards;
    readonly ModuleList<ConvLstmLayer> _backwards;
    readonly ModuleList<BatchNorm2d> _norms;
    // [class, channel, time, row, column]
    readonly Parameter _head_kernel;
    readonly Parameter _head_bias;
    readonly double _dropout;

    /// <param name="shape">The sizes.</param>
    /// <param name="convolutions">The convolutions before the layers.</param>
    /// <param name="forwards">Each layer as it reads in the order of time.</param>
    /// <param name="backwards">Each layer as it reads from the end.</param>
    /// <param name="dropout">The share of each layer's outputs that is dropped in training.</param>
    /// <param name="headKernel">The last convolution's side, odd.</param>
    /// <param name="grid">Whether a layer has weights for each cell.</param>
    public BiConvLstmNetwork(NetworkShape shape, TimeConvolution[] convolutions, ConvLstmLayer[] forwards, ConvLstmLayer[] backwards,
        double dropout, int headKernel, GridMode grid)
        : base(nameof(BiConvLstmNetwork), shape)
    {
        _convolutions = nn.ModuleList(convolutions);
        _forwards = nn.ModuleList(forwards);
        _backwards = nn.ModuleList(backwards);
        _norms = nn.ModuleList(forwards.Select(layer => nn.BatchNorm2d(2 * layer.Hidden)).ToArray());
        _dropout = dropout;
        int frames = Math.Max(1, shape.Steps >> (forwards.Length - 1));
        _head_kernel = new Parameter(empty([shape.Classes, 2 * forwards[^1].Hidden, frames, headKernel, headKernel]));
        _head_bias = new Parameter(zeros([shape.Classes]));
        nn.init.xavier_uniform_(_head_kernel);
        Grid = grid;
        RegisterComponents();
    }

    public override GridMode Grid { get; }

    int HeadMargin => (int)_head_kernel.shape[^1] / 2;

    public override void ShiftLogits(ReadOnlySpan<double> by) => Shift(_head_bias, by);

    public override Tensor forward(NetworkInput input)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor whole = input.Maps.transpose(1, 2);
        foreach (TimeConvolution convolution in _convolutions)
            whole = convolution.call(whole);
        Tensor frames = whole.permute(2, 0, 1, 3, 4);
        for (int i = 0; i < _forwards.Count; i++)
        {
            // A layer runs over the window from either end; the states of one frame belong together.
            Tensor[] before = _forwards[i].call(frames), after = _backwards[i].call(frames.flip(0));
            Array.Reverse(after);
            frames = stack(before.Zip(after, (past, future) => cat([past, future], 1)));
            frames = _norms[i].call(frames.flatten(0, 1)).view_as(frames);
            if (i < _forwards.Count - 1)
                frames = stack(Frames.Pool(frames.unbind(0), maximum));
            if (_dropout > 0)
                frames = nn.functional.dropout(frames, _dropout, training);
        }
        return nn.functional.conv3d(frames.permute(1, 2, 0, 3, 4), _head_kernel, _head_bias, padding: [0, HeadMargin, HeadMargin])
            .squeeze(2).MoveToOuterDisposeScope();
    }

    public override OnnxValue Export(OnnxGraphBuilder graph, GraphInputs inputs)
    {
        using DisposeScope scope = NewDisposeScope();
        OnnxValue whole = graph.Node("Transpose", [inputs.Maps], OnnxAttribute.Of("perm", 0, 2, 1, 3, 4));
        for (int i = 0; i < _convolutions.Count; i++)
            whole = _convolutions[i].Export(graph, whole, $"convolution{i}");
        OnnxValue[] frames = [.. Enumerable.Range(0, Shape.Steps).Select(t => graph.Gather(whole, t, 2))];
        for (int i = 0; i < _forwards.Count; i++)
        {
            OnnxValue[] before = _forwards[i].Export(graph, frames, $"forward{i}");
            OnnxValue[] after = _backwards[i].Export(graph, [.. frames.Reverse()], $"backward{i}");
            Array.Reverse(after);
            (Tensor factor, Tensor shift) = Frames.Affine(_norms[i]);
            OnnxValue factors = graph.Weights($"norm{i}_factor", factor), shifts = graph.Weights($"norm{i}_shift", shift);
            frames = [.. before.Zip(after, (past, future) => graph.Add(graph.Mul(graph.Concat(1, past, future), factors), shifts))];
            if (i < _forwards.Count - 1)
                frames = Frames.Pool(frames, graph.Max);
        }
        // Time is a part of the channels here: the kernel leaves one frame.
        Tensor kernel = _head_kernel.transpose(1, 2).flatten(1, 2);
        return graph.Conv(frames.Length == 1 ? frames[0] : graph.Concat(1, frames), graph.Weights("head_kernel", kernel.contiguous()),
            graph.Weights("head_bias", _head_bias), HeadMargin);
    }
}
