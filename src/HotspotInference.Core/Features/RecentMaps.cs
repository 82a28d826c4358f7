using HotspotInference.Heatmaps;

namespace HotspotInference.Features;

/// <summary>The last maps of a city, sparse, as far back as the longest lag reaches, with missing ones made up.</summary>
sealed class RecentMaps
{
    readonly HeatmapSpec _heatmaps;
    readonly ChannelMap _channels;
    readonly HeatmapFiller _filler;
    readonly HeatmapEntry[][] _maps;
    readonly bool[] _missing;
    // The last real map, and its period: where a linear filling starts.
    HeatmapEntry[] _anchor = [];
    long _anchorPeriod = -1;

    public RecentMaps(MapWindowSpec spec, HeatmapSpec heatmaps)
    {
        Spec = spec;
        _heatmaps = heatmaps;
        _channels = new ChannelMap(spec.Channels, heatmaps);
        _filler = HeatmapFiller.Create(heatmaps);
        _maps = new HeatmapEntry[spec.Lags.Max()][];
        Array.Fill(_maps, []);
        _missing = new bool[_maps.Length];
    }

    public MapWindowSpec Spec { get; }

    /// <summary>Takes a map as it is; only real ones are what missing ones are made up from.</summary>
    public void Append(long period, ReadOnlySpan<HeatmapEntry> entries, bool isReal)
    {
        int slot = Slot(period);
        _missing[slot] = false;
        _maps[slot] = entries.ToArray();
        if (!isReal)
            return;
        _filler.Observe(period, entries);
        // An excluded day's map is real but an outlier: no filling leans on it.
        if (_heatmaps.Filling == FillMethod.Linear && !_heatmaps.IsExcluded(period))
            Reinterpolate(period);
    }

    /// <summary>Makes up the map of a missing period.</summary>
    public void AppendMissing(long period)
    {
        var madeUp = new List<HeatmapEntry>();
        _filler.Fill(period, madeUp);
        _missing[Slot(period)] = true;
        _maps[Slot(period)] = [.. madeUp];
    }

    /// <summary>A map as it was told; false where it was made up.</summary>
    public bool TryGet(long period, out ReadOnlySpan<HeatmapEntry> entries)
    {
        entries = _maps[Slot(period)];
        return !_missing[Slot(period)];
    }

    public void CopyTo(long target, Span<float> maps)
    {
        int mapLength = Spec.Channels.Count * _heatmaps.Grid.CellCount;
        for (int i = 0; i < Spec.Lags.Count; i++)
            CopyMap(target - Spec.Lags[i], maps.Slice(i * mapLength, mapLength));
    }

    /// <summary>One map as a window shows it: <c>[channel, row, column]</c>.</summary>
    public void CopyMap(long period, Span<float> map) => _channels.Show(_maps[Slot(period)], map, Spec.BinaryThreshold);

    public void Write(BinaryWriter writer)
    {
        writer.Write(_anchorPeriod);
        WriteMap(writer, _anchor);
        for (int i = 0; i < _maps.Length; i++)
        {
            writer.Write(_missing[i]);
            WriteMap(writer, _maps[i]);
        }
        _filler.Write(writer);
    }

    public void Read(BinaryReader reader)
    {
        _anchorPeriod = reader.ReadInt64();
        _anchor = ReadMap(reader);
        for (int i = 0; i < _maps.Length; i++)
        {
            _missing[i] = reader.ReadBoolean();
            _maps[i] = ReadMap(reader);
        }
        _filler.Read(reader);
    }

    // Live, a missing map can only repeat the last real one; once the next real one is known, those between are what a whole series has.
    void Reinterpolate(long period)
    {
        ReadOnlySpan<HeatmapEntry> entries = _maps[Slot(period)];
        var map = new List<HeatmapEntry>();
        for (long gap = Math.Max(_anchorPeriod + 1, period - _maps.Length + 1); gap < period; gap++)
        {
            if (!_missing[Slot(gap)])
                continue;
            // Before the first real map there is nothing to come from: the map is the first one, as in a whole series.
            if (_anchorPeriod < 0)
                map = [.. entries];
            else
                HeatmapSeries.Interpolate(_anchor, entries, (gap - _anchorPeriod) / (double)(period - _anchorPeriod), map);
            _maps[Slot(gap)] = [.. map];
        }
        _anchor = entries.ToArray();
        _anchorPeriod = period;
    }

    int Slot(long period) => (int)(period % _maps.Length);

    static void WriteMap(BinaryWriter writer, HeatmapEntry[] map)
    {
        writer.Write(map.Length);
        foreach (HeatmapEntry entry in map)
        {
            writer.Write(entry.Index);
            writer.Write(entry.Count);
        }
    }

    static HeatmapEntry[] ReadMap(BinaryReader reader)
    {
        var map = new HeatmapEntry[reader.ReadInt32()];
        for (int i = 0; i < map.Length; i++)
            map[i] = new HeatmapEntry(reader.ReadInt32(), reader.ReadSingle());
        return map;
    }
}
