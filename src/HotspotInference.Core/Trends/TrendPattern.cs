namespace HotspotInference.Trends;

/// <summary>
/// The 17 classes of emerging hot spot analysis, as Esri defines them for ArcGIS Pro ("How Emerging Hot Spot Analysis works"): how hot or
/// cold a cell was over the steps. Hot and cold mean significantly so.
/// </summary>
public enum TrendPattern
{
    /// <summary>None of the others.</summary>
    NoPattern,

    /// <summary>Hot in the last step and never before.</summary>
    NewHotSpot,

    /// <summary>Hot in the last two steps or more without a break, never before those, and in less than 90% of the steps.</summary>
    ConsecutiveHotSpot,

    /// <summary>Hot in at least 90% of the steps, the last among them, and significantly hotter with time.</summary>
    IntensifyingHotSpot,

    /// <summary>Hot in at least 90% of the steps, the last among them, without a significant trend.</summary>
    PersistentHotSpot,

    /// <summary>Hot in at least 90% of the steps, the last among them, and significantly less so with time.</summary>
    DiminishingHotSpot,

    /// <summary>Hot in the last step and on and off before, in less than 90% of the steps; never cold.</summary>
    SporadicHotSpot,

    /// <summary>Hot in the last step and on and off before, in less than 90% of the steps; cold in some.</summary>
    OscillatingHotSpot,

    /// <summary>Hot in at least 90% of the steps, but not in the last.</summary>
    HistoricalHotSpot,

    /// <summary>Cold in the last step and never before.</summary>
    NewColdSpot,

    /// <summary>Cold in the last two steps or more without a break, never before those, and in less than 90% of the steps.</summary>
    ConsecutiveColdSpot,

    /// <summary>Cold in at least 90% of the steps, the last among them, and significantly colder with time.</summary>
    IntensifyingColdSpot,

    /// <summary>Cold in at least 90% of the steps, the last among them, without a significant trend.</summary>
    PersistentColdSpot,

    /// <summary>Cold in at least 90% of the steps, the last among them, and significantly less so with time.</summary>
    DiminishingColdSpot,

    /// <summary>Cold in the last step and on and off before, in less than 90% of the steps; never hot.</summary>
    SporadicColdSpot,

    /// <summary>Cold in the last step and on and off before, in less than 90% of the steps; hot in some.</summary>
    OscillatingColdSpot,

    /// <summary>Cold in at least 90% of the steps, but not in the last.</summary>
    HistoricalColdSpot,
}
