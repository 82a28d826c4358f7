using HotspotInference.Onnx;
using HotspotInference.Prediction;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace HotspotInference.Training.Architectures.StResNet;

/// <summary>
/// Branches over maps at their own lags, weighed and added, with what the calendar and external features add: Zhang, Zheng and Qi
/// 2017, "fusion". On request the
/// branches see the maps on a finer grid, and their sum is averaged back to cells. Branches see log(1 + count).
/// </summary>
sealed class StResNetNetwork : Network
{
    readonly LagLists _lags;
    readonly int _fineness;
    readonly ModuleList<Branch> _branches;
    // [branch, class, row, column] of the finer grid, or [branch, class, 1, 1].
    readonly Parameter _fusion;
    readonly Parameter _bias;
    // Null without features of the city.
    readonly CityTerm? _city;
    // Null without external features.
    readonly ExternalTerm? _external;

    /// <param name="shape">Its sizes.</param>
    /// <param name="lags">Which maps each branch sees.</param>
    /// <param name="branches">The branches, one for each list of lags.</param>
    /// <param name="fusion">What branches are weighed with.</param>
    /// <param name="fineness">How many times as many rows and columns the branches' grid has.</param>
    /// <param name="city">What the calendar adds; null for nothing.</param>
    public StResNetNetwork(NetworkShape shape, LagLists lags, Branch[] branches, Fusion fusion, int fineness, CityTerm? city)
        : base(nameof(StResNetNetwork), shape)
    {
        _lags = lags;
        _fineness = fineness;
        _branches = nn.ModuleList(branches);
        _fusion = new Parameter(fusion == Fusion.Channel ? ones([branches.Length, shape.Classes, 1, 1])
            : ones([branches.Length, shape.Classes, shape.Rows * fineness, shape.Columns * fineness]));
        _bias = new Parameter(zeros([shape.Classes]));
        _city = city;
        _external = shape.External > 0 ? new ExternalTerm(shape) : null;
        Grid = fusion == Fusion.Channel ? GridMode.Any : GridMode.Fixed;
        RegisterComponents();
    }

    public override GridMode Grid { get; }

    /// <summary>What belongs to single cells.</summary>
    public override IReadOnlyList<string> OwnParameters => Grid == GridMode.Any ? []
        : [nameof(_fusion), .. (_city?.named_parameters() ?? []).Select(parameter => $"{nameof(_city)}.{parameter.name}")];

    public override void ShiftLogits(ReadOnlySpan<double> by) => Shift(_bias, by);

    public override Tensor forward(NetworkInput input)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor[] weights = _fusion.unbind(0);
        Tensor fused = _branches[0].call(MapsOf(0)) * weights[0];
        for (int i = 1; i < _branches.Count; i++)
            fused += _branches[i].call(MapsOf(i)) * weights[i];
        Tensor logits = Coarse(fused) + _bias.view(-1, 1, 1);
        if (_city is not null)
            logits += _city.call(input.Calendar!);
        if (_external is not null)
            logits += _external.call(input.External!);
        return logits.MoveToOuterDisposeScope();

        Tensor MapsOf(int branch)
        {
            long[][] positions = _lags.Positions[branch];
            long[] sizes = input.Maps.shape;
            Tensor maps = input.Maps.index_select(1, tensor([.. positions.SelectMany(summed => summed)]))
                .view(sizes[0], positions.Length, positions[0].Length, sizes[2], sizes[3], sizes[4]).sum(2).flatten(1, 2);
            if (_fineness > 1)
                maps = nn.functional.interpolate(maps, scale_factor: [_fineness, _fineness], mode: InterpolationMode.Bilinear,
                    align_corners: false);
            // A night of fireworks must not outweigh all others.
            return (maps + 1).log();
        }
    }

    Tensor Coarse(Tensor fine)
    {
        long rows = fine.shape[2] / _fineness, columns = fine.shape[3] / _fineness;
        return _fineness == 1 ? fine : fine.view(-1, Shape.Classes, rows, _fineness, columns, _fineness).mean([3, 5]);
    }

    public override OnnxValue Export(OnnxGraphBuilder graph, GraphInputs inputs)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor[] weights = _fusion.unbind(0);
        OnnxValue? fused = null;
        for (int i = 0; i < _branches.Count; i++)
        {
            OnnxValue maps = graph.Concat(1, Array.ConvertAll(_lags.Positions[i], MapAt));
            OnnxValue fine = _fineness == 1 ? maps : graph.Upsample(maps, _fineness);
            OnnxValue scaled = graph.Log(graph.Add(fine, graph.Scalar(1)));
            OnnxValue weighed = graph.Mul(_branches[i].Export(graph, scaled, $"branch{i}"), graph.Weights($"fusion{i}", weights[i]));
            fused = fused is null ? weighed : graph.Add(fused, weighed);
        }
        OnnxValue coarse = _fineness == 1 ? fused! : graph.AveragePool(fused!, _fineness);
        OnnxValue logits = graph.Add(coarse, graph.Weights("bias", _bias.view(-1, 1, 1)));
        if (_city is not null)
            logits = graph.Add(logits, _city.Export(graph, inputs.Calendar!));
        return _external is null ? logits : graph.Add(logits, _external.Export(graph, inputs.External!));

        OnnxValue MapAt(long[] summed) => summed is [long only] ? graph.Gather(inputs.Maps, (int)only, 1)
            : graph.ReduceSum(graph.Gather(inputs.Maps, graph.Integers(summed), 1), 1);
    }
}
