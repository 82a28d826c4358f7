namespace HotspotInference.Baselines;

/// <summary>What a regression's linear sum stands for.</summary>
public enum RegressionLink
{
    /// <summary>The logarithm of the expected count: Poisson regression.</summary>
    Log,

    /// <summary>The log odds of at least one incident: logistic regression.</summary>
    Logit,
}
