using HotspotInference.Periods;

namespace HotspotInference.Evaluation;

/// <summary>How a series is split for walk-forward validation, and what is compared. Immutable.</summary>
public sealed record WalkForwardOptions
{
    // Two years say what a place is like; more of them learn nothing while they warm up.
    const double MaximumWarmUpDays = 730;

    /// <summary>
    /// How many test blocks, one behind the other up to the end of the series. 4 by default, as in the ShotSpotter report.
    /// </summary>
    public int Splits { get; init; } = 4;

    /// <summary>What is known before a block. Everything by default.</summary>
    public WalkForwardWindow Window { get; init; }

    /// <summary>Periods in a test block; null for the whole part of the series' periods over <see cref="Splits"/> + 1.</summary>
    public int? TestPeriods { get; init; }

    /// <summary>Periods in a rolling window; null for as many as come before the first block.</summary>
    public int? TrainingPeriods { get; init; }

    /// <summary>
    /// Periods at the start of what is known that are history only, not learnt; null for a quarter of those known before the block, at most
    /// two years.
    /// </summary>
    public int? WarmUpPeriods { get; init; }

    /// <summary>How often forecasters are fitted anew within a block, each scored at horizon 1. Never by default.</summary>
    public IReadOnlyList<WalkForwardRefit> Refits { get; init; } = [WalkForwardRefit.Never];

    /// <summary>
    /// How many periods ahead the frozen forecasters are scored; empty, the default, for no comparison of horizons. Every horizon is scored
    /// on the same periods: those of each block that even the longest forecasts from data behind the fit.
    /// </summary>
    public IReadOnlyList<int> Horizons { get; init; } = [];

    /// <summary>How forecasts are scored; null for the defaults with a week a bootstrap block.</summary>
    public ScoringOptions? Scoring { get; init; }

    internal ScoringOptions ScoringFor(Cadence cadence) =>
        Scoring ?? ScoringOptions.Default with { BootstrapBlock = ScoringOptions.WeekOf(cadence) };

    internal int WarmUp(Cadence cadence, long known) =>
        WarmUpPeriods ?? (int)Math.Min(Math.Round(MaximumWarmUpDays / cadence.Days), known / 4);

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Splits, 1);
        if (TestPeriods is { } test)
            ArgumentOutOfRangeException.ThrowIfLessThan(test, 1);
        if (TrainingPeriods is { } training)
            ArgumentOutOfRangeException.ThrowIfLessThan(training, 1);
        if (WarmUpPeriods is { } warmUp)
            ArgumentOutOfRangeException.ThrowIfNegative(warmUp);
        foreach (int horizon in Horizons)
            ArgumentOutOfRangeException.ThrowIfLessThan(horizon, 1);
    }
}
