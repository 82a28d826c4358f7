using HotspotInference.Onnx;
using HotspotInference.Prediction;
using static TorchSharp.torch;

namespace HotspotInference.Training.Calibrations;

/// <summary>For each class a rising function of what a network says, fitted to days that it did not learn.</summary>
abstract class RiskMap
{
    /// <summary>The logits to use for those of the network, <c>[batch, class, row, column]</c>. By default they stay.</summary>
    public virtual Tensor Logits(Tensor logits) => logits;

    /// <summary>The risk to use for that of these logits. By default it stays.</summary>
    public virtual Tensor Risk(Tensor risk) => risk;

    /// <summary><see cref="Logits(Tensor)"/> in ONNX.</summary>
    public virtual OnnxValue Logits(OnnxGraphBuilder graph, OnnxValue logits) => logits;

    /// <summary><see cref="Risk(Tensor)"/> in ONNX.</summary>
    public virtual OnnxValue Risk(OnnxGraphBuilder graph, OnnxValue risk) => risk;

    /// <summary>Its numbers, as a model tells them.</summary>
    public abstract ModelCalibration Describe(IReadOnlyList<string> classes);

    /// <summary>One class's values of <c>[batch, class, row, column]</c>.</summary>
    protected static float[] OfClass(Tensor values, int position)
    {
        using var scope = NewDisposeScope();
        return values.narrow(1, position, 1).contiguous().data<float>().ToArray();
    }
}
