using System.Runtime.InteropServices;
using System.Security.Cryptography;
using HotspotInference.Features;
using HotspotInference.Onnx;
using static TorchSharp.torch;

namespace HotspotInference.Training.Data;

/// <summary>The external features of some targets, standardised as the model does it. Memory: the tables alone.</summary>
/// <param name="tables">Where their values are.</param>
/// <param name="features">The features, in order.</param>
sealed class ExternalSamples(ExternalFeatures tables, IReadOnlyList<ExternalFeature> features)
{
    /// <summary>The features for some targets: <c>[batch, feature, row, column]</c>.</summary>
    public Tensor Of(ReadOnlySpan<long> targets)
    {
        using var scope = NewDisposeScope();
        GridSpec grid = tables.Heatmaps.Grid;
        Tensor values = empty([targets.Length, features.Count, grid.Rows, grid.Columns], ScalarType.Float32);
        Span<float> all = MemoryMarshal.Cast<byte, float>(values.bytes);
        int length = features.Count * grid.CellCount;
        for (int i = 0; i < targets.Length; i++)
            tables.CopyTo(features, targets[i], all.Slice(i * length, length));
        return Standardize(values, features).MoveToOuterDisposeScope();
    }

    /// <summary>SHA-256 of what a network sees at some targets, 64 lower-case hexadecimal digits.</summary>
    public string Fingerprint(IEnumerable<long> targets)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (long target in targets)
        {
            using Tensor values = Of([target]);
            hash.AppendData(values.bytes);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Values as they stand in the tables become those that a network sees.</summary>
    public static Tensor Standardize(Tensor values, IReadOnlyList<ExternalFeature> features)
    {
        using var scope = NewDisposeScope();
        return ((values - Column(features, Mean)) / Column(features, Scale)).MoveToOuterDisposeScope();
    }

    /// <summary>The opposite.</summary>
    public static Tensor Restore(Tensor values, IReadOnlyList<ExternalFeature> features)
    {
        using var scope = NewDisposeScope();
        return (values * Column(features, Scale) + Column(features, Mean)).MoveToOuterDisposeScope();
    }

    /// <summary><see cref="Standardize"/> in ONNX.</summary>
    public static OnnxValue Export(OnnxGraphBuilder graph, OnnxValue values, IReadOnlyList<ExternalFeature> features) => graph.Div(
        graph.Sub(values, graph.Constant("external_mean", [.. features.Select(Mean)], features.Count, 1, 1)),
        graph.Constant("external_scale", [.. features.Select(Scale)], features.Count, 1, 1));

    static float Mean(ExternalFeature feature) => (float)feature.Mean;

    static float Scale(ExternalFeature feature) => (float)feature.Scale;

    static Tensor Column(IReadOnlyList<ExternalFeature> features, Func<ExternalFeature, float> value) =>
        tensor([.. features.Select(value)], ScalarType.Float32).view(-1, 1, 1);
}
