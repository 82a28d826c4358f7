using HotspotInference.Onnx;
using HotspotInference.Prediction;
using static TorchSharp.torch;

namespace HotspotInference.Training;

/// <summary>What a network's logits mean, and what it is trained to make small.</summary>
abstract class Objective
{
    /// <summary>The logits, one a class, of the forecast that is the same for every cell and period.</summary>
    public abstract double[] ConstantLogits { get; }

    /// <summary>The loss, averaged over all cells.</summary>
    /// <param name="logits">
    /// <c>[batch, class, row, column]</c>, or <c>[member, batch, class, row, column]</c>: the loss is then the members' mean.
    /// </param>
    /// <param name="counts">How many incidents there were, <c>[batch, class, row, column]</c>.</param>
    public abstract Tensor Loss(Tensor logits, Tensor counts);

    /// <summary>The probability of at least one incident.</summary>
    public abstract Tensor Risk(Tensor logits);

    /// <summary>Fits the expected count, where it is not what is learnt, to what happened. By default nothing has to be.</summary>
    /// <param name="logits">The network's logits, as <see cref="Loss"/> has them.</param>
    /// <param name="counts">How many incidents there were.</param>
    public virtual void FitCounts(Tensor logits, Tensor counts)
    {
    }

    /// <summary>
    /// Fits, beyond its level, how <see cref="Risk"/> follows from logits to what happened on days that were not learnt; before <see cref="FitCounts"/>.
    /// </summary>
    /// <param name="kind">What is fitted.</param>
    /// <param name="logits">The network's logits, <c>[batch, class, row, column]</c>, at the level of these days.</param>
    /// <param name="counts">How many incidents there were.</param>
    /// <exception cref="NotSupportedException">This objective knows no such calibration.</exception>
    public virtual void Calibrate(CalibrationKind kind, Tensor logits, Tensor counts)
    {
        if (kind != CalibrationKind.Level)
            throw new NotSupportedException($"{GetType().Name} has no calibration by {kind}.");
    }

    /// <summary>What <see cref="Calibrate"/> found; null where it did not have to.</summary>
    /// <param name="classes">The names of the classes.</param>
    public virtual ModelCalibration? Calibration(IReadOnlyList<string> classes) => null;

    /// <summary><see cref="Risk"/> in ONNX, with the expected count where the objective has one.</summary>
    public abstract (OnnxValue Risk, OnnxValue? Intensity) Export(OnnxGraphBuilder graph, OnnxValue logits);
}
