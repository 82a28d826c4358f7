namespace HotspotInference.Onnx.History;

/// <summary>
/// The fitted numbers of the history model: for each class, the expected count in a cell is
/// <c>exp(bias + calendar . beta) * (floor + weights . history)</c>. In the order of the model's classes and features. Immutable.
/// </summary>
public sealed record HistoryModelParameters
{
    /// <summary><c>[class][history feature]</c>, each at least 0.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Weights { get; init; }

    /// <summary><c>[class]</c>, each at least 0: what is expected everywhere, so that no risk is exactly 0.</summary>
    public required IReadOnlyList<double> Floor { get; init; }

    /// <summary><c>[class]</c>: the logarithm of the day factor where all calendar features are 0.</summary>
    public required IReadOnlyList<double> Bias { get; init; }

    /// <summary><c>[class][calendar feature]</c>: what one unit of a feature adds to the logarithm of the day factor.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Beta { get; init; }

    /// <summary>
    /// <c>[class]</c>, above 0: expected incidents for each unit of intensity. Null for a model that was fitted to counts: 1.
    /// </summary>
    public IReadOnlyList<double>? CountRatio { get; init; }
}
