namespace HotspotInference.Evaluation;

/// <summary>How well one kind of forecaster did in a walk-forward validation. Immutable.</summary>
/// <param name="Forecaster">The fitter's name.</param>
/// <param name="Refit">How often it was fitted anew.</param>
/// <param name="Horizon">How many periods ahead it forecast.</param>
/// <param name="Fits">How often it was fitted over all splits.</param>
/// <param name="Splits">Its scores in each block, without intervals.</param>
/// <param name="Pooled">Its scores over the periods of all blocks together, with intervals.</param>
public sealed record WalkForwardScore(
    string Forecaster, WalkForwardRefit Refit, int Horizon, int Fits, IReadOnlyList<ForecasterScore> Splits, ForecasterScore Pooled);
