using HotspotInference.Onnx;
using static TorchSharp.torch;

namespace HotspotInference.Training.Architectures.HstLstm;

/// <summary>
/// An interval of time or space as the bounds of its slot (Kong and Wu 2018): with u and l the bounds above and below v, the bound u has
/// the weight (v - l) / (u - l) and l the rest, all others none. As a row of weights over all bounds this is max(0, 1 - |v / width - k|).
/// Immutable.
/// </summary>
/// <param name="Count">How many slots of equal width, at least 1; there is one bound more.</param>
/// <param name="Largest">The highest bound, above 0: longer intervals count as this.</param>
sealed record IntervalSlots(int Count, double Largest)
{
    /// <summary>How many bounds there are.</summary>
    public int Bounds => Count + 1;

    double PerWidth => Count / Largest;

    float[] Positions => [.. Enumerable.Range(0, Bounds).Select(k => (float)k)];

    /// <summary>The weights of the bounds.</summary>
    /// <param name="intervals"><c>[..., 1]</c>, at least 0.</param>
    /// <returns><c>[..., bound]</c>, which sum to 1.</returns>
    public Tensor Weights(Tensor intervals)
    {
        using var scope = NewDisposeScope();
        Tensor position = (intervals * PerWidth).clamp(0, Count);
        return (1 - (position - tensor(Positions)).abs()).relu().MoveToOuterDisposeScope();
    }

    /// <summary><see cref="Weights(Tensor)"/> in ONNX.</summary>
    /// <param name="graph">Gets the nodes.</param>
    /// <param name="intervals"><c>[..., 1]</c>.</param>
    /// <param name="name">Names the constants.</param>
    public OnnxValue Weights(OnnxGraphBuilder graph, OnnxValue intervals, string name)
    {
        OnnxValue zero = graph.Scalar(0);
        OnnxValue position = graph.Clip(graph.Mul(intervals, graph.Scalar((float)PerWidth)), zero, graph.Scalar(Count));
        OnnxValue distance = graph.Node("Abs", [graph.Sub(position, graph.Constant(name, Positions, Bounds))]);
        return graph.Max(graph.Sub(graph.Scalar(1), distance), zero);
    }
}
