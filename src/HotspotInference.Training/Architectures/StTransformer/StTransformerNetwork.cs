using HotspotInference.Onnx;
using HotspotInference.Prediction;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace HotspotInference.Training.Architectures.StTransformer;

/// <summary>
/// Patches of the maps of a window as tokens, with learnt embeddings of where and when they are, through blocks of divided attention;
/// the last
/// map's tokens become the cells' logits. Maps enter as log(1 + count).
/// </summary>
sealed class StTransformerNetwork : Network
{
    // As in the authors' code.
    const double PositionDeviation = 0.02;

    readonly PatchGrid _grid;
    readonly Dense _embedding;
    // [patch, width] and [time, 1, width].
    readonly Parameter _places;
    readonly Parameter _times;
    readonly ModuleList<DividedBlock> _blocks;
    readonly TokenNorm _last_norm;
    readonly Dense _head;

    /// <param name="shape">Its sizes.</param>
    /// <param name="grid">How maps are cut.</param>
    /// <param name="width">Elements of a token.</param>
    /// <param name="blocks">The blocks, at least one, the last of which knows that it is.</param>
    public StTransformerNetwork(NetworkShape shape, PatchGrid grid, int width, DividedBlock[] blocks)
        : base(nameof(StTransformerNetwork), shape)
    {
        _grid = grid;
        _embedding = new Dense(shape.Channels * grid.CellCount, width);
        _places = new Parameter(zeros([grid.Count, width]));
        _times = new Parameter(zeros([shape.Steps, 1, width]));
        nn.init.normal_(_places, std: PositionDeviation);
        nn.init.normal_(_times, std: PositionDeviation);
        _blocks = nn.ModuleList(blocks);
        _last_norm = new TokenNorm(width);
        // 0 at the start, so that training begins at the forecast that is the same everywhere.
        _head = new Dense(width, shape.Classes * grid.CellCount, isZero: true);
        RegisterComponents();
    }

    /// <summary>Each patch has an embedding of its place.</summary>
    public override GridMode Grid => GridMode.Fixed;

    /// <summary>The embeddings of places.</summary>
    public override IReadOnlyList<string> OwnParameters => [nameof(_places)];

    public override void ShiftLogits(ReadOnlySpan<double> by)
    {
        using var noGrad = no_grad();
        using Tensor shift = tensor(by.ToArray(), ScalarType.Float32), column = shift.view(-1, 1),
            bias = _head.Bias.view(Shape.Classes, -1);
        bias.add_(column).Dispose();
    }

    public override Tensor forward(NetworkInput input)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = _embedding.call(_grid.Cut((input.Maps + 1).log())) + _places + _times;
        foreach (DividedBlock block in _blocks)
            x = block.call(x);
        Tensor last = _last_norm.call(x.squeeze(1));
        return _grid.Join(_head.call(last), Shape.Classes).contiguous().MoveToOuterDisposeScope();
    }

    public override OnnxValue Export(OnnxGraphBuilder graph, GraphInputs inputs)
    {
        OnnxValue scaled = graph.Log(graph.Add(inputs.Maps, graph.Scalar(1)));
        OnnxValue x = _embedding.Export(graph, _grid.Cut(graph, scaled, Shape.Steps, Shape.Channels), "embedding");
        x = graph.Add(graph.Add(x, graph.Weights("places", _places)), graph.Weights("times", _times));
        for (int i = 0; i < _blocks.Count; i++)
            x = _blocks[i].Export(graph, x, $"block{i}");
        OnnxValue last = _last_norm.Export(graph, graph.Gather(x, 0, 1), "last_norm");
        return _grid.Join(graph, _head.Export(graph, last, "head"), Shape.Classes);
    }
}
