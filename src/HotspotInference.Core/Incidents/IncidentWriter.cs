using System.Globalization;
using System.IO.Compression;
using CsvHelper;

namespace HotspotInference.Incidents;

/// <summary>
/// Writes incidents as CSV with the header <c>timestamp,latitude,longitude,type</c>, which <see cref="IncidentReader"/> knows and reads
/// back exactly: wall-clock times, with a fraction only where there is one, shortest round-trip numbers, several kinds joined by
/// semicolons. Ids and places are not written.
/// </summary>
public static class IncidentWriter
{
    const char KindSeparator = ';';

    static readonly string[] s_header = ["timestamp", "latitude", "longitude", "type"];
    static readonly CsvWriterOptions s_options = new() { NewLine = "\n" };

    /// <summary>Writes a file, gzip-compressed where its name ends in <c>.gz</c>. An existing file is replaced.</summary>
    /// <returns>How many incidents were written.</returns>
    /// <exception cref="HotspotException">The file cannot be written, or a kind contains a semicolon.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="token"/> was cancelled; the file is incomplete.</exception>
    public static long Write(string path, IEnumerable<Incident> incidents, CancellationToken token = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(incidents);
        using Stream file = Create(path);
        if (!path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
            return Write(file, incidents, token);
        using var gzip = new GZipStream(file, CompressionLevel.Optimal);
        return Write(gzip, incidents, token);
    }

    /// <summary>Writes to a stream as UTF-8, from its position, and leaves it open.</summary>
    /// <returns>How many incidents were written.</returns>
    /// <exception cref="HotspotException">A kind contains a semicolon.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="token"/> was cancelled; what was written is incomplete.</exception>
    public static long Write(Stream stream, IEnumerable<Incident> incidents, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(incidents);
        using var csv = CsvWriter.Create(stream, s_options, leaveOpen: true);
        csv.WriteHeader(s_header.AsSpan());
        long count = 0;
        foreach (Incident incident in incidents)
        {
            token.ThrowIfCancellationRequested();
            csv.WriteField(incident.Time,
                incident.Time.Ticks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-dd HH:mm:ss" : "yyyy-MM-dd HH:mm:ss.FFFFFFF");
            csv.WriteField(incident.Latitude, default);
            csv.WriteField(incident.Longitude, default);
            csv.WriteField(Joined(incident.Kinds));
            csv.EndRecord();
            count++;
        }
        return count;
    }

    static string Joined(KindNames kinds)
    {
        foreach (string kind in kinds)
        {
            if (kind.Contains(KindSeparator, StringComparison.Ordinal))
                throw new HotspotException("kind", $"'{kind}'", $"a name without '{KindSeparator}', which joins the kinds of one incident",
                    "Rename the kind on reading (--kind-map).");
        }
        return kinds.ToString();
    }

    static FileStream Create(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Create, FileAccess.Write);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new HotspotException(path, string.Create(CultureInfo.InvariantCulture, $"cannot be written ({failure.Message})"),
                "a path in an existing folder that may be written", "Choose another path.", failure);
        }
    }
}
