using System.Globalization;
using HotspotInference.Training.Architectures;
using HotspotInference.Training.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace HotspotInference.Training;

/// <summary>How far the draws are apart that a network takes the mean of.</summary>
/// <param name="Draws">How many there are.</param>
/// <param name="MeanRisks">For each class, the draws' risk, averaged over draws, cells and periods.</param>
/// <param name="Deviations">For each class, the standard deviation of risk over the draws, averaged over cells and periods.</param>
sealed record DrawSpread(int Draws, IReadOnlyList<double> MeanRisks, IReadOnlyList<double> Deviations)
{
    /// <summary>Looks at some windows.</summary>
    /// <param name="network">The network; it is set to <c>eval</c> mode.</param>
    /// <param name="objective">What its logits mean.</param>
    /// <param name="windows">The windows.</param>
    /// <param name="batch">How many to look at at once.</param>
    /// <returns>Null where the network draws nothing.</returns>
    public static DrawSpread? Of(Network network, Objective objective, WindowSet windows, int batch)
    {
        using DisposeScope scope = NewDisposeScope();
        using var noGrad = no_grad();
        network.eval();
        int draws = 0;
        double[] means = new double[network.Shape.Classes], deviations = new double[network.Shape.Classes];
        foreach (int[] positions in Enumerable.Range(0, windows.Count).Chunk(batch))
        {
            using DisposeScope step = NewDisposeScope();
            if (network.Draws(windows.Inputs(positions)) is not { } logits)
                return null;
            draws = (int)logits.shape[0];
            Tensor risks = objective.Risk(logits.flatten(0, 1)).view(logits.shape), mean = risks.mean([0]);
            Add(means, mean, positions.Length);
            Add(deviations, (risks - mean).square().mean([0]).sqrt(), positions.Length);
        }
        return new DrawSpread(draws, means, deviations);

        void Add(double[] sums, Tensor values, int count)
        {
            double[] classes = values.mean([0, 2, 3], type: ScalarType.Float64).data<double>().ToArray();
            for (int c = 0; c < classes.Length; c++)
                sums[c] += classes[c] * count / windows.Count;
        }
    }

    /// <summary>One class in half a line.</summary>
    public string Describe(int position) => string.Create(CultureInfo.InvariantCulture,
        $"mean risk {MeanRisks[position]:F5}; over {Draws} draws of noise it deviates by {Deviations[position]:F5}");
}
