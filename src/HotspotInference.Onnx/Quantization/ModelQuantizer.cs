using HotspotInference.Onnx.Protos;
using HotspotInference.Prediction;

namespace HotspotInference.Onnx.Quantization;

/// <summary>
/// Makes a network compute with whole numbers of eight bits: weights within -127..127 with a scale for each output channel, values between
/// convolutions as bytes, whose scales come from running the network on real windows (post-training quantisation; Jacob et al. 2018,
/// section 2). Standard operators only, the same inputs and outputs. Stateless.
/// </summary>
/// <remarks>
/// For models of maps alone whose convolutions have sigmoids, hyperbolic tangents, sums, products and joins between them: the architecture
/// <c>convlstm</c>. The last convolution and what follows it stay in float32. Processors without instructions for it (AVX-512 VNNI,
/// AVX-VNNI, Arm dot products) gain little.
/// </remarks>
public static class ModelQuantizer
{
    /// <summary>What <see cref="ModelMetadata.Precision"/> says of such a model.</summary>
    public const string Precision = "int8";

    /// <summary>Rewrites a model.</summary>
    /// <param name="model">The content of an .onnx file.</param>
    /// <param name="windows">
    /// Real windows to measure how large values become, <c>[time, channel, row, column]</c> each, on the grid of the model's metadata. Some
    /// dozens, from all seasons, of the days that the network learnt.
    /// </param>
    /// <param name="options">How; the defaults where null.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>
    /// The new model, with the metadata of the old one but for <c>precision</c>. Its thresholds are those of the old one:
    /// <see cref="QuantizedModel"/> takes them anew.
    /// </returns>
    /// <exception cref="HotspotException">The model is none, is quantised already, or is made of what cannot be.</exception>
    /// <exception cref="ArgumentException">There is no window, or one of another length.</exception>
    public static byte[] Run(ReadOnlyMemory<byte> model, IReadOnlyList<float[]> windows, QuantizerOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(windows);
        const string subject = "model to quantise";
        (ModelProto written, ModelMetadata metadata) = ModelChange.ReadFullPrecision(model, subject);
        var plan = new NetworkPlan(written.Graph, subject);
        long[] shape = [1, metadata.Features.Maps!.Lags.Count, metadata.Features.Maps.Channels.Count, metadata.Heatmaps.Grid.Rows,
            metadata.Heatmaps.Grid.Columns];
        long length = shape.Aggregate(1L, (product, size) => product * size);
        if (windows.Count == 0 || windows.Any(window => window.Length != length))
            throw new ArgumentException(
                $"{windows.Count} windows; expected at least one, each of {string.Join(" x ", shape.Skip(1))} = {length} numbers.",
                nameof(windows));

        Dictionary<string, MagnitudeHistogram> measured = TensorStatistics.Run(written, plan.Measured, windows, shape, cancellationToken);
        NetworkQuantizer.Rewrite(written.Graph, plan, options ?? new QuantizerOptions(), measured,
            Maps(windows, (int)shape[2], (int)(shape[3] * shape[4])));
        return ModelChange.Write(written, metadata with { Precision = Precision });
    }

    static MagnitudeHistogram[] Maps(IReadOnlyList<float[]> windows, int channels, int cells)
    {
        MagnitudeHistogram[] maps = [.. Enumerable.Range(0, channels).Select(_ => new MagnitudeHistogram())];
        foreach (float[] window in windows)
        {
            for (int from = 0; from < window.Length; from += cells)
                maps[from / cells % channels].Add(window.AsSpan(from, cells));
        }
        return maps;
    }
}
