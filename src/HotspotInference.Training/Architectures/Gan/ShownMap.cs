namespace HotspotInference.Training.Architectures.Gan;

/// <summary>What the discriminator is shown of a forecast.</summary>
enum ShownMap
{
    /// <summary>
    /// A map of zeros and ones drawn from the risk, as what happened is one. Only the true risk cannot be told from it.
    /// </summary>
    Sample,

    /// <summary>The risk itself. It can always be told from zeros and ones, and is driven towards these.</summary>
    Risk,
}
