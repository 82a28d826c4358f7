using HotspotInference.Onnx;
using static TorchSharp.torch;

namespace HotspotInference.Training;

/// <summary>
/// Binary cross-entropy of "at least one incident", with weight w for cells with incidents and v for those without. What minimises it
/// is p w / (p w + (1 - p) v) and not p: risk is the logit less ln(w / v).
/// </summary>
sealed class CrossEntropyObjective : Objective
{
    readonly double[] _baseRates;
    readonly float[] _positive, _negative;

    /// <param name="baseRates">For each class the share of cell-periods with incidents.</param>
    /// <param name="weights">For each class w and v.</param>
    public CrossEntropyObjective(IReadOnlyList<double> baseRates, IReadOnlyList<(double Positive, double Negative)> weights)
    {
        _baseRates = [.. baseRates];
        _positive = [.. weights.Select(pair => (float)pair.Positive)];
        _negative = [.. weights.Select(pair => (float)pair.Negative)];
    }

    public override double[] ConstantLogits =>
        [.. _baseRates.Select((rate, c) => Math.Log(rate / (1 - rate)) + Math.Log((double)_positive[c] / _negative[c]))];

    float[] Shift => [.. _positive.Zip(_negative, (positive, negative) => (float)Math.Log((double)positive / negative))];

    public override Tensor Loss(Tensor logits, Tensor counts)
    {
        using var scope = NewDisposeScope();
        Tensor negative = tensor(_negative).view(-1, 1, 1), ratio = tensor(_positive).view(-1, 1, 1) / negative;
        // Logits of several members have one more dimension.
        Tensor happened = counts.gt(0).to(logits.dtype).expand(logits.shape);
        return nn.functional.binary_cross_entropy_with_logits(logits, happened, negative, pos_weights: ratio).MoveToOuterDisposeScope();
    }

    public override Tensor Risk(Tensor logits)
    {
        using var scope = NewDisposeScope();
        return (logits - tensor(Shift).view(-1, 1, 1)).sigmoid().MoveToOuterDisposeScope();
    }

    public override (OnnxValue Risk, OnnxValue? Intensity) Export(OnnxGraphBuilder graph, OnnxValue logits) =>
        (graph.Sigmoid(graph.Sub(logits, graph.Constant("class_weight_shift", Shift, Shift.Length, 1, 1))), null);
}
