namespace HotspotInference.Heatmaps;

/// <summary>
/// Counts of one period by their index in <c>[class, row, column]</c>: 10 to 30 bytes for each that is not zero, however much is counted. A
/// table searched one slot after the other, or the map itself once that is less than twice as large.
/// </summary>
sealed class PeriodCounts
{
    const int SmallestLength = 16;

    readonly int _mapLength;
    // Index + 1 above the count; 0 where nothing is.
    ulong[] _slots = [];
    int _used;
    int[]? _map;

    /// <param name="mapLength">Values in a map.</param>
    /// <param name="capacity">How many counts there are room for without growing.</param>
    public PeriodCounts(int mapLength, int capacity)
    {
        _mapLength = mapLength;
        Resize((int)Math.Min(Array.MaxLength, Math.Max(SmallestLength, capacity * 5L / 4 + 1)));
    }

    /// <summary>How many counts are not zero.</summary>
    public int Distinct => _map is { } map ? map.Length - map.AsSpan().Count(0) : _used;

    /// <summary>Counts one more.</summary>
    /// <param name="index">0 to the map's length - 1.</param>
    /// <returns>Whether it was the first there.</returns>
    public bool Add(int index)
    {
        if (_map is { } map)
            return map[index]++ == 0;
        ref ulong slot = ref Find(_slots, index);
        if (slot != 0)
        {
            slot++;
            return false;
        }
        slot = (ulong)(index + 1) << 32 | 1;
        if (++_used > (long)_slots.Length * 4 / 5)
            Resize(_slots.Length + _slots.Length / 2);
        return true;
    }

    /// <summary>Writes the counts that are not zero in the order of their index.</summary>
    /// <param name="entries">Exactly <see cref="Distinct"/> long.</param>
    public void CopyTo(Span<HeatmapEntry> entries)
    {
        int next = 0;
        if (_map is { } map)
        {
            for (int i = 0; i < map.Length; i++)
            {
                if (map[i] != 0)
                    entries[next++] = new HeatmapEntry(i, map[i]);
            }
            return;
        }
        var sorted = new ulong[_used];
        foreach (ulong slot in _slots)
        {
            if (slot != 0)
                sorted[next++] = slot;
        }
        Array.Sort(sorted);
        next = 0;
        foreach (ulong slot in sorted)
            entries[next++] = new HeatmapEntry(Index(slot), (int)(uint)slot);
    }

    void Resize(int length)
    {
        ulong[] before = _slots;
        // A slot is as large as two of the counts of a map, which needs no search and no sorting: it may be twice as large.
        if (length * 4L >= _mapLength)
        {
            _map = new int[_mapLength];
            foreach (ulong slot in before)
            {
                if (slot != 0)
                    _map[Index(slot)] = (int)(uint)slot;
            }
            _slots = [];
            return;
        }
        _slots = new ulong[length];
        foreach (ulong slot in before)
        {
            if (slot != 0)
                Find(_slots, Index(slot)) = slot;
        }
    }

    // The slot of an index, or the empty one where it belongs.
    static ref ulong Find(ulong[] slots, int index)
    {
        // Multiplied by 2^32 over the golden ratio, neighbouring cells lie far apart (Knuth, The Art of Computer Programming 3, 6.4).
        int i = (int)((ulong)((uint)index * 2654435769) * (uint)slots.Length >> 32);
        while (slots[i] != 0 && Index(slots[i]) != index)
            i = i + 1 < slots.Length ? i + 1 : 0;
        return ref slots[i];
    }

    static int Index(ulong slot) => (int)(slot >> 32) - 1;
}
