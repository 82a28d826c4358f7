using System.CommandLine;
using System.CommandLine.Parsing;
using HotspotInference.Cli.Terminal;
using HotspotInference.Grids;
using HotspotInference.Incidents;

namespace HotspotInference.Cli.Options;

/// <summary>Which incidents are read, and how.</summary>
/// <param name="withSpan">
/// Whether <c>--from</c> and <c>--to</c> choose what is read; verbs that mean other days by them leave it out.
/// </param>
sealed class IncidentOptions(bool withSpan = true)
{
    readonly Option<string[]> _incidents = new("--incidents")
    {
        Description = "A .csv or .csv.gz file, or - for standard input; may be repeated, and schemas may differ.",
        HelpName = "file",
        Required = true,
    };
    readonly Option<string?> _timeColumn = Column("--time-column", "The column with date and clock, where it is not recognised.");
    readonly Option<string?> _dateColumn = Column("--date-column", "The column with the date, where the clock stands in another.");
    readonly Option<string?> _clockColumn = Column("--clock-column", "The column with the time of day beside --date-column.");
    readonly Option<string?> _dateFormat = new("--date-format")
    {
        Description = "The format of the dates, such as 'MM/dd/yy'; detected otherwise.",
        HelpName = "format",
    };
    readonly Option<string?> _latitudeColumn = Column("--latitude-column", "The column with the latitude.");
    readonly Option<string?> _longitudeColumn = Column("--longitude-column", "The column with the longitude.");
    readonly Option<string[]> _kindColumn = new("--kind-column")
    {
        Description = "The column with the kind; repeated, columns of 0 and 1, one a kind.",
        HelpName = "name",
    };
    readonly Option<char?> _kindSeparator = new("--kind-separator")
    {
        Description = "What separates several kinds in one field.",
        HelpName = "character",
    };
    readonly Option<string?> _kindMap = new("--kind-map") { Description = "A CSV file from,to that renames kinds.", HelpName = "file" };
    readonly Option<string?> _placeColumn = Column("--place-column", "The column with the city or district.");
    readonly Option<string[]> _firstDay = new("--first-day")
    {
        Description = "For tensors (row,col,day,category,count): the date of day 0; once for each --incidents, in their order.",
        HelpName = "yyyy-MM-dd",
    };
    readonly Option<NumberPair?> _tensorCells = new ParsedOption<NumberPair?>("--tensor-cells", "LAT,LON",
        "For tensors: cells in a degree of latitude and of longitude. [default: 37,28]", text => NumberPair.Parse(text));
    readonly Option<NumberPair?> _tensorOrigin = new ParsedOption<NumberPair?>("--tensor-origin", "LAT,LON",
        "For tensors: the south-western corner of row 0, column 0. [default: 40,0]", text => NumberPair.Parse(text));
    readonly Option<char?> _delimiter = new("--delimiter")
    {
        Description = "The field separator; detected otherwise.",
        HelpName = "character",
    };
    readonly Option<string?> _timeZone = new("--time-zone")
    {
        Description = "The study area's time zone, such as America/New_York; needed for times in UTC.",
        HelpName = "zone",
    };
    readonly Option<string?> _sourceTimeZone = new("--source-time-zone")
    {
        Description = "The zone of times written without one, where it is not the study area's.",
        HelpName = "zone",
    };
    readonly Option<string?> _place = new("--place")
    {
        Description = "Keep the incidents of this place of the place column.",
        HelpName = "name",
    };
    readonly Option<GeoCircle?> _near = new ParsedOption<GeoCircle?>("--near", "LAT,LON,METERS",
        "Keep the incidents within a distance of a point.", text => GeoCircle.Parse(text));
    readonly Option<DateOnly?> _from = DayOption.Of("--from", "The first day.");
    readonly Option<DateOnly?> _to = DayOption.Of("--to", "The last day, included.");
    readonly Option<bool> _removeDuplicates = new("--remove-duplicates")
    {
        Description = "Leave out incidents equal to an earlier one in time, place and kinds.",
    };
    readonly Option<bool> _strict = new("--strict")
    {
        Description = "Fail at the first row that cannot be used, instead of counting such rows.",
    };

    IEnumerable<Option> All =>
    [
        _incidents, _place, _near, .. withSpan ? (Option[])[_from, _to] : [],
        _timeZone, _timeColumn, _dateColumn, _clockColumn, _dateFormat, _sourceTimeZone, _latitudeColumn, _longitudeColumn, _kindColumn,
        _kindSeparator, _kindMap, _placeColumn, _delimiter, _firstDay, _tensorCells, _tensorOrigin, _removeDuplicates, _strict,
    ];

    public void AddTo(Command command)
    {
        foreach (Option option in All)
            command.Add(option);
    }

    /// <summary>The options that were given, but for the span, as they would be typed again.</summary>
    public string WithoutSpan(ParseResult arguments)
    {
        var given = new List<string>();
        foreach (Option option in All.Except([_from, _to]))
        {
            if (arguments.GetResult(option) is not { Implicit: false } result)
                continue;
            if (result.Tokens.Count == 0)
                given.Add(option.Name);
            foreach (Token token in result.Tokens)
                given.Add($"{option.Name} {(token.Value.Contains(' ', StringComparison.Ordinal) ? $"'{token.Value}'" : token.Value)}");
        }
        return string.Join(' ', given);
    }

    /// <summary>Whether standard input is read.</summary>
    public bool IsStandardInput(ParseResult arguments) => arguments.GetRequiredValue(_incidents).Contains("-");

    /// <summary>The first day asked for; null where none was.</summary>
    public DateOnly? From(ParseResult arguments) => arguments.GetValue(_from);

    /// <summary>The last day asked for; null where none was.</summary>
    public DateOnly? To(ParseResult arguments) => arguments.GetValue(_to);

    /// <summary>The study area's time zone; null where it was not given.</summary>
    public string? TimeZone(ParseResult arguments) => arguments.GetValue(_timeZone);

    /// <summary>Reads all incidents asked for, and says what was rejected, left out and assumed.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="console">Gets notes, warnings and progress.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <param name="timeZone">The study area's time zone where the command line has none: a model's own.</param>
    public IncidentSelection Read(ParseResult arguments, VerbConsole console, CancellationToken cancellationToken, string? timeZone = null)
    {
        IncidentReaderOptions options = ReaderOptions(arguments, timeZone);
        IncidentReader reader = BadUsageException.Check(
            () => new IncidentReader(arguments.GetRequiredValue(_incidents), options, console.Input));
        List<Incident> incidents = [];
        console.Progress("Reading incidents", progress => incidents.AddRange(reader.Read(progress, cancellationToken)));
        IncidentReadReport report = reader.Report;
        foreach (string note in report.Notes)
            console.Note(note);
        foreach (Rejection rejection in report.Rejections)
            console.Warning($"rows rejected: {rejection}");
        if (arguments.GetValue(_near) is not { } near)
            return new IncidentSelection(incidents, report, null);
        List<Incident> kept = near.Select(incidents);
        return new IncidentSelection(kept, report, incidents.Count - kept.Count);
    }

    IncidentReaderOptions ReaderOptions(ParseResult arguments, string? timeZone)
    {
        if ((arguments.GetValue(_tensorCells) ?? arguments.GetValue(_tensorOrigin)) is not null
            && arguments.GetValue(_firstDay) is not { Length: > 0 })
            throw new BadUsageException(
                "--tensor-cells, --tensor-origin: without --first-day; expected the date of day 0 beside them. Give --first-day.");
        string[] kindColumns = arguments.GetValue(_kindColumn) ?? [];
        return new IncidentReaderOptions
        {
            TimeColumn = arguments.GetValue(_timeColumn),
            DateColumn = arguments.GetValue(_dateColumn),
            ClockColumn = arguments.GetValue(_clockColumn),
            DateFormat = arguments.GetValue(_dateFormat),
            LatitudeColumn = arguments.GetValue(_latitudeColumn),
            LongitudeColumn = arguments.GetValue(_longitudeColumn),
            KindColumn = kindColumns is [var only] ? only : null,
            KindColumns = kindColumns.Length > 1 ? kindColumns : null,
            KindSeparator = arguments.GetValue(_kindSeparator),
            KindMap = arguments.GetValue(_kindMap) is { } file ? KindMapFile.Load(file) : null,
            PlaceColumn = arguments.GetValue(_placeColumn),
            Delimiter = arguments.GetValue(_delimiter),
            TimeZone = arguments.GetValue(_timeZone) ?? timeZone,
            SourceTimeZone = arguments.GetValue(_sourceTimeZone),
            Place = arguments.GetValue(_place),
            From = withSpan ? arguments.GetValue(_from) : null,
            To = withSpan ? arguments.GetValue(_to) : null,
            RemoveDuplicates = arguments.GetValue(_removeDuplicates),
            Strict = arguments.GetValue(_strict),
            Tensor = Tensor(arguments),
        };
    }

    TensorOptions? Tensor(ParseResult arguments)
    {
        if (arguments.GetValue(_firstDay) is not { Length: > 0 } days)
            return null;
        var options = new TensorOptions { FirstDays = BadUsageException.Check<DateOnly[]>(() => [.. days.Select(DayOption.Parse)]) };
        if (arguments.GetValue(_tensorCells) is { } cells)
            options = options with { CellsPerDegreeLatitude = cells.First, CellsPerDegreeLongitude = cells.Second };
        if (arguments.GetValue(_tensorOrigin) is { } origin)
            options = options with { OriginLatitude = origin.First, OriginLongitude = origin.Second };
        return options;
    }

    static Option<string?> Column(string name, string description) => new(name) { Description = description, HelpName = "name" };
}
