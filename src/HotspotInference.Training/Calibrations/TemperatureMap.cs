using HotspotInference.Onnx;
using HotspotInference.Prediction;
using static TorchSharp.torch;

namespace HotspotInference.Training.Calibrations;

/// <summary>
/// A logit x, the logarithm of an intensity, becomes <c>slope x + shift</c> (Platt 1999; Guo et al. 2017, section 4.2, for this link). A
/// slope below 1 takes back what a network that is too sure of itself says; the order of the cells stays.
/// </summary>
sealed class TemperatureMap : RiskMap
{
    readonly (double Slope, double Shift)[] _classes;
    readonly float[] _slopes, _shifts;

    TemperatureMap((double Slope, double Shift)[] classes)
    {
        _classes = classes;
        _slopes = [.. classes.Select(one => (float)one.Slope)];
        _shifts = [.. classes.Select(one => (float)one.Shift)];
    }

    /// <summary>
    /// The map of greatest likelihood; a class that cannot tell (no incident, or the same logit everywhere) keeps its logits.
    /// </summary>
    /// <param name="logits"><c>[batch, class, row, column]</c>.</param>
    /// <param name="counts">How many incidents there were.</param>
    public static TemperatureMap Fit(Tensor logits, Tensor counts) => new([.. Enumerable.Range(0, (int)logits.shape[1])
        .Select(c => new OccurrenceLine(OfClass(logits, c), OfClass(counts, c)).Fit())]);

    public override Tensor Logits(Tensor logits)
    {
        using var scope = NewDisposeScope();
        return (logits * tensor(_slopes).view(-1, 1, 1) + tensor(_shifts).view(-1, 1, 1)).MoveToOuterDisposeScope();
    }

    public override OnnxValue Logits(OnnxGraphBuilder graph, OnnxValue logits) => graph.Add(
        graph.Mul(logits, graph.Constant("calibration_slope", _slopes, _slopes.Length, 1, 1)),
        graph.Constant("calibration_shift", _shifts, _shifts.Length, 1, 1));

    public override ModelCalibration Describe(IReadOnlyList<string> classes) => new(CalibrationMethod.Temperature, [.. classes.Zip(_classes,
        (name, one) => new ClassCalibration { Class = name, Slope = one.Slope, Shift = one.Shift })]);
}
