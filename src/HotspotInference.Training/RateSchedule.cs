namespace HotspotInference.Training;

/// <summary>How the learning rate changes from epoch to epoch.</summary>
enum RateSchedule
{
    /// <summary>It falls to a tenth where the loss stays where it is.</summary>
    Plateau,

    /// <summary>
    /// It falls with half a cosine from its value in the first epoch almost to 0 in the last (Loshchilov and Hutter 2017).
    /// </summary>
    Cosine,
}
