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
    /// Fits, beyond its level, how <see cref="Risk"/> follows from logits to what happened on days that were not learnt; before
    /// <see cref="FitCounts"/>.
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

    /// <summary>The probability of each kind given an incident, <c>[batch, kind, row, column]</c>; null where it tells none.</summary>
    public virtual Tensor? Kind(Tensor logits) => null;

    /// <summary>The rate of a Poisson process with the risk of these logits: <c>-ln(1 - risk)</c>, without loss of digits.</summary>
    /// <exception cref="NotSupportedException">This objective knows none.</exception>
    public virtual Tensor Rate(Tensor logits) => throw new NotSupportedException($"{GetType().Name} has no rate.");

    /// <summary>Whether a class's logit sets that class's level and no other's.</summary>
    /// <param name="position">The class, by its position.</param>
    public virtual bool HasLevel(int position) => true;

    /// <summary>Fits the logits of the classes without <see cref="HasLevel"/> to what happened. By default there are none.</summary>
    /// <param name="logits">The network's logits, <c>[batch, class, row, column]</c>.</param>
    /// <param name="counts">How many incidents there were.</param>
    /// <param name="shifts">What is to be added to each class's logits; receives those of these classes.</param>
    public virtual void FitKinds(Tensor logits, Tensor counts, Span<double> shifts)
    {
    }

    /// <summary><see cref="Kind"/> in ONNX.</summary>
    public virtual OnnxValue? ExportKind(OnnxGraphBuilder graph, OnnxValue logits) => null;

    /// <summary><see cref="Rate"/> in ONNX.</summary>
    /// <exception cref="NotSupportedException">This objective knows none.</exception>
    public virtual OnnxValue ExportRate(OnnxGraphBuilder graph, OnnxValue logits) =>
        throw new NotSupportedException($"{GetType().Name} has no rate.");

    /// <summary><see cref="Risk"/> in ONNX, with the expected count where the objective has one.</summary>
    public abstract (OnnxValue Risk, OnnxValue? Intensity) Export(OnnxGraphBuilder graph, OnnxValue logits);
}
