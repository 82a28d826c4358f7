using CsvHelper;

namespace HotspotInference.Incidents;

/// <summary>
/// Reads incidents from CSV files and streams, plain or gzip-compressed, one row at a time: only the needed columns are looked at and
/// memory does not grow with the rows, except for 10 to 15 bytes an incident that find duplicates
/// (<see cref="IncidentReaderOptions.DuplicateDays"/> bounds them) and for every distinct set of kinds.
/// </summary>
/// <remarks>
/// <para>Each source has a header of its own. Known without options, whatever the case and punctuation of the names: this library's
/// <c>timestamp,latitude,longitude,type</c>; DC open data <c>OBJECTID,ID,TYPE,SOURCE,LATITUDE,LONGITUDE,DATETIME</c>; DC FOIA <c>Coverage
/// Area,Incident ID,Date Time,Type,Longitude-100meter,Latitude-100meter</c>; Safecity and Ushahidi <c>#,INCIDENT TITLE,INCIDENT
/// DATE,LOCATION,DESCRIPTION,CATEGORY,LATITUDE,LONGITUDE</c>, with several kinds in a field; <c>date</c> with <c>time</c> beside it;
/// Chicago's and New York's portals; tensors of counts, <c>row,col,day,category,count</c> (<see cref="TensorOptions"/>); and two or more
/// columns of 0 and 1 as one kind each where there is no kind column. A known clock column is used where no time in the first rows has a
/// clock of its own.</para>
/// <para>All times of a source have one format, chosen from its first 64 KiB. Times are wall-clock times of the study area
/// (<see cref="IncidentReaderOptions.TimeZone"/>).</para>
/// <para>The reader is immutable but for <see cref="Report"/>: use it from one thread at a time.</para>
/// </remarks>
public sealed class IncidentReader
{
    readonly IncidentReaderOptions _options;
    readonly IReadOnlyList<Func<IncidentSource>> _sources;
    readonly TimeZoneInfo? _zone;
    readonly TimeZoneInfo? _sourceZone;

    /// <summary>Reads files, one after the other.</summary>
    /// <param name="paths">
    /// Paths of <c>.csv</c> or <c>.csv.gz</c> files (known by their content, not the name); <c>-</c> is <paramref name="standardInput"/>.
    /// </param>
    /// <param name="options">How to read; null for the defaults.</param>
    /// <param name="standardInput">What <c>-</c> reads, left open.</param>
    /// <exception cref="ArgumentException">No path, an empty one, or <c>-</c> without a stream.</exception>
    /// <exception cref="HotspotException">The options contradict each other or name an unknown time zone.</exception>
    public IncidentReader(IEnumerable<string> paths, IncidentReaderOptions? options = null, Stream? standardInput = null)
        : this(options)
    {
        ArgumentNullException.ThrowIfNull(paths);
        _sources = [.. paths.Select(path => Opener(path, standardInput))];
        if (_sources.Count == 0)
            throw new ArgumentException("Expected at least one path.", nameof(paths));
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">Path of a <c>.csv</c> or <c>.csv.gz</c> file.</param>
    /// <param name="options">How to read; null for the defaults.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="HotspotException">The options contradict each other or name an unknown time zone.</exception>
    public IncidentReader(string path, IncidentReaderOptions? options = null)
        : this([path], options)
    {
    }

    /// <summary>Reads a stream from its position, once, and leaves it open.</summary>
    /// <param name="stream">CSV as UTF-8, or UTF-16 with a byte order mark, plain or gzip-compressed. It need not be seekable.</param>
    /// <param name="name">What the report and errors call it.</param>
    /// <param name="options">How to read; null for the defaults.</param>
    /// <exception cref="HotspotException">The options contradict each other or name an unknown time zone.</exception>
    public IncidentReader(Stream stream, string name, IncidentReaderOptions? options = null)
        : this(options)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentException.ThrowIfNullOrEmpty(name);
        _sources = [() => IncidentSource.Open(stream, name)];
    }

    IncidentReader(IncidentReaderOptions? options)
    {
        _options = options ?? IncidentReaderOptions.Default;
        _options.Validate();
        _zone = _options.TimeZone is { } zone ? TimeReader.FindZone(zone) : null;
        _sourceZone = _options.SourceTimeZone is { } source ? TimeReader.FindZone(source) : null;
        _sources = [];
    }

    /// <summary>What the latest enumeration found so far; complete when it has ended.</summary>
    public IncidentReadReport Report { get; private set; } = new();

    /// <summary>
    /// Reads the sources in their order, rows in theirs (not sorted by time), with <see cref="Incident.Id"/> counting what is returned
    /// from 0. Files are opened when the enumeration reaches them; each enumeration starts anew.
    /// </summary>
    /// <param name="progress">Gets the share read, 0..1, each source counting alike.</param>
    /// <param name="token">Stops between rows.</param>
    /// <exception cref="HotspotException">
    /// Thrown by the enumeration: a source is missing, empty, damaged, breaks off, or has no usable row; a needed column is not found; the
    /// times carry an offset and no time zone is given; or, where <see cref="IncidentReaderOptions.Strict"/>, a row cannot be used.
    /// </exception>
    /// <exception cref="OperationCanceledException"><paramref name="token"/> was cancelled.</exception>
    public IEnumerable<Incident> Read(IProgress<double>? progress = null, CancellationToken token = default)
    {
        var report = new IncidentReadReport();
        Report = report;
        var kindSets = new KindSets(_options);
        var duplicates = new DuplicateFinder(_options.DuplicateDays);
        var extent = new TensorExtent(_options.Tensor);
        for (int i = 0; i < _sources.Count; i++)
        {
            token.ThrowIfCancellationRequested();
            using IncidentSource source = _sources[i]();
            RowLayout layout = LayoutDetector.Detect(source, i, _options);
            report.BeginSource(source.Name, layout);
            using CsvReader csv = source.CreateReader(_options.Delimiter);
            var rows = new RowReader(source, csv, layout, new TimeReader(layout, _zone, _sourceZone),
                new KindReader(layout, kindSets), extent);
            var reading = new SourceReading(source, csv, rows, _options, report,
                layout.Tensor is null ? duplicates : null, i, _sources.Count);
            while (reading.Next(progress, token, out Incident incident))
                yield return incident;
            reading.Complete();
            progress?.Report((i + 1.0) / _sources.Count);
        }
        if (extent.Note is { } note)
            report.AddNote(note);
        foreach (string kind in kindSets.NeverMet)
            report.AddNote($"the kind '{kind}' was asked for and no row has it");
    }

    /// <summary>Reads all of some files into memory: about 56 bytes an incident.</summary>
    /// <exception cref="HotspotException">As for the constructor and <see cref="Read"/>.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="token"/> was cancelled.</exception>
    public static (IReadOnlyList<Incident> Incidents, IncidentReadReport Report) ReadAll(
        IEnumerable<string> paths, IncidentReaderOptions? options = null, CancellationToken token = default)
    {
        var reader = new IncidentReader(paths, options);
        return ([.. reader.Read(token: token)], reader.Report);
    }

    static Func<IncidentSource> Opener(string path, Stream? standardInput)
    {
        ArgumentException.ThrowIfNullOrEmpty(path, "paths");
        if (path != "-")
            return () => IncidentSource.Open(path);
        if (standardInput is null)
            throw new ArgumentException("Expected a stream for the path '-'.", nameof(standardInput));
        return () => IncidentSource.Open(standardInput, "standard input");
    }
}
