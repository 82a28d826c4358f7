using System.Text.Json.Serialization;

namespace HotspotInference.Forecasts;

/// <summary>What a threshold is chosen by.</summary>
public enum ThresholdCriterion
{
    /// <summary>The largest share of the cell-periods that may be hot.</summary>
    [JsonStringEnumMemberName("coverage")]
    Coverage,

    /// <summary>The largest share of the cell-periods with incidents that may be missed.</summary>
    [JsonStringEnumMemberName("miss")]
    Miss,

    /// <summary>What a missed cell-period costs where a false alarm costs 1; the sum is made least.</summary>
    [JsonStringEnumMemberName("cost")]
    Cost,
}
