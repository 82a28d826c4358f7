using System.Globalization;
using HotspotInference.Features;
using HotspotInference.Heatmaps;
using HotspotInference.Prediction;

namespace HotspotInference.Baselines;

/// <summary>
/// Takes a cell's exponentially weighted rate for its expected count: risk is <c>1 - exp(-rate)</c>. The rate is the discounted sum of
/// counts over the discounted number of periods; missing and left-out periods are skipped in both. Thread-safe.
/// </summary>
public sealed class RateForecaster : IRiskForecaster
{
    // In days: near enough to none over any data there is, and cells with equal counts are then in the order of their last incidents.
    const double AverageHalfLife = 100_000;

    RateForecaster(string name, HeatmapSpec heatmaps, double halfLife)
    {
        Name = name;
        Heatmaps = heatmaps;
        Features = new FeatureSpec { History = new HistorySpec { HalfLives = [halfLife], Channels = heatmaps.Kinds.Classes } };
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public HeatmapSpec Heatmaps { get; }

    /// <inheritdoc/>
    public FeatureSpec Features { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Classes => Heatmaps.Kinds.Classes;

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
        return new(string.Create(CultureInfo.InvariantCulture, $"EWMA {halfLifeDays:0.##} days"), heatmaps, halfLifeDays / heatmaps.Cadence.Days);
    }

    /// <inheritdoc/>
    /// <remarks>The rate is the same at every horizon.</remarks>
    /// <exception cref="ArgumentException">The state was made for another forecaster, or <paramref name="risk"/> has another length.</exception>
    public void Predict(CityState city, int horizon, Span<float> risk)
    {
        ArgumentNullException.ThrowIfNull(city);
        ArgumentOutOfRangeException.ThrowIfLessThan(horizon, 1);
        if (!city.Heatmaps.Equals(Heatmaps) || !city.Features.Equals(Features))
            throw new ArgumentException(
                $"The state was made for another forecaster than '{Name}'; make it for this one's Heatmaps and Features.", nameof(city));
        if (risk.Length != Heatmaps.MapLength)
            throw new ArgumentException(
                $"The span has {risk.Length} elements; expected classes x rows x columns = {Heatmaps.MapLength}.", nameof(risk));
        // One rate a class, in the order of the classes.
        city.CopyHistory(horizon, risk);
        foreach (ref float value in risk)
            value = (float)-double.ExpM1(-value);
    }
}
