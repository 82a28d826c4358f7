using HotspotInference.Training.Architectures;
using TorchSharp;
using static TorchSharp.torch;

namespace HotspotInference.Training.Tests;

/// <summary>Weights that another program can make too.</summary>
static class SineWeights
{
    /// <summary>
    /// Gives element i (from 1) of tensor n (from 1, in the order of their names) the value <c>sin(0.7 n i) / 2</c>; variances 1 more.
    /// </summary>
    public static void Fill(Network network)
    {
        using DisposeScope scope = NewDisposeScope();
        using var noGrad = no_grad();
        int n = 0;
        foreach ((string name, Tensor tensor) in network.state_dict().Where(entry => entry.Value.dtype == ScalarType.Float32)
            .OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            n++;
            double more = name.EndsWith("running_var", StringComparison.Ordinal) ? 1 : 0;
            float[] values = [.. Enumerable.Range(1, (int)tensor.numel()).Select(i => (float)(Math.Sin(0.7 * n * i) / 2 + more))];
            tensor.copy_(torch.tensor(values).view(tensor.shape));
        }
        network.eval();
    }

    /// <summary>1 where 7 i squared, modulo 13, is below 4, element i from 0; else 0.</summary>
    public static Tensor Maps(params long[] shape) =>
        torch.tensor([.. Enumerable.Range(0, (int)shape.Aggregate((a, b) => a * b)).Select(i => i * i * 7 % 13 < 4 ? 1f : 0f)]).view(shape);
}
