using System.CommandLine;
using System.Globalization;
using HotspotInference.Cli.Map;
using HotspotInference.Cli.Options;
using HotspotInference.Cli.Terminal;
using HotspotInference.Grids;
using HotspotInference.Incidents;
using HotspotInference.Periods;

namespace HotspotInference.Cli.Verbs;

/// <summary><c>hotspot inspect</c>: what a file of incidents holds, and what to forecast with it.</summary>
sealed class InspectVerb : Verb
{
    const int MostKinds = 20;
    const int MostCities = 10;

    readonly IncidentOptions _incidents = new();
    readonly GridOptions _grid = new();
    readonly Option<ExcludedDays?> _excludeDays = PeriodOptions.ExcludeDaysOption();
    readonly Option<string?> _html = new("--html") { Description = "Also write a report with charts as one HTML file.", HelpName = "file" };
    readonly JsonOption _json = new();

    public InspectVerb()
        : base("inspect",
            "Shows what incident files hold: rows and rejected rows, span, kinds, cities, how coordinates are rounded; "
            + "and suggests area, grid and span.")
    {
        _incidents.AddTo(this);
        _grid.AddTo(this);
        Add(_excludeDays);
        Add(_html);
        Add(_json);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "hotspot inspect --incidents gunfire.csv.gz",
        "hotspot inspect --incidents world.csv --place Delhi --time-zone Asia/Kolkata --json",
    ];

    public override void Run(ParseResult arguments, VerbConsole console, CancellationToken cancellationToken)
    {
        string? page = arguments.GetValue(_html) is { } file ? OutputPlace.File("--html", file) : null;
        IncidentSelection selection = _incidents.Read(arguments, console, cancellationToken);
        Concentrations concentrations = Concentrations.ByDensity(selection.Incidents);
        InspectSuggestion? suggestion = concentrations.Cities.Count == 0 ? null : Suggest(arguments, selection, concentrations.Cities[0]);
        var report = new InspectReport(selection.Report, concentrations, Concentrations.ByPlace(selection.Incidents), suggestion);
        if (selection.Incidents.Count == 0)
            console.Warning("no incident is left. Change --from, --to, --place or --near, or mend what the rows were rejected for.");
        if (page is not null)
        {
            File.WriteAllText(page, InspectPage.Of(report, selection.Incidents));
            console.Note($"Wrote {page}.");
        }
        console.Report(arguments.GetValue(_json), report, CliJson.Default.InspectReport, () => Show(report, selection, console));
    }

    InspectSuggestion Suggest(ParseResult arguments, IncidentSelection selection, CityConcentration city)
    {
        Incident[] incidents = [.. selection.Incidents.Where(incident => city.Bounds.Contains(incident.Latitude, incident.Longitude))];
        StudyGrid study = _grid.Choose(arguments, incidents);
        ExcludedDays excluded = arguments.GetValue(_excludeDays) ?? ExcludedDays.None;
        TimeSpanSuggestion span = TimeSpanSuggestion.Find(incidents, excluded: excluded);
        string excludeDays = excluded.IsEmpty ? "" : $"--exclude-days {excluded} ";
        return new InspectSuggestion(city, study, span, string.Create(CultureInfo.InvariantCulture,
            $"hotspot prepare {_incidents.WithoutSpan(arguments)} --area {study.Grid.Bounds} --grid {study.Grid.Rows}x{study.Grid.Columns} "
            + $"--from {span.From:yyyy-MM-dd} --to {span.To:yyyy-MM-dd} {excludeDays}--out maps.hsmaps"));
    }

    static void Show(InspectReport report, IncidentSelection selection, VerbConsole console)
    {
        IncidentReadReport rows = report.Rows;
        console.Facts(
            ("rows", Number(rows.RowsRead)),
            ("rejected", Number(rows.Rejected)),
            ("left out", $"{rows.OutsideSpan} outside the span, {rows.InOtherPlaces} in other places, {selection.Far ?? 0} too far away"),
            ("duplicates", $"{Number(rows.Duplicates)} ({rows.DuplicatesRemoved} removed)"),
            ("incidents", Number(selection.Incidents.Count)),
            ("span", rows.First is null
                ? "none"
                : string.Create(CultureInfo.InvariantCulture, $"{rows.First:yyyy-MM-dd HH:mm:ss} .. {rows.Last:yyyy-MM-dd HH:mm:ss}")));
        if (rows.Rejections.Count > 0)
            console.Table("Rejected rows", [["rows", "reason", "example", "first lines"], .. rows.Rejections.Select(Row)], 0);
        console.Table("Sources", [["rows", "usable", "source", "columns"], .. rows.Sources.Select(Row)], 0, 1);
        if (rows.Kinds.Count > 0)
            console.Table($"Kinds{More(rows.Kinds.Count, MostKinds)}",
                [["incidents", "kind"], .. rows.Kinds.OrderByDescending(kind => kind.Count).Take(MostKinds).Select(Row)], 0);
        Show("Places named", report.Places, console);
        Show("Where incidents concentrate", report.Concentrations, console);
        if (report.Suggestion is not { } suggestion)
            return;
        CoordinateLattice lattice = suggestion.Study.Lattice;
        console.Line();
        console.Facts(
        [
            ("lattice", $"latitude {lattice.Latitude?.ToString() ?? "continuous"}; "
                + $"longitude {lattice.Longitude?.ToString() ?? "continuous"}"),
            ("area", suggestion.Study.Area?.ToString() ?? "as given"),
            ("grid", suggestion.Study.Grid.ToString()),
            .. suggestion.Study.Reasons.Select(reason => ("", reason)),
            ("span", suggestion.Span.ToString()),
        ]);
        console.Line();
        console.Line("Next:");
        console.Verbatim($"  {suggestion.Command}");
    }

    static void Show(string title, Concentrations concentrations, VerbConsole console)
    {
        if (concentrations.Cities.Count == 0)
            return;
        console.Table($"{title}{More(concentrations.Cities.Count, MostCities)}",
        [
            ["incidents", "share", "around", "within", "place"],
            .. concentrations.Cities.Take(MostCities).Select(Row),
            [Number(concentrations.Elsewhere), "", "", "", "elsewhere"],
        ], 0, 1);
    }

    static string[] Row(Rejection rejection) =>
        [Number(rejection.Count), rejection.Reason.ToString(), $"'{rejection.Example}'", string.Join(", ", rejection.FirstLines)];

    static string[] Row(SourceSummary source) => [Number(source.Rows), Number(source.UsableRows), source.Name, source.Schema.ToString()];

    static string[] Row(KindCount kind) => [Number(kind.Count), kind.Name];

    static string[] Row(CityConcentration city) =>
    [
        Number(city.Count), string.Create(CultureInfo.InvariantCulture, $"{100 * city.Share:F1}%"),
        string.Create(CultureInfo.InvariantCulture, $"{city.Latitude:F3},{city.Longitude:F3}"),
        string.Create(CultureInfo.InvariantCulture, $"{city.Bounds.HeightMeters / 1000:F0} x {city.Bounds.WidthMeters / 1000:F0} km"),
        city.Name ?? "",
    ];

    static string More(int count, int shown) => count > shown ? $" (the first {shown} of {count})" : "";

    static string Number(long count) => count.ToString(CultureInfo.InvariantCulture);
}
