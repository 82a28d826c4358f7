using System.Runtime.InteropServices;
using HotspotInference.Training.Architectures;
using HotspotInference.Training.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace HotspotInference.Training.Export;

/// <summary>Whether ONNX Runtime and libtorch rank cells for the next incident alike: as <see cref="ParityCheck"/> for risk.</summary>
static class NextIncidentParity
{
    /// <summary>Compares on random and on real incidents, in batches of 1, 3 and 8.</summary>
    /// <param name="network">The network, in <c>eval</c> mode.</param>
    /// <param name="objective">What its logits mean.</param>
    /// <param name="model">The same as an .onnx file's bytes.</param>
    /// <param name="samples">Real incidents.</param>
    /// <returns>The largest difference in probability.</returns>
    /// <exception cref="HotspotException">The difference is larger than <see cref="ParityCheck.Tolerance"/>.</exception>
    public static double Run(Network network, NextPlaceObjective objective, ReadOnlyMemory<byte> model, ISampleSet samples)
    {
        using var predictor = NextIncidentPredictor.Load(model);
        using DisposeScope scope = NewDisposeScope();
        using var noGrad = no_grad();
        var random = new Random(1);
        double largest = 0;
        foreach (int batch in ParityCheck.Batches)
        {
            NetworkInput input = samples.Inputs([.. Enumerable.Range(0, batch).Select(i => (int)((long)i * samples.Count / batch))]);
            Compare(input);
            Span<float> values = MemoryMarshal.Cast<byte, float>(input.Events!.bytes);
            // Any cell, and intervals up to twice any slot's.
            for (int i = 0; i < values.Length; i += network.Shape.Channels)
            {
                values[i] = random.Next(network.Shape.Rows);
                values[i + 1] = random.Next(network.Shape.Columns);
                values[i + 2] = (float)Math.Exp(random.NextDouble() * 8 - 3);
                values[i + 3] = (float)Math.Exp(random.NextDouble() * 10);
            }
            Compare(input);
        }
        return ParityCheck.Passed(largest);

        void Compare(NetworkInput input)
        {
            float[] expected = objective.Risk(network.call(input)).data<float>().ToArray(), found = new float[expected.Length];
            predictor.Predict(MemoryMarshal.Cast<byte, float>(input.Events!.bytes), found);
            largest = Math.Max(largest, ParityCheck.Largest(found, expected));
        }
    }
}
