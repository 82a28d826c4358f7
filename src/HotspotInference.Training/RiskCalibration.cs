using HotspotInference.Training.Architectures;
using HotspotInference.Training.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace HotspotInference.Training;

/// <summary>
/// Fits a network's level to days that it did not learn: in a city quieter or livelier than it was, or after a training that stopped
/// early, mean risk is not how often there are incidents.
/// </summary>
static class RiskCalibration
{
    const double LargestShift = 10;

    /// <summary>Shifts each class's logits so that mean risk over some windows is the share of their cell-periods with incidents.</summary>
    /// <param name="network">The network, which is changed.</param>
    /// <param name="objective">What its logits mean.</param>
    /// <param name="windows">The windows.</param>
    /// <param name="batch">How many windows to look at at once.</param>
    /// <param name="trust">Which share of the shift is made, 0..1.</param>
    /// <param name="kind">What is fitted beyond the level, and in full: at the level that the windows have.</param>
    /// <returns>The shifts; 0 for a class without incidents in the windows.</returns>
    public static double[] Apply(Network network, Objective objective, WindowSet windows, int batch, double trust = 1,
        CalibrationKind kind = CalibrationKind.Level)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor logits = Logits(network, windows, batch);
        double[] baseRates = windows.Rates().BaseRates, low = new double[baseRates.Length], high = new double[baseRates.Length];
        Array.Fill(low, -LargestShift);
        Array.Fill(high, LargestShift);
        var shifts = new double[baseRates.Length];
        // Risk rises with its logit: halve the interval until it is as narrow as a float can tell.
        for (int i = 0; i < 30; i++)
        {
            using DisposeScope step = NewDisposeScope();
            Tensor shifted = logits + tensor(shifts, ScalarType.Float32).view(-1, 1, 1);
            double[] risks = objective.Risk(shifted).mean([0, 2, 3], type: ScalarType.Float64).data<double>().ToArray();
            for (int c = 0; c < shifts.Length; c++)
            {
                (risks[c] < baseRates[c] ? ref low[c] : ref high[c]) = shifts[c];
                shifts[c] = baseRates[c] > 0 && objective.HasLevel(c) ? (low[c] + high[c]) / 2 : 0;
            }
        }
        Tensor counts = windows.Counts([.. Enumerable.Range(0, windows.Count)]);
        objective.FitKinds(logits, counts, shifts);
        if (kind != CalibrationKind.Level)
            objective.Calibrate(kind, logits + tensor(shifts, ScalarType.Float32).view(-1, 1, 1), counts);
        shifts = Array.ConvertAll(shifts, shift => trust * shift);
        network.ShiftLogits(shifts);
        return shifts;
    }

    /// <summary>Fits the objective's expected counts to some windows.</summary>
    public static void FitCounts(Network network, Objective objective, WindowSet windows, int batch)
    {
        using DisposeScope scope = NewDisposeScope();
        objective.FitCounts(Logits(network, windows, batch), windows.Counts([.. Enumerable.Range(0, windows.Count)]));
    }

    /// <summary>How well the kinds of incidents in some windows are told; null for an objective without kinds.</summary>
    public static KindScore? ScoreKinds(Network network, Objective objective, WindowSet windows, int batch)
    {
        if (objective is not KindObjective)
            return null;
        using DisposeScope scope = NewDisposeScope();
        return KindObjective.Score(Logits(network, windows, batch), windows.Counts([.. Enumerable.Range(0, windows.Count)]));
    }

    static Tensor Logits(Network network, WindowSet windows, int batch)
    {
        using DisposeScope scope = NewDisposeScope();
        using var noGrad = no_grad();
        network.eval();
        return cat([.. Enumerable.Range(0, windows.Count).Chunk(batch).Select(positions => network.call(windows.Inputs(positions)))])
            .MoveToOuterDisposeScope();
    }
}
