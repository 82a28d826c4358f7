using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using HotspotInference.Periods;

namespace HotspotInference.Heatmaps;

/// <summary>
/// Keeps heat maps in a file: what <c>hotspot prepare</c> writes. All methods are safe to call from several threads on different streams.
/// </summary>
/// <remarks>
/// Version 1, little-endian throughout: the bytes <c>HSMAPS</c> and a zero, the version (1 byte), the length of the settings (int32),
/// the settings (<see cref="HeatmapSpec"/> as JSON, UTF-8), the first period (int64), whether the maps are filled (int32, 0 or 1), the
/// number of periods p and of values v (int32 each), a SHA-256 of all that; then p starts and p ends of the periods' values (int32), p
/// flags of missing periods (bytes), v pairs of index (int32) and count (float32), and a SHA-256 of everything before it.
/// </remarks>
public static class HeatmapSeriesFile
{
    const byte Version = 1;
    const int MaximumSpecBytes = 1 << 24;
    const int BufferBytes = 1 << 16;

    static ReadOnlySpan<byte> Magic => "HSMAPS\0"u8;

    /// <summary>Writes heat maps; the stream stays open.</summary>
    /// <exception cref="OperationCanceledException">
    /// <paramref name="cancellationToken"/> was cancelled; what was written is no valid file.
    /// </exception>
    public static void Save(HeatmapSeries series, Stream stream, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(series);
        ArgumentNullException.ThrowIfNull(stream);
        using var writer = new Writer(stream, cancellationToken);
        byte[] spec = JsonSerializer.SerializeToUtf8Bytes(series.Spec, HeatmapSpecContext.Default.HeatmapSpec);
        writer.Write([.. Magic, Version]);
        writer.WriteInts([spec.Length]);
        writer.Write(spec);
        long first = series.Periods.First;
        writer.WriteInts([(int)first, (int)(first >> 32), series.IsFilled ? 1 : 0, series.Periods.Count, series.Storage.Length]);
        writer.WriteChecksum();
        writer.WriteInts(series.Starts);
        writer.WriteInts(series.Ends);
        writer.Write(MemoryMarshal.AsBytes(series.Missing));
        writer.WriteInts(MemoryMarshal.Cast<HeatmapEntry, int>(series.Storage));
        writer.WriteChecksum();
    }

    /// <summary>Reads heat maps; the stream stays open, behind them.</summary>
    /// <param name="stream">Holds what <see cref="Save"/> wrote.</param>
    /// <param name="name">What messages call the stream: the file's path.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="HotspotException">The stream holds no heat maps, is of an unknown version, ends early or is damaged.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static HeatmapSeries Load(Stream stream, string name = "heat map file", CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var reader = new Reader(stream, name, cancellationToken);
        byte[] start = new byte[Magic.Length + 1];
        reader.Read(start);
        if (!start.AsSpan().StartsWith(Magic))
            throw new HotspotException(name, $"first bytes {Convert.ToHexString(start)}", "a heat map file",
                "Make one with 'hotspot prepare'.");
        if (start[^1] != Version)
            throw new HotspotException(name, $"version {start[^1]}", $"version {Version}",
                "Make the file again with this version of the library.");

        Span<int> length = stackalloc int[1];
        reader.ReadInts(length);
        if (length[0] is < 0 or > MaximumSpecBytes)
            throw Damaged(name, $"settings of {length[0]} bytes", $"at most {MaximumSpecBytes}");
        byte[] json = new byte[length[0]];
        reader.Read(json);
        Span<int> counts = stackalloc int[5];
        reader.ReadInts(counts);
        reader.VerifyChecksum();

        HeatmapSpec spec = ReadSpec(json, name);
        if (counts[3] < 0 || counts[4] < 0)
            throw Damaged(name, $"{counts[3]} periods and {counts[4]} values", "0 or more");
        var periods = new PeriodRange(spec.Cadence, (uint)counts[0] | (long)counts[1] << 32, counts[3]);
        var starts = new int[periods.Count];
        var ends = new int[periods.Count];
        var missing = new bool[periods.Count];
        var entries = new HeatmapEntry[counts[4]];
        reader.ReadInts(starts);
        reader.ReadInts(ends);
        reader.Read(MemoryMarshal.AsBytes(missing.AsSpan()));
        reader.ReadInts(MemoryMarshal.Cast<HeatmapEntry, int>(entries.AsSpan()));
        reader.VerifyChecksum();
        for (int i = 0; i < periods.Count; i++)
            if (starts[i] < 0 || starts[i] > ends[i] || ends[i] > entries.Length)
                throw Damaged(name, $"values {starts[i]} to {ends[i]} for period {i}", $"values within 0 to {entries.Length}");
        foreach (HeatmapEntry entry in entries)
            if (entry.Index < 0 || entry.Index >= spec.MapLength)
                throw Damaged(name, $"the cell index {entry.Index}", $"0 to {spec.MapLength - 1}");
        return new HeatmapSeries(spec, periods, entries, starts, ends, missing, counts[2] != 0);
    }

    static HeatmapSpec ReadSpec(byte[] json, string name)
    {
        try
        {
            return JsonSerializer.Deserialize(json, HeatmapSpecContext.Default.HeatmapSpec)
                ?? throw new JsonException("The settings are null.");
        }
        catch (JsonException e)
        {
            throw new HotspotException(name, $"settings that cannot be read ({e.Message})", "settings as this version writes them",
                "Make the file again with this version of the library.", e);
        }
    }

    static HotspotException Damaged(string name, string found, string expected) =>
        new(name, found, expected, "The file is damaged: make it again with 'hotspot prepare'.");

    sealed class Writer(Stream stream, CancellationToken cancellationToken) : IDisposable
    {
        readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        readonly byte[] _buffer = new byte[BufferBytes];

        public void Write(ReadOnlySpan<byte> bytes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _hash.AppendData(bytes);
            stream.Write(bytes);
        }

        public void WriteInts(ReadOnlySpan<int> values)
        {
            while (values.Length > 0)
            {
                int count = Math.Min(values.Length, BufferBytes / sizeof(int));
                for (int i = 0; i < count; i++)
                    BinaryPrimitives.WriteInt32LittleEndian(_buffer.AsSpan(i * sizeof(int)), values[i]);
                Write(_buffer.AsSpan(0, count * sizeof(int)));
                values = values[count..];
            }
        }

        public void WriteChecksum() => Write(_hash.GetCurrentHash());

        public void Dispose() => _hash.Dispose();
    }

    sealed class Reader(Stream stream, string name, CancellationToken cancellationToken) : IDisposable
    {
        readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        readonly byte[] _buffer = new byte[BufferBytes];
        long _position;

        public void Read(Span<byte> bytes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            _position += read;
            if (read < bytes.Length)
                throw Damaged(name, string.Create(CultureInfo.InvariantCulture, $"the end after {_position} bytes"),
                    string.Create(CultureInfo.InvariantCulture, $"at least {_position - read + bytes.Length}"));
            _hash.AppendData(bytes);
        }

        public void ReadInts(Span<int> values)
        {
            while (values.Length > 0)
            {
                int count = Math.Min(values.Length, BufferBytes / sizeof(int));
                Read(_buffer.AsSpan(0, count * sizeof(int)));
                for (int i = 0; i < count; i++)
                    values[i] = BinaryPrimitives.ReadInt32LittleEndian(_buffer.AsSpan(i * sizeof(int)));
                values = values[count..];
            }
        }

        public void VerifyChecksum()
        {
            byte[] expected = _hash.GetCurrentHash();
            byte[] found = new byte[expected.Length];
            Read(found);
            if (!found.AsSpan().SequenceEqual(expected))
                throw Damaged(name, $"checksum {Convert.ToHexString(found)} after {_position} bytes",
                    $"{Convert.ToHexString(expected)}, that of the content");
        }

        public void Dispose() => _hash.Dispose();
    }
}
