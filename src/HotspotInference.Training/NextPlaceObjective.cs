using HotspotInference.Onnx;
using static TorchSharp.torch;

namespace HotspotInference.Training;

/// <summary>
/// Cross-entropy over the cells of a grid, one of which has the next incident (Kong and Wu 2018, the likelihood of the next place): logits
/// and counts are <c>[batch, 1, row, column]</c>, and a softmax over the cells is the probability of each.
/// </summary>
sealed class NextPlaceObjective : Objective
{
    // What each cell counts beyond its incidents, so that none is impossible.
    const double Prior = 0.1;

    readonly double[] _frequencies;
    readonly int _rows, _columns;

    /// <param name="frequencies">How often each cell had an incident, <c>[row, column]</c>.</param>
    /// <param name="rows">Rows of the grid.</param>
    /// <param name="columns">Columns of the grid.</param>
    public NextPlaceObjective(IReadOnlyList<double> frequencies, int rows, int columns)
    {
        double sum = frequencies.Sum() + Prior * frequencies.Count;
        _frequencies = [.. frequencies.Select(count => (count + Prior) / sum)];
        (_rows, _columns) = (rows, columns);
    }

    /// <summary>One for each cell: the forecast that is the same for every incident is how often the cells had one.</summary>
    public override double[] ConstantLogits => [.. _frequencies.Select(frequency => Math.Log(frequency))];

    public override Tensor Loss(Tensor logits, Tensor counts)
    {
        using var scope = NewDisposeScope();
        return (-(logits.flatten(1).log_softmax(1) * counts.flatten(1)).sum() / logits.shape[0]).MoveToOuterDisposeScope();
    }

    /// <summary>The probability that the next incident falls into each cell; sums to 1 over the cells.</summary>
    public override Tensor Risk(Tensor logits)
    {
        using var scope = NewDisposeScope();
        return logits.flatten(1).softmax(1).view_as(logits).MoveToOuterDisposeScope();
    }

    /// <summary>The softmax over the cells, <c>[batch, row, column]</c>.</summary>
    public override (OnnxValue Risk, OnnxValue? Intensity) Export(OnnxGraphBuilder graph, OnnxValue logits)
    {
        OnnxValue flat = graph.Reshape(logits, graph.Integers(0, _rows * _columns));
        OnnxValue probabilities = graph.Node("Softmax", [flat], OnnxAttribute.Of("axis", 1));
        return (graph.Reshape(probabilities, graph.Integers(0, _rows, _columns)), null);
    }
}
