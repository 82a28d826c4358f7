using HotspotInference.Features;
using HotspotInference.Heatmaps;

namespace HotspotInference.Baselines;

/// <summary>
/// A running rate for each class with the half-life, bandwidth, scale, floor and weekday factors that were fitted to it. The rate is
/// the same at every horizon, the weekday the target's. Immutable and thread-safe.
/// </summary>
public sealed class FittedRateForecaster : IntensityForecaster
{
    readonly SmoothedRates _smoothed;

    internal FittedRateForecaster(string name, HeatmapSpec heatmaps, FittedRate[] rates)
        : this(name, heatmaps, rates, new SmoothedRates(heatmaps,
            [.. rates.Select((rate, c) => (c, rate.HalfLifeDays / heatmaps.Cadence.Days, rate.BandwidthMeters))]))
    {
    }

    FittedRateForecaster(string name, HeatmapSpec heatmaps, FittedRate[] rates, SmoothedRates smoothed)
        : base(name, heatmaps, new FeatureSpec { History = smoothed.Spec })
    {
        Rates = rates;
        _smoothed = smoothed;
    }

    /// <summary>What was fitted, for each class.</summary>
    public IReadOnlyList<FittedRate> Rates { get; }

    private protected override void Expect(CityState city, int horizon, Span<float> intensity)
    {
        _smoothed.CopyTo(city, intensity);
        int cells = Heatmaps.Grid.CellCount, weekday = Weekday(city, horizon);
        for (int c = 0; c < Rates.Count; c++)
        {
            FittedRate rate = Rates[c];
            double factor = rate.WeekdayFactors[weekday];
            foreach (ref float value in intensity.Slice(c * cells, cells))
                value = (float)(factor * (rate.Scale * value + rate.Floor));
        }
    }
}
