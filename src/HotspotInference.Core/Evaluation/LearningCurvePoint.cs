namespace HotspotInference.Evaluation;

/// <summary>How well forecasters did that knew so much. Immutable.</summary>
/// <param name="Split">What was known, what of it was learnt, and the block that was forecast.</param>
/// <param name="Scores">One score a fitter.</param>
public sealed record LearningCurvePoint(WalkForwardSplit Split, IReadOnlyList<ForecasterScore> Scores);
