namespace HotspotInference.Evaluation;

/// <summary>What a walk-forward validation found. Immutable.</summary>
/// <param name="Window">What was known before a block.</param>
/// <param name="Splits">The splits, in the order of time.</param>
/// <param name="Refits">For each refit interval each forecaster at horizon 1, over all periods of the blocks.</param>
/// <param name="Horizons">
/// For each horizon each forecaster, frozen, over the periods of the blocks but for as many at each start as the longest horizon less one.
/// </param>
public sealed record WalkForwardReport(
    WalkForwardWindow Window, IReadOnlyList<WalkForwardSplit> Splits, IReadOnlyList<WalkForwardScore> Refits,
    IReadOnlyList<WalkForwardScore> Horizons);
