namespace HotspotInference.Training.Tuning;

/// <summary>How a trial did at a rung: a line of the study file. Immutable.</summary>
/// <param name="Trial">Its number, from 0.</param>
/// <param name="Rung">The rung, from 0.</param>
/// <param name="Epochs">The epochs it had had, or had stopped before.</param>
/// <param name="Values">Its configuration, in the order of the space.</param>
/// <param name="Score">The mean of the splits' scores, lower being better; null where it failed.</param>
/// <param name="Splits">The score of each split.</param>
/// <param name="Seconds">How long it took from the rung before.</param>
/// <param name="Failure">Why it failed; null where it did not.</param>
sealed record TrialResult(
    int Trial, int Rung, int Epochs, IReadOnlyList<string> Values, double? Score, IReadOnlyList<double> Splits, double Seconds,
        string? Failure);
