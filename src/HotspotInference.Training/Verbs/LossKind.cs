namespace HotspotInference.Training.Verbs;

/// <summary>What is made small.</summary>
enum LossKind
{
    /// <summary>Binary cross-entropy of "at least one incident".</summary>
    CrossEntropy,

    /// <summary>Poisson likelihood of the counts.</summary>
    Poisson,

    /// <summary>Likelihood of "at least one incident" of an intensity.</summary>
    Occurrence,
}
