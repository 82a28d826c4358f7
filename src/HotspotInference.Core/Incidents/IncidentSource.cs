using CsvHelper;

namespace HotspotInference.Incidents;

/// <summary>
/// One opened source of CSV: decompressed where it starts like gzip, checked to be text, its first bytes at hand for detection.
/// Turns every failure to read into a <see cref="HotspotException"/> that names the source.
/// </summary>
sealed class IncidentSource : IDisposable
{
    const int HeadBytes = 1 << 16;

    // A quote that is never closed would otherwise make one record of the rest of the file and hold it in memory.
    const int LargestRecordBytes = 1 << 22;

    readonly Stream _raw;
    readonly bool _leaveOpen;
    readonly CompleteGzipStream? _gzip;
    readonly Stream _text;
    bool _unclosedQuote;

    IncidentSource(Stream raw, string name, bool leaveOpen)
    {
        _raw = raw;
        _leaveOpen = leaveOpen;
        Name = name;
        try
        {
            byte[] magic = Peek(raw, 2);
            Stream content = new JoinedStream(new MemoryStream(magic), raw);
            if (magic is [0x1f, 0x8b])
                content = _gzip = new CompleteGzipStream(content);
            byte[] head = Peek(content, HeadBytes);
            _text = new JoinedStream(new MemoryStream(head), content);
            Head = head;
        }
        catch (Exception failure) when (IsReadFailure(failure))
        {
            throw Damaged(failure);
        }
        bool utf16 = Head.Span is [0xff, 0xfe, ..] or [0xfe, 0xff, ..];
        if (!utf16 && Head.Span.Contains((byte)0))
            throw new HotspotException(name, "binary data", "CSV text, plain or gzip-compressed", "Export the incidents as CSV.");
        if (Head.Span.Trim(" \t\r\n\ufeff"u8).IsEmpty)
            throw new HotspotException(name, "an empty file", "CSV with a header and one row an incident",
                "Check the export, or leave the file out.");
    }

    /// <summary>The path, or the name given to a stream.</summary>
    public string Name { get; }

    /// <summary>The first bytes of the text; all of it where it is short.</summary>
    public ReadOnlyMemory<byte> Head { get; }

    /// <summary>Whether <see cref="Head"/> holds all of the text.</summary>
    public bool IsShort => Head.Length < HeadBytes;

    /// <summary>How much of the source was read, 0..1; 0 where its length is not known.</summary>
    public double Progress => _raw.CanSeek && _raw.Length > 0 ? (double)_raw.Position / _raw.Length : 0;

    public static IncidentSource Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path))
            throw new HotspotException(path, "a folder", "a .csv or .csv.gz file", "Name the files in it.");
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16, FileOptions.SequentialScan);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new HotspotException(path, "no such file", "a .csv or .csv.gz file", "Check the path.", failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new HotspotException(path, $"cannot be opened ({failure.Message})", "a file that may be read",
                "Check its permissions.", failure);
        }
        try
        {
            return new IncidentSource(file, path, leaveOpen: false);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public static IncidentSource Open(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentException.ThrowIfNullOrEmpty(name);
        return new IncidentSource(stream, name, leaveOpen: true);
    }

    /// <summary>A reader over the whole text; call once.</summary>
    public CsvReader CreateReader(char? delimiter) => CsvReader.Create(_text, Options(delimiter) with
    {
        TrackLineNumbers = true,
        MaxRecordSize = LargestRecordBytes,
        OnMalformedRecord = record => _unclosedQuote |= record.Reason == CsvMalformedReason.UnterminatedQuote,
    });

    /// <summary>A reader over the whole lines of <see cref="Head"/>, to look at before reading.</summary>
    public CsvReader CreateHeadReader(char? delimiter)
    {
        int end = IsShort ? Head.Length : Head.Span.LastIndexOf((byte)'\n') + 1;
        return CsvReader.Create(end > 0 ? Head[..end] : Head, Options(delimiter));
    }

    /// <summary>Moves to the next record; false at the end.</summary>
    /// <exception cref="HotspotException">The source breaks off, is damaged, or has a quote that is never closed.</exception>
    public bool Next(CsvReader csv)
    {
        bool found;
        try
        {
            found = csv.Read();
        }
        catch (Exception failure) when (IsReadFailure(failure))
        {
            throw Damaged(failure);
        }
        catch (CsvFormatException failure)
        {
            throw new HotspotException($"{Name} line {failure.LineNumber}", $"a row that does not end within {LargestRecordBytes} bytes",
                "rows of CSV", "Look for a quote that is never closed.", failure);
        }
        if (_unclosedQuote)
            throw new HotspotException($"{Name} line {csv.LineNumber}", "a quote that is never closed",
                "a closing quote, or a doubled one within a field", "Correct the row: everything below it would be read as one field.");
        return found;
    }

    public void Dispose()
    {
        _gzip?.Dispose();
        if (!_leaveOpen)
            _raw.Dispose();
    }

    static byte[] Peek(Stream stream, int length)
    {
        byte[] buffer = new byte[length];
        return buffer[..stream.ReadAtLeast(buffer, length, throwOnEndOfStream: false)];
    }

    static CsvReaderOptions Options(char? delimiter) => new() { Separator = delimiter, TrimWhitespace = true };

    static bool IsReadFailure(Exception failure) => failure is InvalidDataException or IOException or UnauthorizedAccessException;

    HotspotException Damaged(Exception failure) => new(Name, $"the data breaks off or is damaged ({failure.Message})", "a complete file",
        "Fetch or compress the file again: what it holds so far is not all of it.", failure);
}
