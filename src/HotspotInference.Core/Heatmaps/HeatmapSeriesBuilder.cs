using System.Globalization;
using HotspotInference.Periods;

namespace HotspotInference.Heatmaps;

/// <summary>
/// Collects heat maps that exist already, period after period, into a series; <see cref="HeatmapBuilder"/> counts incidents into new ones.
/// Not safe for use by several threads at once.
/// </summary>
public sealed class HeatmapSeriesBuilder
{
    readonly HeatmapSpec _spec;
    readonly long _first;
    readonly List<HeatmapEntry> _entries = [];
    readonly List<int> _ends = [];
    readonly List<bool> _missing = [];

    /// <summary>Starts an empty series.</summary>
    /// <param name="spec">How the maps were made.</param>
    /// <param name="firstPeriod">The number of the first period.</param>
    /// <exception cref="HotspotException">The settings contradict each other.</exception>
    public HeatmapSeriesBuilder(HeatmapSpec spec, long firstPeriod)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentOutOfRangeException.ThrowIfNegative(firstPeriod);
        _spec = spec.Validated();
        _first = firstPeriod;
    }

    /// <summary>Adds the map of the next period.</summary>
    /// <param name="map"><c>[class, row, column]</c>; exactly <see cref="HeatmapSpec.MapLength"/> long.</param>
    /// <param name="isMissing">Whether the period has no data: the map is empty or made up.</param>
    /// <exception cref="ArgumentException"><paramref name="map"/> has another length.</exception>
    /// <exception cref="HotspotException">A value is negative or not finite; nothing is added.</exception>
    public void Add(ReadOnlySpan<float> map, bool isMissing = false)
    {
        if (map.Length != _spec.MapLength)
            throw new ArgumentException(
                $"The span has {map.Length} elements; expected classes x rows x columns = {_spec.MapLength}.", nameof(map));
        for (int i = 0; i < map.Length; i++)
        {
            if (!(map[i] >= 0 && float.IsFinite(map[i])))
                throw new HotspotException("heat map", string.Create(CultureInfo.InvariantCulture, $"{map[i]} at index {i}"),
                    "counts of incidents, 0 or more", "Check how the map was made.");
        }
        for (int i = 0; i < map.Length; i++)
        {
            if (map[i] > 0)
                _entries.Add(new HeatmapEntry(i, map[i]));
        }
        _ends.Add(_entries.Count);
        _missing.Add(isMissing);
    }

    /// <summary>Makes the series of what was added so far.</summary>
    /// <param name="isFilled">Whether the maps of missing periods were made up; otherwise what they hold is left out.</param>
    public HeatmapSeries Build(bool isFilled = false)
    {
        int[] ends = [.. _ends];
        var starts = new int[ends.Length];
        for (int i = 0; i < ends.Length; i++)
            starts[i] = _missing[i] && !isFilled ? ends[i] : i == 0 ? 0 : ends[i - 1];
        return new HeatmapSeries(_spec, new PeriodRange(_spec.Cadence, _first, ends.Length),
            [.. _entries], starts, ends, [.. _missing], isFilled);
    }
}
