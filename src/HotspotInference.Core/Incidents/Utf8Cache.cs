using System.Buffers.Binary;

namespace HotspotInference.Incidents;

/// <summary>
/// Values made from fields, each made once for equal fields. Holds a bounded number: a column of free text that was taken for kinds
/// or places must not fill the memory; beyond it values are made anew.
/// </summary>
sealed class Utf8Cache<T>
{
    const int Capacity = 1 << 16;

    // A power of two.
    const int RecentLength = 1 << 8;

    readonly Dictionary<byte[], T> _values = new(Utf8Comparer.Instance);
    readonly Dictionary<byte[], T>.AlternateLookup<ReadOnlySpan<byte>> _lookup;
    // The latest of each slot, found by its ends alone: columns mostly hold a few values, and a hash of all bytes takes longer than
    // comparing them.
    readonly (byte[] Field, T Value)[] _recent = new (byte[], T)[RecentLength];

    public Utf8Cache() => _lookup = _values.GetAlternateLookup<ReadOnlySpan<byte>>();

    /// <summary>Finds the value of a field.</summary>
    public bool TryGet(ReadOnlySpan<byte> field, out T value)
    {
        ref (byte[] Field, T Value) recent = ref _recent[Slot(field)];
        // An empty field equals those of slots that were never used.
        if (!field.IsEmpty && field.SequenceEqual(recent.Field))
        {
            value = recent.Value;
            return true;
        }
        if (!_lookup.TryGetValue(field, out byte[]? key, out value!))
            return false;
        recent = (key, value);
        return true;
    }

    public void Add(ReadOnlySpan<byte> field, T value)
    {
        if (_values.Count < Capacity)
            _values.Add(field.ToArray(), value);
    }

    static int Slot(ReadOnlySpan<byte> field)
    {
        uint ends = field.Length >= sizeof(uint)
            ? BinaryPrimitives.ReadUInt32LittleEndian(field) ^ BinaryPrimitives.ReadUInt32LittleEndian(field[^sizeof(uint)..]) * 31
            : field.IsEmpty ? 0 : field[0] + 31u * field[^1];
        return (int)((ends + (uint)field.Length) * 2654435769 >> 24);
    }
}
