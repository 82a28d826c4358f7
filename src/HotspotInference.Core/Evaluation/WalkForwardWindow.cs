namespace HotspotInference.Evaluation;

/// <summary>How much of the past is known to the forecasters of a walk-forward validation.</summary>
public enum WalkForwardWindow
{
    /// <summary>Everything before the test block.</summary>
    Expanding,

    /// <summary>A window of constant length before it: what is older is neither learnt nor part of any history.</summary>
    Rolling,
}
