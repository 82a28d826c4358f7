using System.Diagnostics.CodeAnalysis;
using CsvHelper;

namespace HotspotInference.Incidents;

/// <summary>Reads the kinds of the rows of one source: a field with one or several, or 0/1 columns.</summary>
sealed class KindReader(RowLayout layout, KindSets sets)
{
    readonly Utf8Cache<KindSet> _cache = new();
    readonly KindSet _none = sets.Of([]);
    readonly byte[] _flags = new byte[layout.Kinds.Length];

    /// <summary>The kinds of the current row; false with the column of a flag that is neither 0 nor 1.</summary>
    public bool TryRead(CsvReader csv, [NotNullWhen(true)] out KindSet? kinds, out int badColumn)
    {
        badColumn = -1;
        if (layout.Kinds.Length == 0)
        {
            kinds = _none;
            return true;
        }
        // A field as it stands in the file: equal before decoding is equal after it, and what was seen before needs none.
        ReadOnlySpan<byte> key = layout.KindFlags ? Flags(csv, out badColumn) : csv.GetRawSpan(layout.Kinds[0]);
        if (badColumn >= 0)
        {
            kinds = null;
            return false;
        }
        if (!_cache.TryGet(key, out kinds))
        {
            kinds = sets.Of(layout.KindFlags ? Named(key) : Split(csv.GetString(layout.Kinds[0])));
            _cache.Add(key, kinds);
        }
        return true;
    }

    // One byte a column, 0 or 1: the key of a combination of kinds.
    ReadOnlySpan<byte> Flags(CsvReader csv, out int badColumn)
    {
        badColumn = -1;
        for (int i = 0; i < _flags.Length; i++)
        {
            ReadOnlySpan<byte> field = csv.GetSpan(layout.Kinds[i]);
            if (field is [(byte)'1'] or [(byte)'1', (byte)'.', (byte)'0'])
                _flags[i] = 1;
            else if (field is [] or [(byte)'0'] or [(byte)'0', (byte)'.', (byte)'0'])
                _flags[i] = 0;
            else
                badColumn = layout.Kinds[i];
        }
        return _flags;
    }

    List<string> Named(ReadOnlySpan<byte> flags)
    {
        var names = new List<string>();
        for (int i = 0; i < flags.Length; i++)
        {
            if (flags[i] != 0)
                names.Add(layout.Header[layout.Kinds[i]]);
        }
        return names;
    }

    string[] Split(string field) => layout.KindSeparator is { } separator
        ? field.Split(separator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        : [field.Trim()];
}
