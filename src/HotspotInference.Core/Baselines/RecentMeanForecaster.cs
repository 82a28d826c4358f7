using System.Globalization;
using HotspotInference.Features;
using HotspotInference.Heatmaps;

namespace HotspotInference.Baselines;

/// <summary>
/// Each cell's mean over the last days: a window with sharp edges where <see cref="RateForecaster"/> fades. Missing and left-out periods
/// are skipped; the same at every horizon. Immutable and thread-safe.
/// </summary>
public sealed class RecentMeanForecaster : IntensityForecaster
{
    /// <summary>Averages the last days.</summary>
    /// <param name="heatmaps">How the heat maps are made.</param>
    /// <param name="days">How many, above 0; at least one period is averaged.</param>
    /// <exception cref="ArgumentOutOfRangeException">The days are not above 0.</exception>
    public RecentMeanForecaster(HeatmapSpec heatmaps, double days = 28)
        : base(string.Create(CultureInfo.InvariantCulture, $"last {days:0.##} days"), heatmaps, Window(heatmaps, days))
    {
    }

    private protected override void Expect(CityState city, int horizon, Span<float> intensity)
    {
        intensity.Clear();
        int periods = 0;
        foreach (int lag in Features.Maps!.Lags)
        {
            if (!city.TryGetMap(lag, out ReadOnlySpan<HeatmapEntry> entries))
                continue;
            periods++;
            foreach (HeatmapEntry entry in entries)
                intensity[entry.Index] += entry.Count;
        }
        foreach (ref float value in intensity)
            value /= Math.Max(periods, 1);
    }

    static FeatureSpec Window(HeatmapSpec heatmaps, double days)
    {
        ArgumentNullException.ThrowIfNull(heatmaps);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(days);
        return new FeatureSpec
        {
            Maps = new MapWindowSpec
            {
                Lags = MapWindowSpec.LastPeriods(Math.Max(1, (int)Math.Round(days / heatmaps.Cadence.Days))),
                Channels = heatmaps.Kinds.Classes,
                BinaryThreshold = null,
            },
        };
    }
}
