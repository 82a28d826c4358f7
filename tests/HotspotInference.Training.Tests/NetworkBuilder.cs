using HotspotInference.Training.Architectures;
using static TorchSharp.torch;

namespace HotspotInference.Training.Tests;

/// <summary>Networks of any architecture, and weights for them that both sides of a comparison can make.</summary>
static class NetworkBuilder
{
    /// <summary>A network with random weights, always the same.</summary>
    /// <param name="architecture">Its name.</param>
    /// <param name="shape">Its sizes.</param>
    /// <param name="settings"><c>name=value</c>, separated by blanks.</param>
    public static Network Make(string architecture, NetworkShape shape, string settings)
    {
        manual_seed(7);
        Architecture known = ArchitectureRegistry.Find(architecture);
        return known.Create(shape, new ArchitectureSettings(known,
            settings.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(setting => (setting.Split('=')[0], setting.Split('=')[1]))));
    }

    /// <summary>Weights far from where they begin, and not so large that every risk is 0 or 1.</summary>
    public static void Stir(Network network, double size = 0.4)
    {
        using var noGrad = no_grad();
        foreach (Tensor parameter in network.parameters())
            parameter.uniform_(-size, size);
        network.eval();
    }

    /// <summary>0.6 sin(1 f), 0.6 sin(2 f) ... with f = 1.1 for the first parameter, 1.2 for the second, and so on.</summary>
    public static void FillWithSines(IEnumerable<Tensor> parameters)
    {
        using var noGrad = no_grad();
        double factor = 1;
        foreach (Tensor parameter in parameters)
        {
            factor += 0.1;
            using Tensor values = tensor([.. Sines((int)parameter.numel(), factor).Select(value => (float)(0.6 * value))]);
            using Tensor shaped = values.view(parameter.shape);
            parameter.copy_(shaped).Dispose();
        }
    }

    /// <summary>sin(1 f), sin(2 f) ...</summary>
    public static double[] Sines(int count, double factor) => [.. Enumerable.Range(1, count).Select(i => Math.Sin(i * factor))];
}
