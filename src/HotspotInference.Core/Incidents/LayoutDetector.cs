using System.Text;
using CsvHelper;

namespace HotspotInference.Incidents;

/// <summary>
/// Finds the needed columns of a source by the options' names, else by <see cref="KnownColumns"/>, and the format of its times from
/// the rows at its head.
/// </summary>
sealed class LayoutDetector
{
    readonly IncidentSource _source;
    readonly IncidentReaderOptions _options;
    readonly string[] _header;
    readonly string[] _normalized;
    readonly char _delimiter;
    readonly List<string[]> _sample = [];
    readonly List<string> _notes = [];

    LayoutDetector(IncidentSource source, IncidentReaderOptions options)
    {
        _source = source;
        _options = options;
        using CsvReader csv = source.CreateHeadReader(options.Delimiter);
        _header = [.. csv.Headers.Select(name => name.Trim())];
        _normalized = [.. _header.Select(KnownColumns.Normalize)];
        _delimiter = csv.Separator;
        while (csv.Read())
        {
            if (csv.FieldCount >= _header.Length)
                _sample.Add(csv.Current.ToArray());
        }
    }

    /// <summary>Detects the layout of a source.</summary>
    /// <param name="source">The source.</param>
    /// <param name="position">Its position among the sources.</param>
    /// <param name="options">How to read.</param>
    /// <exception cref="HotspotException">
    /// A needed column is missing or ambiguous, no format reads the times, or they carry an offset and no time zone is given.
    /// </exception>
    public static RowLayout Detect(IncidentSource source, int position, IncidentReaderOptions options)
    {
        var detector = new LayoutDetector(source, options);
        return TensorLayout.Find(source, position, options, detector._header, detector._normalized, detector._delimiter)
            ?? detector.Detect();
    }

    RowLayout Detect()
    {
        int latitude = Required(ColumnRole.Latitude, _options.LatitudeColumn, "a latitude column", "--latitude-column");
        int longitude = Required(ColumnRole.Longitude, _options.LongitudeColumn, "a longitude column", "--longitude-column");
        int time = _options.DateColumn is { } date
            ? Named(date, "--date-column")
            : LoneClock() is >= 0 and var lone ? lone
            : Required(ColumnRole.Time, _options.TimeColumn, "a column of times", "--time-column, or --date-column and --clock-column,");
        int clock = _options.ClockColumn is { } name ? Named(name, "--clock-column") : -1;
        List<byte[]> times = Values(time);
        TimePattern pattern = ChooseTime(time, times, clock >= 0);
        if (clock < 0 && _options.TimeColumn is null && _options.DateColumn is null
            && times.TrueForAll(value => IsMidnight(pattern, value)))
            clock = Known(ColumnRole.Clock) is var known && known != time ? known : -1;
        TimePattern? clockPattern = clock < 0 ? null : Choose(clock, Values(clock), TimeFormats.Clocks, "--clock-column");
        if (clock < 0 && !pattern.HasClock)
            _notes.Add($"column '{_header[time]}' has no time of day: every incident is at midnight");
        int offset = pattern.HasOffset ? time : clockPattern is { HasOffset: true } ? clock : -1;
        if (offset >= 0 && _options.TimeZone is null)
            throw new HotspotException(_source.Name,
                $"times with Z or an offset in column '{_header[offset]}', such as '{_sample.FirstOrDefault()?[offset]}'",
                "the study area's time zone to convert them to", "Give --time-zone (TimeZone), for example America/New_York.");
        TimePattern? twin = _options.DateFormat is null ? TimeFormats.DayFirstTwin(pattern, times) : null;
        if (twin is not null)
        {
            _notes.Add($"column '{_header[time]}' was read as {pattern}, month before day, which its first rows do not settle: "
                + $"give --date-format where it is {twin}");
        }

        (int[] kinds, char? separator, bool flags) = Kinds([time, clock, latitude, longitude]);
        return new RowLayout
        {
            Header = _header,
            Time = time,
            TimePattern = pattern,
            DayFirstPattern = twin,
            Clock = clock,
            ClockPattern = clockPattern,
            Latitude = latitude,
            Longitude = longitude,
            Kinds = kinds,
            KindFlags = flags,
            KindSeparator = _options.KindSeparator ?? separator,
            Place = _options.PlaceColumn is { } place ? Named(place, "--place-column") : Known(ColumnRole.Place),
            Delimiter = _delimiter,
            Notes = _notes,
        };
    }

    // A column "time" without a date beside it is both.
    int LoneClock() => _options.TimeColumn is null && Known(ColumnRole.Time) < 0 ? Known(ColumnRole.Clock) : -1;

    TimePattern ChooseTime(int column, List<byte[]> values, bool hasClockColumn)
    {
        if (_options.DateFormat is not { } format)
            return Choose(column, values, TimeFormats.Dates.SelectMany(TimeFormats.WithClocks), "--date-format");
        var given = new TimePattern(format);
        if (!given.HasDate)
            throw new HotspotException("date format", $"'{format}'", "year, month and day", "Example: M/d/yy or yyyy-MM-dd HH:mm.");
        return Choose(column, values, given.HasClock || hasClockColumn ? [format] : TimeFormats.WithClocks(format), "--date-format");
    }

    TimePattern Choose(int column, List<byte[]> values, IEnumerable<string> formats, string option)
    {
        // Without a value to go by the first format stands, and the rows say what is wrong.
        if (values.Count == 0)
            return new TimePattern(formats.First());
        return TimeFormats.Choose(formats, values)
            ?? throw new HotspotException(_source.Name, $"'{Encoding.UTF8.GetString(values[0])}' in column '{_header[column]}'",
                _options.DateFormat is { } given && option == "--date-format" ? $"a time as {given}" : "a date or time in a known format",
                $"Give the right column, or its format with {option}.");
    }

    (int[] Columns, char? Separator, bool Flags) Kinds(ReadOnlySpan<int> taken)
    {
        if (_options.KindColumns is { } flags)
            return ([.. flags.Select(name => Named(name, "--kind-column"))], null, true);
        if (_options.KindColumn is { } kind)
        {
            int named = Named(kind, "--kind-column");
            return ([named], KindSeparator(named), false);
        }
        int known = Known(ColumnRole.Kind);
        if (known >= 0)
            return ([known], KindSeparator(known), false);
        var binary = new List<int>();
        for (int column = 0; column < _header.Length; column++)
        {
            if (!taken.Contains(column) && _sample.Count > 0 && _sample.TrueForAll(row => row[column] is "0" or "1"))
                binary.Add(column);
        }
        // A lone flag is more likely a property of the incident than its kind.
        if (binary.Count < 2)
            return ([], null, false);
        _notes.Add($"columns {string.Join(", ", binary.Select(column => _header[column]))} hold 0 and 1 and were read as one kind each: "
            + "name the right ones with --kind-column");
        return ([.. binary], null, true);
    }

    int Required(ColumnRole role, string? name, string expected, string option)
    {
        if (name is not null)
            return Named(name, option);
        int column = Known(role);
        return column >= 0 ? column
            : throw Unknown($"the header {HeaderText}", expected, $"Name it with {option} (IncidentReaderOptions).");
    }

    int Known(ColumnRole role)
    {
        int first = -1;
        foreach (KnownColumns.Entry entry in KnownColumns.Entries)
        {
            if (entry.Role != role || !Applies(entry))
                continue;
            for (int column = 0; column < _header.Length; column++)
            {
                if (_normalized[column] != entry.Name || column == first)
                    continue;
                if (first < 0)
                    first = column;
                else if (role != ColumnRole.Place)
                    throw Unknown($"both '{_header[first]}' and '{_header[column]}' in the header {HeaderText}",
                        $"one column for the {Lower(role)}", $"Say which with --{Lower(role)}-column (IncidentReaderOptions).");
            }
        }
        return first;
    }

    char? KindSeparator(int column)
    {
        foreach (KnownColumns.Entry entry in KnownColumns.Entries)
        {
            if (entry.Role == ColumnRole.Kind && entry.Name == _normalized[column] && Applies(entry))
                return entry.KindSeparator;
        }
        return null;
    }

    bool Applies(KnownColumns.Entry entry) => entry.Beside is null || _normalized.Contains(entry.Beside);

    int Named(string name, string option)
    {
        int exact = Array.IndexOf(_header, name);
        if (exact >= 0 && Array.LastIndexOf(_header, name) == exact)
            return exact;
        string normalized = KnownColumns.Normalize(name);
        int column = Array.IndexOf(_normalized, normalized);
        if (column < 0)
            throw Unknown($"no column '{name}' in the header {HeaderText}", "a column of the file", $"Correct {option}.");
        return Array.LastIndexOf(_normalized, normalized) == column
            ? column
            : throw Unknown($"several columns '{name}' in the header {HeaderText}", "one",
                $"Write {option} exactly as in the header, or rename a column in the file.");
    }

    List<byte[]> Values(int column) =>
        [.. _sample.Select(row => row[column]).Where(value => value.Length > 0).Select(Encoding.UTF8.GetBytes)];

    static bool IsMidnight(TimePattern pattern, byte[] value) =>
        pattern.Read(value, out DateTime time, out _) != TimeOutcome.Read || time.TimeOfDay == TimeSpan.Zero;

    // A quote that is never closed makes a header of the whole file.
    string HeaderText => string.Join(_delimiter, _header) is var text && text.Length > 1000 ? text[..1000] + "..." : text;

    static string Lower(ColumnRole role) => role.ToString().ToLowerInvariant();

    HotspotException Unknown(string found, string expected, string remedy) => new(_source.Name, found, expected, remedy);
}
