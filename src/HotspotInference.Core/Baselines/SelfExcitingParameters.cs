namespace HotspotInference.Baselines;

/// <summary>
/// A self-exciting point process, fitted to one class. In a cell and period are expected <c>BackgroundScale x background + Floor</c>
/// incidents on their own, where the background is the mean of all periods before, smoothed; and each incident is followed by
/// <c>Productivity</c> more on average, after an exponential time and at a Gaussian distance. Immutable.
/// </summary>
public sealed record SelfExcitingParameters
{
    /// <summary>theta: incidents that one triggers directly, from 0 to about 1.</summary>
    public required double Productivity { get; init; }

    /// <summary>omega: the inverse of the mean time between an incident and one that it triggers, in 1/days, above 0.</summary>
    public required double DecayPerDay { get; init; }

    /// <summary>sigma: standard deviation of the distance from it, along each axis, in metres.</summary>
    public required double SpreadMeters { get; init; }

    /// <summary>Share of the mean of the past that goes on without being triggered, from 0 to about 1.</summary>
    public required double BackgroundScale { get; init; }

    /// <summary>Standard deviation of the background's smoothing in metres.</summary>
    public required double BackgroundBandwidthMeters { get; init; }

    /// <summary>Incidents expected in every cell and period whatever the past, above 0.</summary>
    public required double Floor { get; init; }

    /// <summary>Poisson log likelihood over the periods learnt, without the term that no parameter enters.</summary>
    public required double LogLikelihood { get; init; }

    /// <summary>How many times all kernels were improved in turn.</summary>
    public required int Rounds { get; init; }
}
