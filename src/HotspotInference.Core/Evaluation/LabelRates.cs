namespace HotspotInference.Evaluation;

/// <summary>
/// What follows from the six labels (<see cref="LabelCounts"/>), strict and one cell off forgiven. Rates without a cell to count are null.
/// </summary>
public record LabelRates
{
    /// <inheritdoc cref="LabelCounts.FlaggedShare"/>
    public required Estimate FlaggedShare { get; init; }

    /// <inheritdoc cref="LabelCounts.CorrectRate"/>
    public required Estimate? CorrectRate { get; init; }

    /// <inheritdoc cref="LabelCounts.CorrectOrNeighbourRate"/>
    public required Estimate? CorrectOrNeighbourRate { get; init; }

    /// <inheritdoc cref="LabelCounts.FalseNegativeRate"/>
    public required Estimate? FalseNegativeRate { get; init; }

    /// <inheritdoc cref="LabelCounts.Accuracy"/>
    public required Estimate Accuracy { get; init; }

    /// <inheritdoc cref="LabelCounts.TolerantAccuracy"/>
    public required Estimate TolerantAccuracy { get; init; }

    /// <inheritdoc cref="LabelCounts.BalancedAccuracy"/>
    public required Estimate? BalancedAccuracy { get; init; }

    /// <inheritdoc cref="LabelCounts.TolerantBalancedAccuracy"/>
    public required Estimate? TolerantBalancedAccuracy { get; init; }

    /// <summary>By the weight of a cell with an event: <see cref="LabelCounts.WeightedAccuracy"/>.</summary>
    public required IReadOnlyDictionary<double, Estimate> WeightedAccuracy { get; init; }

    /// <summary>By the weight of a cell with an event: <see cref="LabelCounts.TolerantWeightedAccuracy"/>.</summary>
    public required IReadOnlyDictionary<double, Estimate> TolerantWeightedAccuracy { get; init; }
}
