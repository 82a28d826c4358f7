namespace HotspotInference.Training.Tuning;

/// <summary>What a study makes small.</summary>
enum TrialObjective
{
    /// <summary>The loss that is trained, of the best epoch, over a block that decides which one that is.</summary>
    Loss,

    /// <summary>Mean negative log likelihood of "at least one incident" over a block that the training has not seen.</summary>
    LogLoss,

    /// <summary>The negative of average precision over such a block.</summary>
    AveragePrecision,
}
