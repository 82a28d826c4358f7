using System.IO.Compression;
using System.Runtime.InteropServices;

namespace HotspotInference.Rendering;

/// <summary>Numbers as a page reads them: little-endian, in zlib's format.</summary>
static class MapBlock
{
    /// <summary>The bytes of some numbers, the lowest first.</summary>
    public static byte[] Bytes<T>(ReadOnlySpan<T> numbers)
        where T : unmanaged
    {
        if (!BitConverter.IsLittleEndian)
            throw new PlatformNotSupportedException("Maps are written on little-endian machines only.");
        return MemoryMarshal.AsBytes(numbers).ToArray();
    }

    /// <summary>Compresses bytes.</summary>
    public static ReadOnlySpan<byte> Pack(ReadOnlySpan<byte> bytes)
    {
        var buffer = new MemoryStream();
        using (var zlib = new ZLibStream(buffer, CompressionLevel.Optimal, leaveOpen: true))
            zlib.Write(bytes);
        return buffer.GetBuffer().AsSpan(0, (int)buffer.Length);
    }
}
