using HotspotInference.Onnx;
using HotspotInference.Prediction;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace HotspotInference.Training.Architectures.Sftt;

/// <summary>
/// Spatial features first, then temporal: each map becomes a list of features, by the same weights; LSTM layers read the lists; from the
/// last state dense layers tell each cell's logits, one for where and one for the kinds.
/// </summary>
sealed class SfttNetwork : Network
{
    readonly FrameEncoder _encoder;
    readonly ModuleList<LstmLayer> _layers;
    // Any incident, the last class; and what there is before it, null for nothing.
    readonly Linear _where;
    readonly Linear? _kinds;
    readonly double _dropout;

    public SfttNetwork(NetworkShape shape, FrameEncoder encoder, LstmLayer[] layers, double dropout)
        : base(nameof(SfttNetwork), shape)
    {
        _encoder = encoder;
        _layers = nn.ModuleList(layers);
        _dropout = dropout;
        _where = nn.Linear(layers[^1].Hidden, Cells);
        _kinds = shape.Classes > 1 ? nn.Linear(layers[^1].Hidden, (shape.Classes - 1) * Cells) : null;
        if (_kinds is not null)
        {
            // From zero: a cell without incidents to learn from stays with the kinds that all have.
            nn.init.zeros_(_kinds.weight);
            nn.init.zeros_(_kinds.bias!);
        }
        RegisterComponents();
    }

    public override GridMode Grid => GridMode.Fixed;

    int Cells => Shape.Rows * Shape.Columns;

    public override void ShiftLogits(ReadOnlySpan<double> by)
    {
        using DisposeScope scope = NewDisposeScope();
        using var noGrad = no_grad();
        _where.bias!.add_(by[^1]);
        // A view: the bias itself is added to.
        if (_kinds is not null)
            _kinds.bias!.view(-1, Cells).add_(tensor(by[..^1].ToArray(), ScalarType.Float32).view(-1, 1));
    }

    public override Tensor forward(NetworkInput input)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor maps = input.Maps.transpose(0, 1);
        Tensor features = Dropped(_encoder.call(maps.reshape(-1, Shape.Channels, Shape.Rows, Shape.Columns)));
        Tensor[] steps = features.view(Shape.Steps, -1, features.shape[1]).unbind(0);
        foreach (LstmLayer layer in _layers)
            steps = layer.call(steps);
        Tensor last = Dropped(steps[^1]), where = _where.call(last).view(-1, 1, Shape.Rows, Shape.Columns);
        return (_kinds is null ? where : cat([_kinds.call(last).view(-1, Shape.Classes - 1, Shape.Rows, Shape.Columns), where], 1))
            .MoveToOuterDisposeScope();
    }

    public override OnnxValue Export(OnnxGraphBuilder graph, GraphInputs inputs)
    {
        using DisposeScope scope = NewDisposeScope();
        // Steps first, so that a step's lists lie together.
        OnnxValue maps = graph.Node("Transpose", [inputs.Maps], OnnxAttribute.Of("perm", 1, 0, 2, 3, 4));
        OnnxValue features = _encoder.Export(graph, graph.Reshape(maps, graph.Integers(-1, Shape.Channels, Shape.Rows, Shape.Columns)));
        OnnxValue steps = graph.Reshape(features, graph.Integers(Shape.Steps, -1, _encoder.Features));
        for (int i = 0; i < _layers.Count; i++)
            steps = _layers[i].Export(graph, steps, $"layer{i}");
        OnnxValue last = graph.Gather(steps, Shape.Steps - 1, 0), where = Head(_where, "where", 1);
        return _kinds is null ? where : graph.Concat(1, Head(_kinds, "kinds", Shape.Classes - 1), where);

        OnnxValue Head(Linear dense, string name, int classes) => graph.Reshape(
            graph.Gemm(last, graph.Weights($"{name}_weight", dense.weight), graph.Weights($"{name}_bias", dense.bias!), transposeB: true),
            graph.Integers(-1, classes, Shape.Rows, Shape.Columns));
    }

    Tensor Dropped(Tensor values) => _dropout > 0 ? nn.functional.dropout(values, _dropout, training) : values;
}
