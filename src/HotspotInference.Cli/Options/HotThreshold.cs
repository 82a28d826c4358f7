namespace HotspotInference.Cli.Options;

/// <summary>What makes a cell of a forecast hot.</summary>
enum HotThreshold
{
    /// <summary>A risk above a percentile.</summary>
    Percentile,

    /// <summary>A risk above the threshold that the model's rule chose on validation.</summary>
    Selected,
}
