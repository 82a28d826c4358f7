using HotspotInference.Onnx;
using HotspotInference.Prediction;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace HotspotInference.Training.Architectures.ConvLstm;

/// <summary>
/// Layers, each followed by pooling over time, and a convolution of the last frame, beside which external features stand as channels.
/// </summary>
sealed partial class ConvLstmNetwork : Network
{
    readonly ModuleList<ConvLstmLayer> _layers;
    readonly ModuleList<BatchNorm2d> _norms;
    readonly Parameter _head_kernel;
    readonly Parameter _head_bias;
    readonly CellConvolution _headConvolution;
    readonly Pooling _pooling;
    readonly double _dropout;
    readonly int _learntSteps;

    public ConvLstmNetwork(NetworkShape shape, ConvLstmLayer[] layers, Pooling pooling, Normalization normalization,
        double dropout, int headKernel,
        CellConvolution headConvolution, Peephole peephole, int learntSteps = 0)
        : base(nameof(ConvLstmNetwork), shape)
    {
        _layers = nn.ModuleList(layers);
        _norms = nn.ModuleList(layers.Where(_ => normalization == Normalization.Batch)
            .Select(layer => nn.BatchNorm2d(layer.Hidden)).ToArray());
        _pooling = pooling;
        _dropout = dropout;
        _learntSteps = learntSteps;
        _headConvolution = headConvolution;
        _head_kernel = new Parameter(empty([shape.Classes, layers[^1].Hidden + shape.External, headKernel, headKernel]));
        _head_bias = new Parameter(zeros([shape.Classes]));
        nn.init.xavier_uniform_(_head_kernel);
        Grid = peephole == Peephole.Cell ? GridMode.Fixed : GridMode.Any;
        RegisterComponents();
    }

    public override GridMode Grid { get; }

    public override void ShiftLogits(ReadOnlySpan<double> by) => Shift(_head_bias, by);

    public override Tensor forward(NetworkInput input)
    {
        using DisposeScope scope = NewDisposeScope();
        return Run(input, null).Logits.MoveToOuterDisposeScope();
    }

    // From a state, where there is one, and with the state behind the last map: hidden and cell of each layer.
    (Tensor Logits, (Tensor Hidden, Tensor Cell)[] State) Run(NetworkInput input, (Tensor Hidden, Tensor Cell)[]? from)
    {
        Tensor frames = input.Maps.transpose(0, 1);
        var behind = new (Tensor, Tensor)[_layers.Count];
        for (int i = 0; i < _layers.Count; i++)
        {
            (Tensor[] hidden, Tensor cell) = _layers[i].Run(frames, from?[i]);
            behind[i] = (hidden[^1], cell);
            Tensor[] states = Pool(hidden, maximum);
            frames = stack(i < _layers.Count - 1 ? states : states[^1..]);
            if (_norms.Count > 0)
                frames = _norms[i].call(frames.flatten(0, 1)).view_as(frames);
            if (_dropout > 0)
                frames = nn.functional.dropout(frames, _dropout, training);
        }
        Tensor last = frames.squeeze(0);
        if (Shape.External > 0)
            last = cat([last, input.External!], 1);
        return (_headConvolution.Apply(last, _head_kernel, _head_bias, _headConvolution.Scale(last)), behind);
    }

    public override OnnxValue Export(OnnxGraphBuilder graph, GraphInputs inputs)
    {
        using DisposeScope scope = NewDisposeScope();
        OnnxValue[] frames = [.. Enumerable.Range(0, Shape.Steps).Select(t => graph.Gather(inputs.Maps, t, 1))];
        for (int i = 0; i < _layers.Count; i++)
        {
            OnnxValue[] states = Pool(_layers[i].Export(graph, frames, $"layer{i}"), graph.Max);
            frames = Normalize(graph, i < _layers.Count - 1 ? states : states[^1..], i);
        }
        return ExportHead(graph, frames[0], inputs);
    }

    OnnxValue[] Normalize(OnnxGraphBuilder graph, OnnxValue[] frames, int layer)
    {
        if (_norms.Count == 0)
            return frames;
        // Not folded into the next convolution: that would be wrong at a padded border.
        (Tensor factor, Tensor shift) = Frames.Affine(_norms[layer]);
        OnnxValue factors = graph.Weights($"norm{layer}_factor", factor), shifts = graph.Weights($"norm{layer}_shift", shift);
        return Array.ConvertAll(frames, frame => graph.Add(graph.Mul(frame, factors), shifts));
    }

    OnnxValue ExportHead(OnnxGraphBuilder graph, OnnxValue frame, GraphInputs inputs)
    {
        OnnxValue last = Shape.External > 0 ? graph.Concat(1, frame, inputs.External!) : frame;
        OnnxValue? scale = _headConvolution.Scale(graph, last, _layers[_layers.Count - 1].Hidden + Shape.External, "head");
        return _headConvolution.Apply(graph, last, graph.Weights("head_kernel", _head_kernel),
            graph.Weights("head_bias", _head_bias), scale);
    }

    T[] Pool<T>(T[] frames, Func<T, T, T> larger) => _pooling == Pooling.None ? frames : Frames.Pool(frames, larger);
}
