namespace HotspotInference.Training.Verbs;

/// <summary>How <c>tune</c> chooses configurations.</summary>
enum TuneMethod
{
    /// <summary>From what is known of others.</summary>
    Bayesian,

    /// <summary>At random.</summary>
    Random,
}
