namespace HotspotInference.Training.Tuning;

/// <summary>What a worker is to train. Immutable.</summary>
/// <param name="Trial">The trial.</param>
/// <param name="Rung">The rung to reach.</param>
/// <param name="Values">The configuration.</param>
sealed record TrialJob(int Trial, int Rung, IReadOnlyList<string> Values);
