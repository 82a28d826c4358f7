namespace HotspotInference.Training.Verbs;

/// <summary>What a trained model computes with.</summary>
enum Precision
{
    /// <summary>Float32.</summary>
    Full,

    /// <summary>Whole numbers of eight bits, where the model forecasts as well with them.</summary>
    Fast,
}
