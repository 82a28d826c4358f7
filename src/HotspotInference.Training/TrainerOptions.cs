namespace HotspotInference.Training;

/// <summary>How a network is trained. Immutable.</summary>
sealed record TrainerOptions
{
    /// <summary>Passes over the training windows.</summary>
    public int Epochs { get; init; } = 30;

    /// <summary>After how many of these training pauses, as if that were all; null for none.</summary>
    public int? StopAfter { get; init; }

    /// <summary>Windows in one step.</summary>
    public int Batch { get; init; } = 8;

    /// <summary>Adam's learning rate.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Seed of weights, order and dropout.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Epochs without a lower loss after which training stops; 0 for never.</summary>
    public int Patience { get; init; } = 10;

    /// <summary>How the learning rate changes.</summary>
    public RateSchedule Schedule { get; init; }

    /// <summary>
    /// Epochs without a lower loss after which <see cref="RateSchedule.Plateau"/> lowers the rate to a tenth; 0 for never.
    /// </summary>
    public int Plateau { get; init; } = 4;

    /// <summary>
    /// Whether the network forecasts before it is trained, so that its validation loss then is one to beat: where no epoch does, it stays.
    /// </summary>
    public bool IsFitted { get; init; }

    /// <summary>The gradient's norm is kept below this; 0 for no limit.</summary>
    public double ClipNorm { get; init; } = 1;

    /// <summary>When to stop, best network in hand; null for no limit.</summary>
    public TimeSpan? Limit { get; init; }
}
