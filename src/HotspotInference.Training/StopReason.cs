namespace HotspotInference.Training;

/// <summary>Why a training ended.</summary>
enum StopReason
{
    /// <summary>All epochs are done.</summary>
    Finished,

    /// <summary>The loss had not become lower for long enough.</summary>
    NoImprovement,

    /// <summary>The time was up.</summary>
    TimeLimit,

    /// <summary>The epochs that it was to do for now are done; others are left.</summary>
    Paused,

    /// <summary>Somebody asked for it.</summary>
    Cancelled,
}
