using System.Globalization;

namespace HotspotInference.Incidents;

/// <summary>
/// How <see cref="IncidentReader"/> reads: which columns, which formats, which time zone, and what is left out. The defaults read
/// every known header (see <see cref="IncidentReader"/>) and leave nothing out. Immutable and safe to share between threads;
/// checked where a reader is constructed.
/// </summary>
public sealed record IncidentReaderOptions
{
    /// <summary>The defaults.</summary>
    public static IncidentReaderOptions Default { get; } = new();

    /// <summary>The column with date and clock; null detects it. A named column must be in every file.</summary>
    public string? TimeColumn { get; init; }

    /// <summary>
    /// The column with the date where the clock stands in <see cref="ClockColumn"/>; instead of <see cref="TimeColumn"/>.
    /// </summary>
    public string? DateColumn { get; init; }

    /// <summary>The column with the time of day beside <see cref="DateColumn"/>; without it every incident is at midnight.</summary>
    public string? ClockColumn { get; init; }

    /// <summary>
    /// The format of the date, or of date and clock, in the letters of .NET's custom formats: <c>yyyy yy M MM MMM d dd H HH h hh m mm s
    /// ss .F tt K</c>; a single letter takes one or two digits, <c>.F</c> is an optional fraction of a second, <c>K</c> is <c>Z</c> or
    /// an offset. A clock that the format leaves out is detected. Null detects the whole: year first, then month/day before day/month.
    /// </summary>
    public string? DateFormat { get; init; }

    /// <summary>The column with the latitude in WGS84 degrees; null detects it.</summary>
    public string? LatitudeColumn { get; init; }

    /// <summary>The column with the longitude in WGS84 degrees; null detects it.</summary>
    public string? LongitudeColumn { get; init; }

    /// <summary>The column with the kind; null detects it, or reads no kinds where there is none.</summary>
    public string? KindColumn { get; init; }

    /// <summary>
    /// Columns of 0 and 1 (or 0.0 and 1.0; empty is 0), one a kind, each named after its kind; instead of <see cref="KindColumn"/>. Null
    /// detects two or more where there is no kind column.
    /// </summary>
    public IReadOnlyList<string>? KindColumns { get; init; }

    /// <summary>
    /// What separates several kinds in one field; null takes the schema's own: a comma in Ushahidi exports, a semicolon beside a
    /// <c>timestamp</c> column (as <see cref="IncidentWriter"/> writes it), otherwise a field is one kind.
    /// </summary>
    public char? KindSeparator { get; init; }

    /// <summary>
    /// Names for the source's kinds (<see cref="KindMapFile.Load"/>); kinds that it does not list keep their own. Null keeps all.
    /// </summary>
    public IReadOnlyDictionary<string, string>? KindMap { get; init; }

    /// <summary>The column with the city or district; null detects it, or reads no place where there is none.</summary>
    public string? PlaceColumn { get; init; }

    /// <summary>The field separator, an ASCII character; null detects comma, semicolon, tab or bar from the first lines.</summary>
    public char? Delimiter { get; init; }

    /// <summary>
    /// The study area's time zone, an IANA id such as <c>America/New_York</c>. Times with <c>Z</c> or an offset are converted to it, and
    /// are an error without it: a forecast in UTC would be silently wrong. Null takes other times as written.
    /// </summary>
    public string? TimeZone { get; init; }

    /// <summary>
    /// The time zone of times written without <c>Z</c> or offset, where it is not the study area's; needs <see cref="TimeZone"/>. An
    /// hour that occurs twice is taken as standard time.
    /// </summary>
    public string? SourceTimeZone { get; init; }

    /// <summary>Where and when the counts of tensors (<c>row,col,day,category,count</c>) lie; null where no source is one.</summary>
    public TensorOptions? Tensor { get; init; }

    /// <summary>Whether the first row that cannot be used is an error. Otherwise such rows are counted in the report.</summary>
    public bool Strict { get; init; }

    /// <summary>
    /// Whether an incident equal to an earlier one in time, latitude, longitude and kinds is left out. They are counted either way.
    /// </summary>
    public bool RemoveDuplicates { get; init; }

    /// <summary>
    /// How many days duplicates are looked for in at a time, those that rows were of last, so that memory does not grow with the rows; 0
    /// looks for none. Where a file is in the order of time, either way, 1 finds them all. Incidents of a day that was given up before are
    /// kept and counted (<see cref="IncidentReadReport.UncheckedForDuplicates"/>): none of them means that all duplicates were found. Null
    /// remembers all days.
    /// </summary>
    public int? DuplicateDays { get; init; }

    /// <summary>The first day to keep, in the study area's time; null for no limit.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The last day to keep, included; null for no limit.</summary>
    public DateOnly? To { get; init; }

    /// <summary>
    /// The kinds to keep, compared exactly and after <see cref="KindMap"/>: one of an incident's kinds is enough. Null keeps all.
    /// </summary>
    public IReadOnlyList<string>? Kinds { get; init; }

    /// <summary>The place to keep, compared without case; null keeps all.</summary>
    public string? Place { get; init; }

    internal void Validate()
    {
        Tensor?.Validate();
        if (TimeColumn is not null && (DateColumn ?? ClockColumn) is not null)
            throw Contradiction("a time column and a date or clock column", "either --time-column, or --date-column and --clock-column");
        if (ClockColumn is not null && DateColumn is null)
            throw Contradiction("a clock column without a date column", "--date-column beside --clock-column");
        if (KindColumn is not null && KindColumns is not null)
            throw Contradiction("a kind column and 0/1 kind columns", "one of them");
        if (KindColumns is { Count: 0 })
            throw Contradiction("an empty list of 0/1 kind columns", "at least one, or null to detect them");
        if (SourceTimeZone is not null && TimeZone is null)
            throw Contradiction($"the source time zone '{SourceTimeZone}' alone", "the study area's time zone beside it (--time-zone)");
        if (DuplicateDays < 0 || DuplicateDays == 0 && RemoveDuplicates)
            throw Contradiction(string.Create(CultureInfo.InvariantCulture,
                    $"duplicates{(RemoveDuplicates ? " to remove" : "")} looked for in {DuplicateDays} days"),
                "at least 1 day where duplicates are removed, 0 to look for none, or null for all days");
        if (From > To)
            throw Contradiction(string.Create(CultureInfo.InvariantCulture, $"from {From:yyyy-MM-dd} to {To:yyyy-MM-dd}"),
                "a last day on or after the first");
        if (Delimiter is { } delimiter && (!char.IsAscii(delimiter) || delimiter is '"' or '\r' or '\n'))
            throw Contradiction($"the delimiter U+{(int)delimiter:X4}", "an ASCII character other than a quote or a line break");
    }

    static HotspotException Contradiction(string found, string expected) =>
        new("incident reader options", found, expected, "Change one of the options.");
}
