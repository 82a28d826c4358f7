using System.Globalization;
using HotspotInference.Periods;

namespace HotspotInference.Heatmaps;

/// <summary>
/// Heat maps of consecutive periods, stored sparsely: the non-zero counts of each. Immutable and safe to share between
/// threads. Memory: 8 bytes for each non-zero count and 9 for each period.
/// </summary>
public sealed partial class HeatmapSeries
{
    readonly HeatmapEntry[] _entries;
    // The entries of period i are _entries[_starts[i].._ends[i]]; periods that were filled alike share theirs.
    readonly int[] _starts;
    readonly int[] _ends;
    readonly bool[] _missing;

    internal HeatmapSeries(HeatmapSpec spec, PeriodRange periods, HeatmapEntry[] entries, int[] starts, int[] ends,
        bool[] missing, bool isFilled)
    {
        Spec = spec;
        Periods = periods;
        IsFilled = isFilled;
        _entries = entries;
        _starts = starts;
        _ends = ends;
        _missing = missing;
    }

    internal ReadOnlySpan<HeatmapEntry> Storage => _entries;

    internal ReadOnlySpan<int> Starts => _starts;

    internal ReadOnlySpan<int> Ends => _ends;

    internal ReadOnlySpan<bool> Missing => _missing;

    /// <summary>How the maps were made.</summary>
    public HeatmapSpec Spec { get; }

    /// <summary>The periods covered.</summary>
    public PeriodRange Periods { get; }

    /// <summary>
    /// Whether the maps of missing periods were made up (by <see cref="HeatmapSpec.Filling"/>); otherwise they are empty.
    /// </summary>
    public bool IsFilled { get; }

    /// <summary>Whether any period has no data.</summary>
    public bool HasMissing => _missing.AsSpan().Contains(true);

    /// <summary>Whether a period has no data: its map is empty or made up (synthetic), and it is never a target.</summary>
    /// <param name="period">Position in the series, 0..<c>Periods.Count</c>-1.</param>
    public bool IsMissing(int period) => _missing[period];

    /// <summary>The non-zero counts of one period, in the order of their index.</summary>
    /// <param name="period">Position in the series, 0..<c>Periods.Count</c>-1.</param>
    public ReadOnlySpan<HeatmapEntry> Entries(int period) => _entries.AsSpan(_starts[period].._ends[period]);

    /// <summary>Writes one period's map.</summary>
    /// <param name="period">Position in the series, 0..<c>Periods.Count</c>-1.</param>
    /// <param name="map">Receives <c>[class, row, column]</c>; exactly <see cref="HeatmapSpec.MapLength"/> long.</param>
    /// <exception cref="ArgumentException"><paramref name="map"/> has another length.</exception>
    public void CopyTo(int period, Span<float> map)
    {
        if (map.Length != Spec.MapLength)
            throw new ArgumentException(
                $"The span has {map.Length} elements; expected classes x rows x columns = {Spec.MapLength}.", nameof(map));
        map.Clear();
        foreach (HeatmapEntry entry in Entries(period))
            map[entry.Index] = entry.Count;
    }

    /// <summary>The sum of one class over all cells in one period: how many incidents, where the map is not made up.</summary>
    /// <param name="period">Position in the series, 0..<c>Periods.Count</c>-1.</param>
    /// <param name="classIndex">Position in the encoding's classes.</param>
    public double Total(int period, int classIndex)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(classIndex);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(classIndex, Spec.Kinds.Classes.Count);
        int first = classIndex * Spec.Grid.CellCount, end = first + Spec.Grid.CellCount;
        double total = 0;
        foreach (HeatmapEntry entry in Entries(period))
            total += entry.Index >= first && entry.Index < end ? entry.Count : 0;
        return total;
    }

    /// <summary>The position of the period that contains a wall-clock time.</summary>
    /// <exception cref="HotspotException">The time is outside the series.</exception>
    public int PositionOf(DateTime time) => PositionOf(Spec.Cadence.IndexOf(time));

    /// <summary>The position of the period that contains the first instant of a day.</summary>
    /// <exception cref="HotspotException">The day is outside the series.</exception>
    public int PositionOf(DateOnly day) => PositionOf(day.ToDateTime(TimeOnly.MinValue));

    /// <summary>The position of a period given by its number (<see cref="Cadence.IndexOf"/>).</summary>
    /// <exception cref="HotspotException">The period is outside the series.</exception>
    public int PositionOf(long period) => Periods.Contains(period)
        ? (int)(period - Periods.First)
        : throw Outside(string.Create(CultureInfo.InvariantCulture, $"the period of {Spec.Cadence.StartOf(period):yyyy-MM-dd HH:mm}"));

    /// <summary>The maps of some of the periods, in storage of their own.</summary>
    /// <exception cref="ArgumentException"><paramref name="periods"/> are of another cadence.</exception>
    /// <exception cref="HotspotException">Some of the periods are outside the series.</exception>
    public HeatmapSeries Slice(PeriodRange periods)
    {
        if (periods.Cadence != Spec.Cadence)
            throw new ArgumentException(
                $"The periods are of a {periods.Cadence}; expected the heat maps' {Spec.Cadence}.", nameof(periods));
        if (periods.Count < 0 || periods.First < Periods.First || periods.End > Periods.End)
            throw Outside(periods.ToString());
        int offset = (int)(periods.First - Periods.First);
        var entries = new List<HeatmapEntry>();
        var starts = new int[periods.Count];
        var ends = new int[periods.Count];
        var moved = new Dictionary<(int, int), int>();
        for (int i = 0; i < periods.Count; i++)
        {
            (int Start, int End) stored = (_starts[offset + i], _ends[offset + i]);
            if (!moved.TryGetValue(stored, out starts[i]))
            {
                moved.Add(stored, starts[i] = entries.Count);
                entries.AddRange(Entries(offset + i));
            }
            ends[i] = starts[i] + stored.End - stored.Start;
        }
        return new HeatmapSeries(Spec, periods, [.. entries], starts, ends, _missing[offset..(offset + periods.Count)], IsFilled);
    }

    HotspotException Outside(string found) =>
        new("heat maps", found, $"periods within {Periods}",
            "Ask for periods that the incidents cover, or give incidents that cover them.");
}
