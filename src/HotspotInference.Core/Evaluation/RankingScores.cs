namespace HotspotInference.Evaluation;

/// <summary>The scores that follow from the order of all cell-periods; NaN where they are not defined.</summary>
/// <param name="AveragePrecision">
/// The sum over distinct risks, from the highest, of the precision down to there times the recall gained.
/// </param>
/// <param name="RocAuc">The chance that a positive has a higher risk than a negative, ties counting half.</param>
readonly record struct RankingScores(double AveragePrecision, double RocAuc);
