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

    // softplus: -ln(1 - sigmoid(x)).
    public override Tensor Rate(Tensor logits)
    {
        using var scope = NewDisposeScope();
        return nn.functional.softplus(logits - tensor(Shift).view(-1, 1, 1)).MoveToOuterDisposeScope();
    }

    public override OnnxValue ExportRate(OnnxGraphBuilder graph, OnnxValue logits)
    {
        // ONNX Runtime's Softplus adds 1 to a small number and loses its digits: max(x, 0) + ln(1 + y) with y = e^-|x|, and ln(1 + y) is
        // 2 atanh(y / (2 + y)).
        OnnxValue x = graph.Sub(logits, graph.Constant("rate_shift", Shift, Shift.Length, 1, 1));
        OnnxValue y = graph.Exp(graph.Node("Neg", [graph.Node("Abs", [x])]));
        OnnxValue half = graph.Node("Atanh", [graph.Div(y, graph.Add(y, graph.Scalar(2)))]);
        return graph.Add(graph.Max(x, graph.Scalar(0)), graph.Add(half, half));
    }

    public override (OnnxValue Risk, OnnxValue? Intensity) Export(OnnxGraphBuilder graph, OnnxValue logits) =>
        (graph.Sigmoid(graph.Sub(logits, graph.Constant("class_weight_shift", Shift, Shift.Length, 1, 1))), null);
}
