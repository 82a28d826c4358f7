using System.Diagnostics.CodeAnalysis;

namespace HotspotInference.Evaluation;

/// <summary>The six labels at one percentile: counts over all periods, and what follows from them (<see cref="LabelCounts"/>).</summary>
public sealed record LabelScore : LabelRates
{
    [SetsRequiredMembers]
    internal LabelScore(LabelRates rates, LabelRates randomMap)
        : base(rates) => RandomMap = randomMap;

    /// <summary>Not hot, no event.</summary>
    public required Estimate TrueNegative { get; init; }

    /// <summary>Hot, with an event.</summary>
    public required Estimate Correct { get; init; }

    /// <summary>Hot, no event here nor in a neighbour.</summary>
    public required Estimate FalsePositive { get; init; }

    /// <summary>Hot, no event here but one in a neighbour.</summary>
    public required Estimate FalsePositiveNeighbour { get; init; }

    /// <summary>An event, neither the cell nor a neighbour hot.</summary>
    public required Estimate FalseNegative { get; init; }

    /// <summary>An event, the cell not hot but a neighbour is.</summary>
    public required Estimate FalseNegativeNeighbour { get; init; }

    /// <summary>
    /// The floor: what is expected of a map that flags as many cells of each period at random (hypergeometric, exact). Forgiving a miss by
    /// one cell helps such a map most.
    /// </summary>
    public required LabelRates RandomMap { get; init; }
}
