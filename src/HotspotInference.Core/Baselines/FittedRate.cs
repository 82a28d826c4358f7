namespace HotspotInference.Baselines;

/// <summary>
/// What was fitted for one class: in every cell <c>weekday factor x (scale x rate + floor)</c> incidents are expected, where the rate is
/// discounted in time and smoothed in space. Immutable.
/// </summary>
public sealed record FittedRate
{
    /// <summary>Half-life of the rate in days, above 0.</summary>
    public required double HalfLifeDays { get; init; }

    /// <summary>Standard deviation of the Gaussian smoothing in metres; 0 where there is none.</summary>
    public double BandwidthMeters { get; init; }

    /// <summary>Incidents expected for each that the rate has, at least 0: 1 where the future is as the past.</summary>
    public required double Scale { get; init; }

    /// <summary>Incidents expected in every cell and period whatever the rate, above 0.</summary>
    public required double Floor { get; init; }

    /// <summary>Seven factors from Sunday on; all 1 where the day of the week is not looked at.</summary>
    public IReadOnlyList<double> WeekdayFactors { get; init; } = [1, 1, 1, 1, 1, 1, 1];

    /// <summary>Poisson log likelihood over the periods learnt, without the terms that no parameter enters.</summary>
    public required double LogLikelihood { get; init; }
}
