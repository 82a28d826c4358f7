using System.Globalization;
using HotspotInference.Features;
using HotspotInference.Heatmaps;

namespace HotspotInference.Baselines;

/// <summary>
/// Takes a cell's exponentially weighted rate for its expected count: risk is <c>1 - exp(-rate)</c>. The rate is the discounted sum of
/// counts over the discounted number of periods; missing and left-out periods are skipped in both. The same at every
/// horizon. Thread-safe.
/// </summary>
public sealed class RateForecaster : IntensityForecaster
{
    // In days: near enough to none over any data there is, and cells with equal counts are then in the order of their last incidents.
    internal const double AverageHalfLife = 100_000;

    RateForecaster(string name, HeatmapSpec heatmaps, double halfLife)
        : base(name, heatmaps, new FeatureSpec { History = new HistorySpec { HalfLives = [halfLife], Channels = heatmaps.Kinds.Classes } })
    {
    }

    /// <summary>
    /// Each cell's mean over all history: hard to beat where places stay the same. It is discounted with a half-life of 100,000 days, so
    /// that of two cells with equal counts the one with the later incidents comes first.
    /// </summary>
    public static RateForecaster HistoricalAverage(HeatmapSpec heatmaps)
    {
        ArgumentNullException.ThrowIfNull(heatmaps);
        return new("historical average", heatmaps, AverageHalfLife / heatmaps.Cadence.Days);
    }

    /// <summary>Each cell's last count again: what the naive "it will be as yesterday" is worth.</summary>
    public static RateForecaster LastPeriod(HeatmapSpec heatmaps)
    {
        ArgumentNullException.ThrowIfNull(heatmaps);
        return new("last period", heatmaps, 0);
    }

    /// <summary>Each cell's exponentially weighted mean.</summary>
    /// <param name="heatmaps">How the heat maps are made.</param>
    /// <param name="halfLifeDays">Half-life in days, above 0. The default suits daily gunfire and street crime.</param>
    /// <exception cref="ArgumentOutOfRangeException">The half-life is not above 0.</exception>
    public static RateForecaster Ewma(HeatmapSpec heatmaps, double halfLifeDays = 90)
    {
        ArgumentNullException.ThrowIfNull(heatmaps);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(halfLifeDays);
        return new(string.Create(CultureInfo.InvariantCulture, $"EWMA {halfLifeDays:0.##} days"), heatmaps,
            halfLifeDays / heatmaps.Cadence.Days);
    }

    // One rate a class, in the order of the classes; the same at every horizon.
    private protected override void Expect(CityState city, int horizon, Span<float> intensity) => city.CopyHistory(horizon, intensity);
}
