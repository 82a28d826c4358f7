using System.Globalization;
using System.Runtime.InteropServices;
using HotspotInference.Features;
using HotspotInference.Prediction;
using HotspotInference.Training.Architectures;
using HotspotInference.Training.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace HotspotInference.Training.Export;

/// <summary>Whether ONNX Runtime and libtorch forecast the same: no model leaves without it.</summary>
static class ParityCheck
{
    /// <summary>The largest difference in risk that passes.</summary>
    public const double Tolerance = 1e-5;

    /// <summary>The windows of the largest batch.</summary>
    public const int LargestBatch = 8;

    /// <summary>How many windows are forecast at once.</summary>
    public static IReadOnlyList<int> Batches { get; } = [1, 3, LargestBatch];

    /// <summary>
    /// Compares on random and on real windows, in batches of 1, 3 and 8, on the network's grid and, where it takes any, on a smaller one.
    /// </summary>
    /// <param name="network">The network, in <c>eval</c> mode.</param>
    /// <param name="objective">What its logits mean.</param>
    /// <param name="model">The same as an .onnx file's bytes.</param>
    /// <param name="windows">Real windows, with all features of the history where the network sees one.</param>
    /// <returns>The largest difference in risk, and in the probability of kinds where there is one.</returns>
    /// <exception cref="HotspotException">The difference is larger than <see cref="Tolerance"/>.</exception>
    public static double Run(Network network, Objective objective, ReadOnlyMemory<byte> model, WindowSet windows)
    {
        using var predictor = HotspotPredictor.Load(model);
        using DisposeScope scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var generator = new Generator(1);
        double largest = 0;
        foreach (int batch in predictor.Metadata.FixedBatch is { } only ? [only] : Batches)
        {
            int[] positions = [.. Enumerable.Range(0, batch).Select(i => (int)((long)i * windows.Count / batch))];
            NetworkInput real = windows.Inputs(positions);
            var random = new NetworkInput(Random(real.Maps)!, Random(real.History), Random(real.Calendar), Random(real.External));
            foreach (NetworkInput input in (ReadOnlySpan<NetworkInput>)[real, random])
            {
                largest = Math.Max(largest, Difference(network, objective, predictor, input));
                if (predictor.Metadata.Grid == GridMode.Any)
                    largest = Math.Max(largest, Difference(network, objective, predictor,
                        input with { Maps = Smaller(input.Maps)!, History = Smaller(input.History), External = Smaller(input.External) }));
            }

            Tensor? Random(Tensor? like) => like is null ? null : rand(like.shape, generator: generator) * 2;
        }
        return Passed(largest);
    }

    /// <summary>A difference that passes.</summary>
    /// <exception cref="HotspotException">It is larger than <see cref="Tolerance"/>.</exception>
    public static double Passed(double difference) => difference <= Tolerance ? difference
        : throw new HotspotException("exported model",
            string.Create(CultureInfo.InvariantCulture, $"a risk that differs by {difference:G3} from the network's"),
            string.Create(CultureInfo.InvariantCulture, $"at most {Tolerance}"),
            "This is a defect of the export: the model was not written; the checkpoint is whole.");

    static double Difference(Network network, Objective objective, HotspotPredictor predictor, NetworkInput input)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor maps = input.Maps;
        // Both get the very same numbers: what rounding does to restored ones is no difference between the two.
        IReadOnlyList<ExternalFeature> features = predictor.Metadata.External;
        Tensor? external = input.External is null ? null : ExternalSamples.Restore(input.External, features);
        NetworkInput seen = input with
        {
            History = input.History?.index_select(1, tensor([.. network.HistoryFeatures.Select(i => (long)i)])),
            External = external is null ? null : ExternalSamples.Standardize(external, features),
        };
        Tensor logits = network.call(seen);
        float[] risk = objective.Risk(logits).data<float>().ToArray();
        float[] kind = objective.Kind(logits)?.contiguous().data<float>().ToArray() ?? [];
        float[] foundRisk = new float[risk.Length], foundKind = new float[kind.Length];
        StreamedWindow.Predict(predictor, new HotspotInput
        {
            Batch = (int)maps.shape[0],
            Rows = (int)maps.shape[^2],
            Columns = (int)maps.shape[^1],
            Maps = Values(maps),
            History = Values(input.History),
            Calendar = Values(input.Calendar),
            External = Values(external),
        }, new HotspotOutput { Risk = foundRisk, Kind = foundKind });
        return Math.Max(Largest(foundRisk, risk), Largest(foundKind, kind));
    }

    /// <summary>The largest difference of two lists of numbers; infinite where one is no number.</summary>
    public static double Largest(ReadOnlySpan<float> found, ReadOnlySpan<float> expected)
    {
        double largest = 0;
        for (int i = 0; i < found.Length; i++)
        {
            // A difference that is no number must not pass for a small one.
            double difference = Math.Abs(found[i] - (double)expected[i]);
            largest = difference <= largest ? largest : difference;
        }
        return double.IsNaN(largest) ? double.PositiveInfinity : largest;
    }

    static Span<float> Values(Tensor? tensor) => tensor is null ? default : MemoryMarshal.Cast<byte, float>(tensor.bytes);

    static Tensor? Smaller(Tensor? maps)
    {
        if (maps is null)
            return null;
        long rows = Math.Max(5, maps.shape[^2] - 3), columns = Math.Max(5, maps.shape[^1] - 2);
        return maps.narrow(maps.shape.Length - 2, 0, Math.Min(rows, maps.shape[^2])).narrow(maps.shape.Length - 1, 0,
            Math.Min(columns, maps.shape[^1]))
            .contiguous();
    }
}
