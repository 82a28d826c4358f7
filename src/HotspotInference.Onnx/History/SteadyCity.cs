using HotspotInference.Features;
using HotspotInference.Heatmaps;

namespace HotspotInference.Onnx.History;

/// <summary>
/// What the features of a history model would be in a city that stays at the mean level of the periods learnt. Where a city grows, its
/// rates lag behind it, and a fit makes up for that: it has the growth of the years that it learnt in its level, as if it went on.
/// </summary>
sealed class SteadyCity
{
    readonly int _cells;
    // By feature the position of its source: a class, counted or from a threshold on.
    readonly int[] _sourceOf;
    readonly (int Class, float? Threshold)[] _sources;
    readonly double[] _totals;
    readonly bool[] _isTotal;
    double _incidents;
    int _periods;

    public SteadyCity(FeatureSpec features, HeatmapSpec heatmaps)
    {
        _cells = heatmaps.Grid.CellCount;
        string[] classes = [.. heatmaps.Kinds.Classes];
        (int, float?)[] all = [.. features.History!.Features.Select(feature =>
            (Array.IndexOf(classes, feature.Channel), feature.BinaryThreshold))];
        _sources = [.. all.Distinct()];
        _sourceOf = Array.ConvertAll(all, source => Array.IndexOf(_sources, source));
        _totals = new double[_sources.Length];
        _isTotal = [.. (features.Calendar?.Features ?? [])
            .Select(name => name.StartsWith(CalendarSpec.TotalPrefix, StringComparison.Ordinal))];
        LastClass = classes.Length - 1;
    }

    // Counts every incident once, or is the only one.
    int LastClass { get; }

    /// <summary>Learns from one period.</summary>
    public void Add(ReadOnlySpan<HeatmapEntry> entries)
    {
        _periods++;
        foreach (HeatmapEntry entry in entries)
        {
            int classIndex = entry.Index / _cells;
            _incidents += classIndex == LastClass ? entry.Count : 0;
            for (int i = 0; i < _sources.Length; i++)
            {
                if (_sources[i].Class == classIndex && !(entry.Count < _sources[i].Threshold))
                    _totals[i] += _sources[i].Threshold is null ? entry.Count : 1;
            }
        }
    }

    /// <summary>A history feature, summed over all cells.</summary>
    public double Sum(int feature) => _totals[_sourceOf[feature]] / _periods;

    /// <summary>The calendar features of a period, with the totals that stay.</summary>
    public double[] Calendar(ReadOnlySpan<double> calendar)
    {
        double[] steady = calendar.ToArray();
        for (int i = 0; i < steady.Length; i++)
            steady[i] = _isTotal[i] ? CalendarSpec.TotalOf(_incidents / _periods) : steady[i];
        return steady;
    }
}
