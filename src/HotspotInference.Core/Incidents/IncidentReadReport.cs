using System.Globalization;

namespace HotspotInference.Incidents;

/// <summary>
/// What a reading found: every row is in exactly one of <see cref="Accepted"/>, <see cref="Rejections"/>, one of the filters' counts, or
/// <see cref="DuplicatesRemoved"/>; a row of a tensor once for each incident of its count. Complete when the enumeration has
/// ended, up to date while it runs; read it from that thread.
/// </summary>
public sealed class IncidentReadReport
{
    /// <summary>How many line numbers are kept for a reason of rejection.</summary>
    public const int LinesKept = 5;

    readonly SortedDictionary<RejectionReason, Rejection> _rejections = [];
    readonly List<SourceSummary> _sources = [];
    readonly List<string> _notes = [];
    readonly List<KindSet> _kinds = [];

    internal IncidentReadReport()
    {
    }

    /// <summary>Rows read, headers and empty lines not counted.</summary>
    public long RowsRead { get; private set; }

    /// <summary>Incidents returned.</summary>
    public long Accepted { get; private set; }

    /// <summary>Rows that could not be used.</summary>
    public long Rejected { get; private set; }

    /// <summary>Rows that could not be used, by reason.</summary>
    public IReadOnlyCollection<Rejection> Rejections => _rejections.Values;

    /// <summary>Incidents outside <see cref="IncidentReaderOptions.From"/> to <see cref="IncidentReaderOptions.To"/>.</summary>
    public long OutsideSpan { get; internal set; }

    /// <summary>Incidents within the span of kinds not asked for.</summary>
    public long OfOtherKinds { get; internal set; }

    /// <summary>Incidents that passed the filters before and name another place.</summary>
    public long InOtherPlaces { get; internal set; }

    /// <summary>Incidents that passed the filters and equal an earlier one in time, latitude, longitude and kinds.</summary>
    public long Duplicates { get; internal set; }

    /// <summary>Those of <see cref="Duplicates"/> that were left out: all or none.</summary>
    public long DuplicatesRemoved { get; internal set; }

    /// <summary>
    /// Incidents that may equal one not remembered, since their day had been given up (<see cref="IncidentReaderOptions.DuplicateDays"/>):
    /// of <see cref="Duplicates"/> up to as many are not known. 0 where all days are remembered.
    /// </summary>
    public long UncheckedForDuplicates { get; internal set; }

    /// <summary>Times moved forward because clocks skipped them when they went forward, in rows that were not rejected.</summary>
    public long TimesMoved { get; internal set; }

    /// <summary>Incidents returned without a kind.</summary>
    public long WithoutKind => _kinds.Where(set => set.Names.Count == 0).Sum(set => set.Count);

    /// <summary>The kinds of the incidents returned, in order of first mention.</summary>
    public IReadOnlyList<KindCount> Kinds
    {
        get
        {
            var counts = new OrderedDictionary<string, long>(StringComparer.Ordinal);
            foreach (KindSet set in _kinds)
            {
                foreach (string name in set.Names)
                    counts[name] = counts.GetValueOrDefault(name) + set.Count;
            }
            return [.. counts.Select(pair => new KindCount(pair.Key, pair.Value))];
        }
    }

    /// <summary>The earliest time returned; null where nothing was.</summary>
    public DateTime? First { get; private set; }

    /// <summary>The latest time returned; null where nothing was.</summary>
    public DateTime? Last { get; private set; }

    /// <summary>The sources read, each with the columns found.</summary>
    public IReadOnlyList<SourceSummary> Sources => _sources;

    /// <summary>What was assumed and the user should know, after the name of the source where it is about one.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>One class a kind, in order of first mention; the one class <c>any</c> where no incident has a kind.</summary>
    /// <exception cref="HotspotException">A kind is named <c>any</c> or <c>*</c> beside others.</exception>
    public KindEncoding EncodeKinds() => KindEncoding.Of(Kinds.Select(kind => kind.Name));

    /// <summary>The counts in a few lines.</summary>
    public override string ToString()
    {
        var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        text.WriteLine(FormattableString.Invariant($"{RowsRead} rows read, {Accepted} incidents, {Rejected} rows rejected, ")
            + FormattableString.Invariant($"{Duplicates} duplicates ({DuplicatesRemoved} removed)"));
        if (First is { } first && Last is { } last)
            text.WriteLine(FormattableString.Invariant($"{first:yyyy-MM-dd HH:mm:ss} .. {last:yyyy-MM-dd HH:mm:ss}"));
        foreach (SourceSummary source in Sources)
            text.WriteLine($"source {source}");
        foreach (KindCount kind in Kinds)
            text.WriteLine(FormattableString.Invariant($"kind {kind.Name}: {kind.Count}"));
        if (OutsideSpan + OfOtherKinds + InOtherPlaces > 0)
        {
            text.WriteLine(FormattableString.Invariant(
                $"left out: {OutsideSpan} outside the span, {OfOtherKinds} of other kinds, {InOtherPlaces} in other places"));
        }
        if (UncheckedForDuplicates > 0)
            text.WriteLine(FormattableString.Invariant($"{UncheckedForDuplicates} incidents not checked for duplicates"));
        if (TimesMoved > 0)
            text.WriteLine(FormattableString.Invariant($"{TimesMoved} times moved forward that clocks skipped"));
        foreach (Rejection rejection in Rejections)
            text.WriteLine($"rejected: {rejection}");
        foreach (string note in Notes)
            text.WriteLine($"note: {note}");
        return text.ToString().TrimEnd('\n');
    }

    internal void BeginSource(string name, RowLayout layout)
    {
        _sources.Add(new SourceSummary(name, layout.Schema, 0, 0));
        _notes.AddRange(layout.Notes.Select(note => $"{name}: {note}"));
    }

    internal void CountSource(long rows, long usable) => _sources[^1] = _sources[^1] with { Rows = rows, UsableRows = usable };

    internal void AddNote(string note) => _notes.Add(note);

    internal void CountRow() => RowsRead++;

    internal void Reject(Rejection row)
    {
        Rejected++;
        _rejections[row.Reason] = !_rejections.TryGetValue(row.Reason, out Rejection? before) ? row : before with
        {
            Count = before.Count + 1,
            FirstLines = before.Count < LinesKept ? [.. before.FirstLines, .. row.FirstLines] : before.FirstLines,
        };
    }

    internal void Accept(DateTime time, KindSet kinds)
    {
        Accepted++;
        if (kinds.Count++ == 0)
            _kinds.Add(kinds);
        if (First is null || time < First)
            First = time;
        if (Last is null || time > Last)
            Last = time;
    }
}
