using System.Text.Json.Serialization;

namespace HotspotInference.Evaluation;

/// <summary>What the 95% interval of a difference says.</summary>
public enum ComparisonVerdict
{
    /// <summary>The interval holds zero: chance may be all there is.</summary>
    [JsonStringEnumMemberName("no_difference")]
    NoDifference,

    /// <summary>The interval excludes zero, on the better side.</summary>
    [JsonStringEnumMemberName("better")]
    Better,

    /// <summary>The interval excludes zero, on the worse side.</summary>
    [JsonStringEnumMemberName("worse")]
    Worse,
}
