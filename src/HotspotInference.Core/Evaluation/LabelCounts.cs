namespace HotspotInference.Evaluation;

/// <summary>How many cells have each of the six labels. Immutable; counts of several periods add up.</summary>
/// <param name="TrueNegative">Not hot, no event.</param>
/// <param name="Correct">Hot, with an event.</param>
/// <param name="FalsePositive">Hot, no event here nor in a neighbour.</param>
/// <param name="FalsePositiveNeighbour">Hot, no event here but one in a neighbour.</param>
/// <param name="FalseNegative">An event, neither the cell nor a neighbour hot.</param>
/// <param name="FalseNegativeNeighbour">An event, the cell not hot but a neighbour is.</param>
public readonly record struct LabelCounts(
    double TrueNegative, double Correct, double FalsePositive, double FalsePositiveNeighbour,
    double FalseNegative, double FalseNegativeNeighbour)
{
    /// <summary>All cells.</summary>
    public double Cells => TrueNegative + Correct + FalsePositive + FalsePositiveNeighbour + FalseNegative + FalseNegativeNeighbour;

    /// <summary>The share of all cells that were hot.</summary>
    public double FlaggedShare => (Correct + FalsePositive + FalsePositiveNeighbour) / Cells;

    /// <summary>The share of cells with an event that were hot (recall); NaN without events.</summary>
    public double CorrectRate => Correct / EventCells;

    /// <summary>The share of cells with an event that were hot or beside a hot cell; NaN without events.</summary>
    public double CorrectOrNeighbourRate => (Correct + FalseNegativeNeighbour) / EventCells;

    /// <summary>The share of cells with an event that were neither: the other part of <see cref="CorrectOrNeighbourRate"/>.</summary>
    public double FalseNegativeRate => FalseNegative / EventCells;

    /// <summary>(Correct + TrueNegative) / cells. Events are rare: flagging nothing scores high.</summary>
    public double Accuracy => WeightedAccuracy(1);

    /// <summary>Accuracy that also counts both neighbour labels as right.</summary>
    public double TolerantAccuracy => TolerantWeightedAccuracy(1);

    /// <summary>
    /// The mean of the shares of cells with and without an event that were right; 0.5 without skill, NaN where there are none.
    /// </summary>
    public double BalancedAccuracy => (Correct / EventCells + TrueNegative / QuietCells) / 2;

    /// <summary>Balanced accuracy that also counts both neighbour labels as right.</summary>
    public double TolerantBalancedAccuracy =>
        ((Correct + FalseNegativeNeighbour) / EventCells + (TrueNegative + FalsePositiveNeighbour) / QuietCells) / 2;

    double EventCells => Correct + FalseNegative + FalseNegativeNeighbour;

    double QuietCells => Cells - EventCells;

    /// <summary>
    /// Accuracy in which each cell with an event counts as many: (weight x Correct + TrueNegative) / (weight x event cells + others).
    /// </summary>
    /// <param name="weight">What a cell with an event counts: 10 for the ShotSpotter report's 10:1.</param>
    public double WeightedAccuracy(double weight) => (weight * Correct + TrueNegative) / (weight * EventCells + QuietCells);

    /// <summary>Weighted accuracy that also counts both neighbour labels as right.</summary>
    /// <param name="weight">What a cell with an event counts.</param>
    public double TolerantWeightedAccuracy(double weight) =>
        (weight * (Correct + FalseNegativeNeighbour) + TrueNegative + FalsePositiveNeighbour) / (weight * EventCells + QuietCells);
}
