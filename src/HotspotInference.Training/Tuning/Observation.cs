namespace HotspotInference.Training.Tuning;

/// <summary>What is known of a configuration. Immutable.</summary>
/// <param name="Values">The configuration.</param>
/// <param name="Fidelity">How much of its training was seen: 0 for the first rung, 1 for all of it.</param>
/// <param name="Score">The score, lower being better; null where the training failed, or is still under way.</param>
sealed record Observation(IReadOnlyList<string> Values, double Fidelity, double? Score);
