using HotspotInference.Features;
using HotspotInference.Prediction;

namespace HotspotInference.Baselines;

/// <summary>
/// The next incident falls where incidents were, each counting half as much after a half-life: exponentially weighted, or the historical
/// frequency where the half-life is infinite. Immutable, safe to share between threads.
/// </summary>
public sealed class PlaceRates : INextIncidentForecaster
{
    /// <summary>What each cell counts beyond its incidents, so that none is impossible.</summary>
    public const double Prior = 0.1;

    readonly double _halfLifeDays;

    PlaceRates(string name, double halfLifeDays) => (Name, _halfLifeDays) = (name, halfLifeDays);

    /// <summary>All incidents alike: how often each cell had the next incident so far.</summary>
    public static PlaceRates Frequency { get; } = new("historical frequency", double.PositiveInfinity);

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public int NeededEvents => 1;

    /// <summary>Later incidents count more.</summary>
    /// <param name="halfLifeDays">Days after which an incident counts half, above 0.</param>
    public static PlaceRates Weighted(double halfLifeDays)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(halfLifeDays);
        return new PlaceRates(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"EWMA {halfLifeDays} days"), halfLifeDays);
    }

    /// <inheritdoc/>
    public void Predict(PastEvents past, Span<float> probabilities)
    {
        var weights = new double[probabilities.Length];
        Array.Fill(weights, Prior);
        DateTime now = past.TimeOf(past.Count - 1);
        for (int i = 0; i < past.Count; i++)
            weights[past.CellOf(i)] += double.IsInfinity(_halfLifeDays) ? 1
                : Math.Pow(2, -(now - past.TimeOf(i)).TotalDays / _halfLifeDays);
        Normalize(weights, probabilities);
    }

    /// <summary>Makes weights sum to 1.</summary>
    internal static void Normalize(ReadOnlySpan<double> weights, Span<float> probabilities)
    {
        double sum = 0;
        foreach (double weight in weights)
            sum += weight;
        for (int cell = 0; cell < weights.Length; cell++)
            probabilities[cell] = (float)(weights[cell] / sum);
    }
}
