using HotspotInference.Onnx;
using static TorchSharp.torch;

namespace HotspotInference.Training.Architectures.EncoderDecoder;

/// <summary>
/// From a map of n / 2 cells a side, rounded up, back to one of n: cell i gets what cell i / 2, rounded down, has. The ways back from a
/// stride of 2 that are in use give an even number of cells; this one ends where the finer map does, so that any grid will do.
/// </summary>
static class Doubling
{
    const int Int64 = 7;

    /// <param name="coarse"><c>[batch, channel, row, column]</c>.</param>
    /// <param name="fine">A map of the size to give.</param>
    public static Tensor Apply(Tensor coarse, Tensor fine)
    {
        using var scope = NewDisposeScope();
        return nn.functional.interpolate(coarse, scale_factor: [2, 2]).narrow(2, 0, fine.shape[2]).narrow(3, 0, fine.shape[3])
            .MoveToOuterDisposeScope();
    }

    /// <summary>
    /// The same in ONNX, with no look at any shape: as many indices as the finer map has rows are counted along its values.
    /// </summary>
    /// <param name="graph">Gets the nodes.</param>
    /// <param name="coarse"><c>[batch, channel, row, column]</c>; its batch may be another.</param>
    /// <param name="fine">A map of the size to give, of finite numbers.</param>
    public static OnnxValue Apply(OnnxGraphBuilder graph, OnnxValue coarse, OnnxValue fine)
    {
        OnnxValue map = graph.Gather(graph.Gather(fine, 0, 0), 0, 0);
        return graph.Gather(graph.Gather(coarse, Halves(graph, graph.Gather(map, 0, 1)), 2), Halves(graph, graph.Gather(map, 0, 0)), 3);
    }

    // 0, 0, 1, 1, 2 ..., as many as the line has cells.
    static OnnxValue Halves(OnnxGraphBuilder graph, OnnxValue line)
    {
        OnnxValue half = graph.Scalar(0.5f), ones = graph.Exp(graph.Mul(line, graph.Scalar(0)));
        OnnxValue count = graph.Node("CumSum", [ones, graph.Index(0)]);
        return graph.Node("Cast", [graph.Node("Floor", [graph.Sub(graph.Mul(count, half), half)])], OnnxAttribute.Of("to", Int64));
    }
}
