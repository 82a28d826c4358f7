using HotspotInference.Training.Architectures;
using HotspotInference.Training.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace HotspotInference.Training.Tests;

static class ByHeart
{
    /// <summary>Asserts that a network's risk is near 1 where there was an incident, and near 0 elsewhere.</summary>
    public static void Assert(Network network, Objective objective, WindowSet all)
    {
        using DisposeScope scope = NewDisposeScope();
        using var noGrad = no_grad();
        network.eval();
        int[] positions = [.. Enumerable.Range(0, all.Count)];
        float[] risk = objective.Risk(network.call(all.Maps(positions))).data<float>().ToArray(),
            actual = all.Counts(positions).data<float>().ToArray();
        Xunit.Assert.All(risk.Zip(actual), pair => Xunit.Assert.Equal(pair.Second, pair.First, 0.2f));
    }
}
