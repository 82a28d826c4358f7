namespace HotspotInference.Training;

/// <summary>What of a network's risk is fitted to the days of validation.</summary>
enum CalibrationKind
{
    /// <summary>Its level.</summary>
    Level,

    /// <summary>Also, for each class, how much logits differ.</summary>
    Temperature,

    /// <summary>Also, for each class, how risk follows from what the network says: any rising line of straight pieces.</summary>
    Isotonic,
}
