namespace HotspotInference.Forecasts;

/// <summary>How likely an incident, where there is one, is of a kind.</summary>
/// <param name="Kind">The kind, as the heat maps name it.</param>
/// <param name="Probability">0..1; over all kinds they sum to 1.</param>
public readonly record struct KindProbability(string Kind, double Probability);
