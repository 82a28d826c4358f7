using HotspotInference.Onnx;
using static TorchSharp.torch;

namespace HotspotInference.Training;

/// <summary>Poisson likelihood of the counts; a logit is the logarithm of the expected count.</summary>
/// <param name="meanCounts">For each class the mean count of a cell in a period.</param>
sealed class PoissonObjective(IReadOnlyList<double> meanCounts) : Objective
{
    // A wild logit then gives a large number and not infinity.
    const float LargestLogit = 20;

    public override double[] ConstantLogits => [.. meanCounts.Select(mean => Math.Log(mean))];

    public override Tensor Loss(Tensor logits, Tensor counts)
    {
        using var scope = NewDisposeScope();
        return nn.functional.poisson_nll_loss(Bounded(logits), counts).MoveToOuterDisposeScope();
    }

    public override Tensor Risk(Tensor logits)
    {
        using var scope = NewDisposeScope();
        Tensor t = (Bounded(logits).exp() * 0.5).tanh();
        return (2 * t / (t + 1)).MoveToOuterDisposeScope();
    }

    public override Tensor Rate(Tensor logits)
    {
        using var scope = NewDisposeScope();
        return Bounded(logits).exp().MoveToOuterDisposeScope();
    }

    public override OnnxValue ExportRate(OnnxGraphBuilder graph, OnnxValue logits) =>
        graph.Exp(graph.Clip(logits, graph.Scalar(-LargestLogit), graph.Scalar(LargestLogit)));

    public override (OnnxValue Risk, OnnxValue? Intensity) Export(OnnxGraphBuilder graph, OnnxValue logits)
    {
        OnnxValue intensity = ExportRate(graph, logits);
        return (graph.PoissonRisk(intensity), intensity);
    }

    static Tensor Bounded(Tensor logits) => logits.clamp(-LargestLogit, LargestLogit);
}
