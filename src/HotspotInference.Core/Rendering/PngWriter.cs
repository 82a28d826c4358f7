using System.Buffers.Binary;
using System.IO.Compression;

namespace HotspotInference.Rendering;

/// <summary>
/// Writes PNG (ISO/IEC 15948): 8 bits a channel, RGB, no interlace, each row filtered by the difference from the row above, which
/// suits maps of flat cells; and several pictures as an animation (APNG, PNG's third edition). Thread-safe.
/// </summary>
static class PngWriter
{
    const byte TrueColor = 2;
    const byte FilterUp = 2;

    static readonly byte[] s_signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];
    static readonly uint[] s_crcTable = CrcTable();

    /// <summary>Writes a picture.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="width">Pixels across.</param>
    /// <param name="height">Pixels down.</param>
    /// <param name="rgb"><c>[row, column, channel]</c>, row 0 on top.</param>
    public static void Write(Stream stream, int width, int height, ReadOnlySpan<byte> rgb)
    {
        WriteHeader(stream, width, height);
        WriteChunk(stream, "IDAT"u8, Compress(3 * width, rgb));
        WriteChunk(stream, "IEND"u8, []);
    }

    /// <summary>Writes an animation that repeats; readers without animation show its first frame.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="frames">The frames, at least one, all of one size; each is asked for once, in order.</param>
    /// <param name="count">How many they are.</param>
    /// <param name="milliseconds">How long each is shown, 1..65535.</param>
    public static void WriteAnimation(Stream stream, IEnumerable<Canvas> frames, int count, int milliseconds)
    {
        int sequence = 0, frame = 0;
        foreach (Canvas canvas in frames)
        {
            if (frame == 0)
            {
                WriteHeader(stream, canvas.Width, canvas.Height);
                WriteChunk(stream, "acTL"u8, Numbers(count, 0));
            }
            // Each frame is whole and takes the place of the one before: no offset, nothing disposed of, nothing blended.
            byte[] control = [.. Numbers(sequence++, canvas.Width, canvas.Height, 0, 0), .. new byte[6]];
            BinaryPrimitives.WriteUInt16BigEndian(control.AsSpan(20), checked((ushort)milliseconds));
            BinaryPrimitives.WriteUInt16BigEndian(control.AsSpan(22), 1000);
            WriteChunk(stream, "fcTL"u8, control);
            ReadOnlySpan<byte> data = Compress(3 * canvas.Width, canvas.Rgb);
            if (frame++ == 0)
                WriteChunk(stream, "IDAT"u8, data);
            else
                WriteChunk(stream, "fdAT"u8, [.. Numbers(sequence++), .. data]);
        }
        WriteChunk(stream, "IEND"u8, []);
    }

    /// <summary>The CRC-32 of a chunk's type and data (polynomial 0xEDB88320, reflected).</summary>
    internal static uint Crc(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data) => ~Update(Update(uint.MaxValue, type), data);

    static void WriteHeader(Stream stream, int width, int height)
    {
        stream.Write(s_signature);
        WriteChunk(stream, "IHDR"u8, [.. Numbers(width, height), 8, TrueColor, 0, 0, 0]);
    }

    static byte[] Numbers(params ReadOnlySpan<int> numbers)
    {
        var bytes = new byte[sizeof(int) * numbers.Length];
        for (int i = 0; i < numbers.Length; i++)
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(sizeof(int) * i), numbers[i]);
        return bytes;
    }

    static ReadOnlySpan<byte> Compress(int stride, ReadOnlySpan<byte> rgb)
    {
        var buffer = new MemoryStream();
        using (var zlib = new ZLibStream(buffer, CompressionLevel.Optimal, leaveOpen: true))
        {
            var filtered = new byte[1 + stride];
            filtered[0] = FilterUp;
            for (int start = 0; start < rgb.Length; start += stride)
            {
                for (int i = 0; i < stride; i++)
                    filtered[1 + i] = (byte)(rgb[start + i] - (start == 0 ? 0 : rgb[start - stride + i]));
                zlib.Write(filtered);
            }
        }
        return buffer.GetBuffer().AsSpan(0, (int)buffer.Length);
    }

    static void WriteChunk(Stream stream, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        stream.Write(number);
        stream.Write(type);
        stream.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(type, data));
        stream.Write(number);
    }

    static uint Update(uint crc, ReadOnlySpan<byte> data)
    {
        foreach (byte value in data)
            crc = crc >> 8 ^ s_crcTable[(byte)crc ^ value];
        return crc;
    }

    static uint[] CrcTable()
    {
        var table = new uint[256];
        for (uint i = 0; i < table.Length; i++)
        {
            uint crc = i;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? crc >> 1 ^ 0xEDB88320 : crc >> 1;
            table[i] = crc;
        }
        return table;
    }
}
