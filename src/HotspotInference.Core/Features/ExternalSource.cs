namespace HotspotInference.Features;

/// <summary>What the values of an external feature belong to.</summary>
public enum ExternalSource
{
    /// <summary>Periods, the same value in every cell: weather, holidays.</summary>
    Period,

    /// <summary>Cells, the same value in every period: population, income, the distance to a place.</summary>
    Cell,
}
