namespace HotspotInference.Baselines;

/// <summary>
/// A regression fitted to one class: <c>intercept + sum of history x log(rate + offset) + sum of calendar x feature</c>. Immutable.
/// </summary>
public sealed record RegressionCoefficients
{
    /// <summary>The sum where all features are 0.</summary>
    public required double Intercept { get; init; }

    /// <summary>For each rate, in the order of the class's channel: half-life, smoothing.</summary>
    public required IReadOnlyList<double> History { get; init; }

    /// <summary>For each calendar feature.</summary>
    public required IReadOnlyList<double> Calendar { get; init; }

    /// <summary>What is added to a rate before its logarithm is taken, incidents a period, above 0.</summary>
    public required double Offset { get; init; }
}
