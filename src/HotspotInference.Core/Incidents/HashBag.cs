namespace HotspotInference.Incidents;

/// <summary>
/// A set of evenly spread 64-bit hashes: 10 to 15 bytes each once there are some dozens (a table of them, 8 of 15 to 12 of 15 slots taken,
/// searched one slot after the other).
/// </summary>
sealed class HashBag
{
    const int SmallestLength = 16;

    // 0 where nothing is.
    ulong[] _slots;
    int _count;

    /// <param name="capacity">How many hashes it takes without growing.</param>
    public HashBag(int capacity) => _slots = new ulong[Math.Max(SmallestLength, (int)Math.Min(Array.MaxLength, capacity * 5L / 4 + 1))];

    /// <summary>Adds a hash; false where it was there. 0 and 1 are taken for each other.</summary>
    public bool Add(ulong hash)
    {
        hash = Math.Max(hash, 1);
        ulong[] slots = _slots;
        int i = Position(hash, slots.Length);
        while (slots[i] != 0)
        {
            if (slots[i] == hash)
                return false;
            i = i + 1 < slots.Length ? i + 1 : 0;
        }
        slots[i] = hash;
        if (++_count > (long)slots.Length * 4 / 5)
            Grow();
        return true;
    }

    /// <summary>Takes all out and keeps the room.</summary>
    public void Clear()
    {
        Array.Clear(_slots);
        _count = 0;
    }

    void Grow()
    {
        ulong[] before = _slots;
        _slots = new ulong[before.Length + before.Length / 2];
        foreach (ulong hash in before)
        {
            if (hash == 0)
                continue;
            int i = Position(hash, _slots.Length);
            while (_slots[i] != 0)
                i = i + 1 < _slots.Length ? i + 1 : 0;
            _slots[i] = hash;
        }
    }

    // The upper bits scaled to the length, which need not be a power of two; growing then moves along both tables in their order.
    static int Position(ulong hash, int length) => (int)Math.BigMul(hash, (ulong)length, out _);
}
