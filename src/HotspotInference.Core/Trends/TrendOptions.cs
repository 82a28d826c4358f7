namespace HotspotInference.Trends;

/// <summary>How <see cref="TrendAnalysis"/> looks for trends. Immutable.</summary>
public sealed record TrendOptions
{
    /// <summary>The length of a step. A calendar month by default.</summary>
    public TrendStep Step { get; init; } = TrendStep.Month;

    /// <summary>The class of incidents; null for the last of the heat maps' classes, which is all of them.</summary>
    public string? ClassName { get; init; }

    /// <summary>
    /// Rows and columns to each side that belong to a cell's neighbourhood, at least 0. 1 by default: the cell and its 8 neighbours.
    /// </summary>
    public int NeighbourCells { get; init; } = 1;

    /// <summary>
    /// Steps before that belong to a neighbourhood, at least 0. 1 by default: the step and the one before, as in ArcGIS Pro.
    /// </summary>
    public int NeighbourSteps { get; init; } = 1;

    /// <summary>The level below which a p-value is significant, above 0 and below 1. 0.05 by default.</summary>
    public double Significance { get; init; } = 0.05;

    /// <summary>
    /// Whether hot and cold are told by the false discovery rate over all cells and steps (<see cref="FalseDiscovery"/>), as in ArcGIS
    /// Pro. True by default: of thousands of tests some are always below 0.05. The trend of a cell is never corrected.
    /// </summary>
    public bool CorrectFalseDiscovery { get; init; } = true;
}
