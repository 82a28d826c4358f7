using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using HotspotInference.Heatmaps;

namespace HotspotInference.Features;

public sealed partial class CityState
{
    const byte Version = 3;
    // Rates in double precision, without or with what networks carry from period to period: read, but not written.
    const byte DoubleVersion = 1;
    const byte DoubleVersionWithCarried = 2;
    const int MaximumContentBytes = 1 << 30;

    static ReadOnlySpan<byte> Magic => "HSCITY\0"u8;

    /// <summary>
    /// Writes the state; the stream stays open. The bytes <c>HSCITY</c> and a zero, the version (1 byte), the length of the content
    /// (int32), the content (both specifications as JSON, then numbers, little-endian) and a SHA-256 of all before it.
    /// </summary>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var buffer = new MemoryStream();
        using var writer = new BinaryWriter(buffer);
        DropStale();
        writer.Write([.. Magic, Version]);
        // The length of the content, known at the end.
        writer.Write(0);
        writer.Write(JsonSerializer.Serialize(Heatmaps, HeatmapSpecContext.Default.HeatmapSpec));
        writer.Write(JsonSerializer.Serialize(Features, FeatureSpecContext.Default.FeatureSpec));
        writer.Write(FirstPeriod);
        writer.Write(NextPeriod);
        _history?.Write(writer);
        _calendar?.Write(writer);
        _maps?.Write(writer);
        WriteCarried(writer);
        int end = checked((int)buffer.Length), head = Magic.Length + 1 + sizeof(int);
        writer.Seek(head - sizeof(int), SeekOrigin.Begin);
        writer.Write(end - head);
        ReadOnlySpan<byte> bytes = buffer.GetBuffer().AsSpan(0, end);
        stream.Write(bytes);
        stream.Write(SHA256.HashData(bytes));
    }

    /// <summary>Reads a state; the stream stays open, behind it.</summary>
    /// <param name="stream">Holds what <see cref="Save"/> wrote, of this version or an earlier one.</param>
    /// <param name="name">What messages call the stream: the file's path.</param>
    /// <exception cref="HotspotException">The stream holds no state, one of an unknown version, or a damaged one.</exception>
    public static CityState Load(Stream stream, string name = "city state")
    {
        ArgumentNullException.ThrowIfNull(stream);
        byte[] head = new byte[Magic.Length + 1 + sizeof(int)];
        int read = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        if (read < head.Length || !head.AsSpan().StartsWith(Magic))
            throw new HotspotException(name, $"first bytes {Convert.ToHexString(head.AsSpan(0, read))}", "a city state",
                "Give a file that CityState.Save wrote.");
        byte version = head[Magic.Length];
        if (version is not (Version or DoubleVersion or DoubleVersionWithCarried))
            throw new HotspotException(name, $"version {version}", $"version {DoubleVersion} to {Version}",
                "Make the state again from the incidents.");
        int length = BitConverter.ToInt32(head, Magic.Length + 1);
        if (length is < 0 or > MaximumContentBytes)
            throw Damaged(name, $"a content of {length} bytes", $"at most {MaximumContentBytes}");

        byte[] content = new byte[length + SHA256.HashSizeInBytes];
        read = stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
        if (read < content.Length)
            throw Damaged(name, $"the end after {head.Length + read} bytes",
                string.Create(CultureInfo.InvariantCulture, $"{head.Length + content.Length} bytes"));
        byte[] checksum = SHA256.HashData([.. head, .. content.AsSpan(0, length)]);
        if (!content.AsSpan(length).SequenceEqual(checksum))
            throw Damaged(name, "a checksum that does not fit the content", Convert.ToHexString(checksum));

        using var reader = new BinaryReader(new MemoryStream(content, 0, length));
        HeatmapSpec heatmaps = Deserialize(reader.ReadString(), HeatmapSpecContext.Default.HeatmapSpec, name);
        FeatureSpec features = Deserialize(reader.ReadString(), FeatureSpecContext.Default.FeatureSpec, name);
        var city = new CityState(heatmaps, features, reader.ReadInt64()) { NextPeriod = reader.ReadInt64() };
        city._history?.Read(reader, isDouble: version != Version);
        city._calendar?.Read(reader);
        city._maps?.Read(reader);
        if (version != DoubleVersion)
            city.ReadCarried(reader);
        return city;
    }

    static T Deserialize<T>(string json, JsonTypeInfo<T> type, string name)
    {
        try
        {
            return JsonSerializer.Deserialize(json, type) ?? throw new JsonException("The settings are null.");
        }
        catch (JsonException e)
        {
            throw new HotspotException(name, $"settings that cannot be read ({e.Message})", "settings as this version writes them",
                "Make the state again from the incidents.", e);
        }
    }

    static HotspotException Damaged(string name, string found, string expected) =>
        new(name, found, expected, "The file is damaged: make the state again from the incidents.");
}
