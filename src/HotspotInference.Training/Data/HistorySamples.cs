using System.Runtime.InteropServices;
using HotspotInference.Features;
using HotspotInference.Heatmaps;
using static TorchSharp.torch;

namespace HotspotInference.Training.Data;

/// <summary>
/// What was known of the past at each of some targets: rates of the cells, where there are any, and features of the city, as a state had
/// them a horizon before. Memory: 4 bytes for each target, feature and cell.
/// </summary>
sealed class HistorySamples
{
    readonly Dictionary<long, (float[] History, float[] Calendar)> _samples = [];
    readonly GridSpec _grid;
    readonly int _features;

    /// <param name="series">Heat maps, not filled, from the start of history to the last target.</param>
    /// <param name="features">The history and calendar features; no history where a network sees none.</param>
    /// <param name="targets">The periods that are forecast.</param>
    /// <param name="horizon">How many periods ahead they are.</param>
    /// <param name="selected">The history features that are kept; null for all.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public HistorySamples(HeatmapSeries series, FeatureSpec features, IEnumerable<long> targets, int horizon = 1,
        IReadOnlyList<int>? selected = null, CancellationToken cancellationToken = default)
    {
        _grid = series.Spec.Grid;
        int rates = features.History?.FeatureCount ?? 0;
        selected ??= [.. Enumerable.Range(0, rates)];
        _features = selected.Count;
        var wanted = new HashSet<long>(targets);
        var city = new CityState(series.Spec, new FeatureSpec { History = features.History, Calendar = features.Calendar },
            series.Periods.First);
        var all = new float[rates * _grid.CellCount];
        while (_samples.Count < wanted.Count)
        {
            cancellationToken.ThrowIfCancellationRequested();
            long target = city.NextPeriod + horizon - 1;
            if (wanted.Contains(target))
            {
                if (rates > 0)
                    city.CopyHistory(horizon, all);
                var history = new float[_features * _grid.CellCount];
                for (int i = 0; i < _features; i++)
                    all.AsSpan(selected[i] * _grid.CellCount, _grid.CellCount).CopyTo(history.AsSpan(i * _grid.CellCount));
                var calendar = new float[features.Calendar!.Features.Count];
                city.CopyCalendar(horizon, calendar);
                _samples.Add(target, (history, calendar));
            }
            city.Append(series, series.PositionOf(city.NextPeriod));
        }
    }

    /// <summary>Whether there are rates.</summary>
    public bool HasRates => _features > 0;

    /// <summary>The rates before some targets: <c>[batch, feature, row, column]</c>.</summary>
    public Tensor History(ReadOnlySpan<long> targets)
    {
        Tensor history = empty([targets.Length, _features, _grid.Rows, _grid.Columns], ScalarType.Float32);
        Fill(history, targets, sample => sample.History);
        return history;
    }

    /// <summary>The features of the city before some targets: <c>[batch, feature]</c>.</summary>
    public Tensor Calendar(ReadOnlySpan<long> targets)
    {
        Tensor calendar = empty([targets.Length, _samples[targets[0]].Calendar.Length], ScalarType.Float32);
        Fill(calendar, targets, sample => sample.Calendar);
        return calendar;
    }

    void Fill(Tensor tensor, ReadOnlySpan<long> targets, Func<(float[] History, float[] Calendar), float[]> part)
    {
        Span<float> values = MemoryMarshal.Cast<byte, float>(tensor.bytes);
        foreach (long target in targets)
        {
            float[] sample = part(_samples[target]);
            sample.CopyTo(values);
            values = values[sample.Length..];
        }
    }
}
