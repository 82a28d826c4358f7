namespace HotspotInference.Training.Architectures.HotspotNet;

/// <summary>What becomes of the fitted mixture and day factor.</summary>
enum MixtureTraining
{
    /// <summary>They stay: the fit is exact, and only the correction is learnt.</summary>
    Fixed,

    /// <summary>They are trained on with the correction.</summary>
    Trained,
}
