namespace HotspotInference.Evaluation;

/// <summary>One point of a reliability curve: cell-periods of about the same risk.</summary>
/// <param name="MeanRisk">Their mean risk.</param>
/// <param name="Frequency">The share of them with at least one incident.</param>
/// <param name="CellPeriods">How many they are; at least 1.</param>
public readonly record struct ReliabilityBin(double MeanRisk, double Frequency, double CellPeriods);
