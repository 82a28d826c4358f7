using HotspotInference.Heatmaps;

namespace HotspotInference.Features;

/// <summary>Which channel of a model input each class of the heat maps goes to, if any.</summary>
sealed class ChannelMap
{
    readonly int[] _channelOfClass;
    readonly int _cells;
    // Every class goes to the channel of its own number: values keep their index.
    readonly bool _isIdentity;

    /// <exception cref="HotspotException">A channel is no class of the heat maps, or is given twice.</exception>
    public ChannelMap(IReadOnlyList<string> channels, HeatmapSpec heatmaps)
    {
        IReadOnlyList<string> classes = heatmaps.Kinds.Classes;
        _cells = heatmaps.Grid.CellCount;
        _channelOfClass = new int[classes.Count];
        Array.Fill(_channelOfClass, -1);
        for (int channel = 0; channel < channels.Count; channel++)
        {
            int classIndex = 0;
            while (classIndex < classes.Count && classes[classIndex] != channels[channel])
                classIndex++;
            if (classIndex == classes.Count || _channelOfClass[classIndex] >= 0)
                throw new HotspotException("channels", $"'{channels[channel]}' among {string.Join(", ", channels)}",
                    $"each of them once, and one of the heat maps' classes {string.Join(", ", classes)}",
                    "Name the channels as the classes.");
            _channelOfClass[classIndex] = channel;
        }
        _isIdentity = _channelOfClass.Index().All(pair => pair.Item == pair.Index);
    }

    /// <summary>Finds where a value of a heat map goes.</summary>
    /// <returns>False where no channel shows its class.</returns>
    public bool TryPlace(HeatmapEntry entry, out int channel, out int cell)
    {
        (int classIndex, cell) = Math.DivRem(entry.Index, _cells);
        channel = _channelOfClass[classIndex];
        return channel >= 0;
    }

    /// <summary>Writes one map as a window shows it.</summary>
    /// <param name="entries">The map.</param>
    /// <param name="map">Receives <c>[channel, row, column]</c>.</param>
    /// <param name="threshold">Counts from here on are shown as 1 and all others as 0; null shows counts.</param>
    public void Show(ReadOnlySpan<HeatmapEntry> entries, Span<float> map, float? threshold)
    {
        map.Clear();
        CopyTo(entries, map);
        if (threshold is { } least)
            BinaryMap.Binarize(map, least);
    }

    void CopyTo(ReadOnlySpan<HeatmapEntry> entries, Span<float> map)
    {
        if (_isIdentity)
        {
            foreach (HeatmapEntry entry in entries)
                map[entry.Index] = entry.Count;
            return;
        }
        foreach (HeatmapEntry entry in entries)
        {
            if (TryPlace(entry, out int channel, out int cell))
                map[channel * _cells + cell] = entry.Count;
        }
    }
}
