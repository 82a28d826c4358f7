namespace HotspotInference.Features;

/// <summary>One feature of the model input <c>history</c>.</summary>
/// <param name="Channel">The class whose incidents are counted.</param>
/// <param name="HalfLife">Half-life in periods (of the phase, where there is one).</param>
/// <param name="Smoothing">Standard deviation of the smoothing, in cells.</param>
/// <param name="BinaryThreshold">From which count on a cell counts as 1; null for counts.</param>
/// <param name="Phase">Which earlier periods it is taken over.</param>
public readonly record struct HistoryFeature(string Channel, double HalfLife, double Smoothing, float? BinaryThreshold, HistoryPhase Phase);
