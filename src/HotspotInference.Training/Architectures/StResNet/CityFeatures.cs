namespace HotspotInference.Training.Architectures.StResNet;

/// <summary>What a network is told of the whole city beside its maps.</summary>
enum CityFeatures
{
    /// <summary>The features of the calendar.</summary>
    Calendar,

    /// <summary>Nothing.</summary>
    None,
}
