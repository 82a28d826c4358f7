using HotspotInference.Onnx;
using HotspotInference.Prediction;
using static TorchSharp.torch;

namespace HotspotInference.Training.Calibrations;

/// <summary>
/// Risk goes through a line of straight pieces that rises from (0, 0) to (1, 1), its knots those of an isotonic regression
/// (<see cref="PooledRisk"/>). In the graph it is a sum of ramps: <c>sum of rise_i clip((risk - from_i) / width_i, 0, 1)</c>.
/// </summary>
sealed class IsotonicMap : RiskMap
{
    readonly (double[] Risks, double[] Calibrated)[] _classes;
    // [piece][class]; a class with fewer pieces than another has some that do not rise.
    readonly float[][] _from, _scale, _rise;

    IsotonicMap((double[] Risks, double[] Calibrated)[] classes)
    {
        _classes = classes;
        int pieces = classes.Max(one => one.Risks.Length) - 1;
        _from = Pieces((risks, _, i) => risks[i], 0);
        _scale = Pieces((risks, _, i) => 1 / (risks[i + 1] - risks[i]), 1);
        _rise = Pieces((_, calibrated, i) => calibrated[i + 1] - calibrated[i], 0);

        float[][] Pieces(Func<double[], double[], int, double> number, float otherwise) => [.. Enumerable.Range(0, pieces).Select(i =>
            Array.ConvertAll(classes, one => i + 1 < one.Risks.Length ? (float)number(one.Risks, one.Calibrated, i) : otherwise))];
    }

    /// <summary>The map of some days; a class without incidents keeps its risk.</summary>
    /// <param name="risk"><c>[batch, class, row, column]</c>.</param>
    /// <param name="counts">How many incidents there were.</param>
    public static IsotonicMap Fit(Tensor risk, Tensor counts) => new([.. Enumerable.Range(0, (int)risk.shape[1])
        .Select(c => PooledRisk.Knots(OfClass(risk, c), OfClass(counts, c)))]);

    public override Tensor Risk(Tensor risk)
    {
        using var scope = NewDisposeScope();
        Tensor sum = zeros_like(risk);
        for (int i = 0; i < _from.Length; i++)
        {
            using var piece = NewDisposeScope();
            Tensor ramp = ((risk - Each(_from[i])) * Each(_scale[i])).clamp(0, 1) * Each(_rise[i]);
            sum.add_(ramp).Dispose();
        }
        return sum.clamp(0, 1).MoveToOuterDisposeScope();

        static Tensor Each(float[] classes) => tensor(classes).view(-1, 1, 1);
    }

    public override OnnxValue Risk(OnnxGraphBuilder graph, OnnxValue risk)
    {
        OnnxValue zero = graph.Scalar(0), one = graph.Scalar(1);
        OnnxValue? sum = null;
        for (int i = 0; i < _from.Length; i++)
        {
            OnnxValue along = graph.Mul(graph.Sub(risk, Each("from", _from[i])), Each("scale", _scale[i]));
            OnnxValue ramp = graph.Mul(graph.Clip(along, zero, one), Each("rise", _rise[i]));
            sum = sum is null ? ramp : graph.Add(sum, ramp);

            OnnxValue Each(string name, float[] classes) => graph.Constant($"calibration{i}_{name}", classes, classes.Length, 1, 1);
        }
        // The rises add up to 1 but for the last digit.
        return graph.Clip(sum!, zero, one);
    }

    public override ModelCalibration Describe(IReadOnlyList<string> classes) => new(CalibrationMethod.Isotonic, [.. classes.Zip(_classes,
        (name, one) => new ClassCalibration { Class = name, Risks = one.Risks, Calibrated = one.Calibrated })]);
}
