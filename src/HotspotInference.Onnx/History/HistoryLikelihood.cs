namespace HotspotInference.Onnx.History;

/// <summary>What a history model's likelihood speaks of.</summary>
public enum HistoryLikelihood
{
    /// <summary>How many incidents there were, Poisson distributed: the expected count is right, and risk follows from it.</summary>
    Counts,

    /// <summary>
    /// Whether there was any, with probability <c>1 - exp(-intensity)</c>: risk is right also where incidents come in clusters, of which
    /// the second tells nothing. The level is that of a city that stays as it was on average, without the growth of the years learnt. The
    /// expected count is then the intensity times a ratio (<see cref="HistoryModelParameters.CountRatio"/>).
    /// </summary>
    Occurrence,
}
