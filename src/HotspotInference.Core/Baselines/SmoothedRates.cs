using System.Buffers;
using HotspotInference.Features;
using HotspotInference.Heatmaps;

namespace HotspotInference.Baselines;

/// <summary>
/// Rates of the classes with a half-life and a bandwidth each. A state keeps the plain rates of all half-lives; smoothing happens when they
/// are read, so that a state does not grow with half-lives times bandwidths. Thread-safe.
/// </summary>
sealed class SmoothedRates
{
    readonly HeatmapSpec _heatmaps;
    // For each rate its place in the state's history, and how it is smoothed.
    readonly (int Feature, GridKernel? Kernel)[] _rates;

    /// <param name="heatmaps">How the heat maps are made.</param>
    /// <param name="rates">
    /// For each rate the class, the half-life in periods and the standard deviation in metres (0: not smoothed).
    /// </param>
    public SmoothedRates(HeatmapSpec heatmaps, IReadOnlyList<(int Class, double HalfLife, double Bandwidth)> rates)
    {
        _heatmaps = heatmaps;
        Spec = new HistorySpec { HalfLives = [.. rates.Select(rate => rate.HalfLife).Distinct().Order()],
            Channels = heatmaps.Kinds.Classes };
        double[] halfLives = [.. Spec.HalfLives];
        _rates = [.. rates.Select(rate => (rate.Class * halfLives.Length + Array.IndexOf(halfLives, rate.HalfLife),
            rate.Bandwidth > 0 ? new GridKernel(heatmaps.Grid, rate.Bandwidth) : null))];
    }

    /// <summary>What a state needs to keep.</summary>
    public HistorySpec Spec { get; }

    /// <summary>Writes <c>[rate, row, column]</c>, incidents a period.</summary>
    public void CopyTo(CityState city, Span<float> values)
    {
        int cells = _heatmaps.Grid.CellCount, length = Spec.FeatureCount * cells;
        float[] history = ArrayPool<float>.Shared.Rent(length);
        city.CopyHistory(1, history.AsSpan(0, length));
        for (int i = 0; i < _rates.Length; i++)
        {
            (int feature, GridKernel? kernel) = _rates[i];
            ReadOnlySpan<float> plain = history.AsSpan(feature * cells, cells);
            Span<float> target = values.Slice(i * cells, cells);
            if (kernel is null)
                plain.CopyTo(target);
            else
                kernel.Smooth(plain, target);
        }
        ArrayPool<float>.Shared.Return(history);
    }
}
