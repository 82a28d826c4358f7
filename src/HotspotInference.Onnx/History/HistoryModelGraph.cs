using System.Globalization;
using HotspotInference.Prediction;

namespace HotspotInference.Onnx.History;

/// <summary>
/// Writes the history model: for each class, a non-negative mixture of past rates in the cell times a factor for the day. Inputs
/// <c>history</c> <c>[batch, feature, row, column]</c> and <c>calendar</c> <c>[batch, feature]</c>; outputs <c>risk</c> and
/// <c>intensity</c> <c>[batch, class, row, column]</c>; any grid.
/// </summary>
public static class HistoryModelGraph
{
    /// <summary>The <see cref="ModelMetadata.Architecture"/> of these models.</summary>
    public const string Architecture = "history";

    /// <summary>
    /// The logarithm of the day factor is kept within this distance of 0, so that calendar features far from those of the fit give a
    /// large forecast and not infinity: <c>e^20</c> is 5e8.
    /// </summary>
    public const double MaximumLogFactor = 20;

    /// <summary>Builds the model.</summary>
    /// <param name="parameters">The fitted numbers, for the metadata's classes, history and calendar features.</param>
    /// <param name="metadata">What the model says of itself; <see cref="GridMode.Any"/>, with history and calendar features only.</param>
    /// <returns>The complete graph, metadata included, ready to be saved.</returns>
    /// <exception cref="HotspotException">The metadata contradict themselves.</exception>
    /// <exception cref="ArgumentException">
    /// The metadata describe another model, the numbers are not as many as they call for, one is not finite, or a weight is negative.
    /// </exception>
    public static OnnxGraphBuilder Build(HistoryModelParameters parameters, ModelMetadata metadata)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(metadata);
        if (metadata is not { Architecture: Architecture, Grid: GridMode.Any, External.Count: 0 }
            || metadata.Features is not { Maps: null, History: { } rateSpec, Calendar: { } daySpec })
            throw new ArgumentException("The metadata describe another model; expected architecture 'history', any grid, and history and "
                + "calendar features only.", nameof(metadata));
        int classes = metadata.Classes.Count, rates = rateSpec.FeatureCount, days = daySpec.Features.Count;
        float[] weights = Flatten(parameters.Weights, classes, rates, "Weights", minimum: 0);
        float[] beta = Flatten(parameters.Beta, classes, days, "Beta");
        float[] bias = Flatten([parameters.Bias], 1, classes, "Bias");
        float[] floor = Flatten([parameters.Floor], 1, classes, "Floor", minimum: 0);

        var graph = new OnnxGraphBuilder("history") { Description = $"History model '{metadata.Name}'." };
        OnnxValue history = graph.Input("history", "batch", rates, "row", "column");
        OnnxValue calendar = graph.Input("calendar", "batch", days);

        OnnxValue mixture = graph.Conv(history, graph.Constant("weights", weights, classes, rates, 1, 1),
            graph.Constant("floor", floor, classes));
        OnnxValue unbounded = graph.Gemm(calendar, graph.Constant("beta", beta, classes, days), graph.Constant("bias", bias, classes),
            transposeB: true);
        OnnxValue logFactor = graph.Clip(unbounded, Scalar("minimum_log_factor", -MaximumLogFactor),
            Scalar("maximum_log_factor", MaximumLogFactor));
        OnnxValue factor = graph.Unsqueeze(graph.Exp(logFactor), graph.Constant("cell_axes", [2L, 3L], 2));
        OnnxValue intensity = graph.Mul(mixture, factor);
        OnnxValue risk = graph.PoissonRisk(intensity);
        OnnxValue count = parameters.CountRatio is { } ratios
            ? graph.Mul(intensity, graph.Constant("count_ratio", Flatten([ratios], 1, classes, "CountRatio", minimum: 0), classes, 1, 1))
            : intensity;

        graph.Output("risk", risk, "batch", classes, "row", "column");
        graph.Output("intensity", count, "batch", classes, "row", "column");
        graph.Metadata[ModelMetadata.Key] = metadata.ToJson();
        return graph;

        OnnxValue Scalar(string name, double value) => graph.Constant(name, [(float)value]);
    }

    static float[] Flatten(
        IReadOnlyList<IReadOnlyList<double>> values, int rows, int columns, string name, double minimum = double.NegativeInfinity)
    {
        if (values.Count != rows || values.Any(row => row.Count != columns))
            throw new ArgumentException(
                $"{name} has {values.Count} rows of {string.Join(", ", values.Select(row => row.Count).Distinct())} "
                + $"numbers; expected {rows} of {columns}, as the metadata say.", nameof(values));
        foreach (double value in values.SelectMany(row => row))
        {
            if (!float.IsFinite((float)value) || value < minimum)
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                    $"{name} holds {value}; expected finite numbers, weights of at least 0."), nameof(values));
        }
        return [.. values.SelectMany(row => row).Select(value => (float)value)];
    }
}
