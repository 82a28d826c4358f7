namespace HotspotInference.Training.Architectures.HotspotNet;

/// <summary>What becomes of the fitted mixture and day factor.</summary>
enum MixtureTraining
{
    /// <summary>
    /// They stay, and only the correction is learnt. The fit is exact and cheap, so that in the end it is done again, validation days
    /// included.
    /// </summary>
    Fixed,

    /// <summary>They are trained on with the correction.</summary>
    Trained,
}
