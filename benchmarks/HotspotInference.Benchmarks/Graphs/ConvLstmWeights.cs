namespace HotspotInference.Benchmarks.Graphs;

/// <summary>Random weights of the network that is measured, the same for every way of writing it.</summary>
public sealed class ConvLstmWeights
{
    public ConvLstmWeights(ConvLstmSize size, int seed = 1)
    {
        var random = new Random(seed);
        Kernels = new float[size.Layers][];
        Biases = new float[size.Layers][];
        for (int layer = 0; layer < size.Layers; layer++)
        {
            int inputs = (layer == 0 ? ConvLstmSize.Channels : size.Hidden) + size.Hidden;
            Kernels[layer] = Draw(4 * size.Hidden * inputs * ConvLstmSize.Kernel * ConvLstmSize.Kernel, inputs);
            Biases[layer] = new float[4 * size.Hidden];
            // The forget gate begins open.
            Biases[layer].AsSpan(size.Hidden, size.Hidden).Fill(1);
        }
        Head = Draw(size.Hidden * ConvLstmSize.Kernel * ConvLstmSize.Kernel, size.Hidden);

        float[] Draw(int count, int inputs)
        {
            double bound = Math.Sqrt(3.0 / (inputs * ConvLstmSize.Kernel * ConvLstmSize.Kernel));
            var values = new float[count];
            for (int i = 0; i < count; i++)
                values[i] = (float)((2 * random.NextDouble() - 1) * bound);
            return values;
        }
    }

    /// <summary>For each layer <c>[gate x hidden, input channel then state channel, 3, 3]</c>, gates in the order i, f, o, c.</summary>
    public float[][] Kernels { get; }

    /// <summary>For each layer <c>[gate x hidden]</c>.</summary>
    public float[][] Biases { get; }

    /// <summary><c>[1, hidden, 3, 3]</c>.</summary>
    public float[] Head { get; }
}
