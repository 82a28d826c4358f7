using HotspotInference.Onnx;
using HotspotInference.Prediction;
using HotspotInference.Training.Calibrations;
using static TorchSharp.torch;

namespace HotspotInference.Training;

/// <summary>
/// Likelihood of "at least one incident" with probability <c>1 - exp(-intensity)</c>; a logit is the logarithm of the intensity (the
/// complementary log-log link). Unlike a Poisson likelihood of the counts it is not misled by incidents that come in clusters.
/// </summary>
sealed class OccurrenceObjective : Objective
{
    // A wild logit then gives a large number and not infinity, and a tiny one no logarithm of 0.
    const float LargestLogit = 20;

    readonly double[] _baseRates;
    // Incidents for each unit of intensity.
    readonly float[] _countRatios;
    RiskMap? _map;

    /// <param name="baseRates">For each class the share of cell-periods with incidents.</param>
    public OccurrenceObjective(IReadOnlyList<double> baseRates)
    {
        _baseRates = [.. baseRates];
        _countRatios = new float[_baseRates.Length];
        Array.Fill(_countRatios, 1);
    }

    public override double[] ConstantLogits => [.. _baseRates.Select(rate => Math.Log(-Math.Log(1 - rate)))];

    public override Tensor Loss(Tensor logits, Tensor counts)
    {
        using var scope = NewDisposeScope();
        Tensor intensity = Intensity(logits), happened = counts.gt(0).to(logits.dtype);
        return ((1 - happened) * intensity - happened * Risk(intensity, 1e-30).log()).mean().MoveToOuterDisposeScope();
    }

    public override Tensor Risk(Tensor logits)
    {
        using var scope = NewDisposeScope();
        Tensor risk = Risk(Intensity(_map?.Logits(logits) ?? logits), 0);
        return (_map?.Risk(risk) ?? risk).MoveToOuterDisposeScope();
    }

    public override void FitCounts(Tensor logits, Tensor counts)
    {
        using var scope = NewDisposeScope();
        double[] incidents = Sums(counts), expected = Sums(Intensity(_map?.Logits(logits) ?? logits));
        for (int c = 0; c < _countRatios.Length; c++)
            _countRatios[c] = incidents[c] > 0 ? (float)(incidents[c] / expected[c]) : 1;
    }

    public override void Calibrate(CalibrationKind kind, Tensor logits, Tensor counts)
    {
        using var scope = NewDisposeScope();
        _map = null;
        _map = kind switch
        {
            CalibrationKind.Temperature => TemperatureMap.Fit(logits, counts),
            CalibrationKind.Isotonic => IsotonicMap.Fit(Risk(logits), counts),
            _ => null,
        };
    }

    public override ModelCalibration? Calibration(IReadOnlyList<string> classes) => _map?.Describe(classes);

    public override Tensor Rate(Tensor logits)
    {
        using var scope = NewDisposeScope();
        return Intensity(logits).MoveToOuterDisposeScope();
    }

    public override OnnxValue ExportRate(OnnxGraphBuilder graph, OnnxValue logits) =>
        graph.Exp(graph.Clip(logits, graph.Scalar(-LargestLogit), graph.Scalar(LargestLogit)));

    public override (OnnxValue Risk, OnnxValue? Intensity) Export(OnnxGraphBuilder graph, OnnxValue logits)
    {
        OnnxValue intensity = ExportRate(graph, _map?.Logits(graph, logits) ?? logits);
        OnnxValue ratios = graph.Constant("count_ratio", _countRatios, _countRatios.Length, 1, 1);
        OnnxValue risk = graph.PoissonRisk(intensity);
        return (_map?.Risk(graph, risk) ?? risk, graph.Mul(intensity, ratios));
    }

    static double[] Sums(Tensor values) => values.mean([0, 2, 3], type: ScalarType.Float64).data<double>().ToArray();

    static Tensor Intensity(Tensor logits) => logits.clamp(-LargestLogit, LargestLogit).exp();

    // 1 - exp(-x) without its loss of digits for a small x.
    static Tensor Risk(Tensor intensity, double smallest)
    {
        Tensor t = (intensity * 0.5).tanh();
        return 2 * t / (t + 1) + smallest;
    }
}
