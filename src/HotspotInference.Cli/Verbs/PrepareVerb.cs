using System.CommandLine;
using System.Globalization;
using HotspotInference.Cli.Options;
using HotspotInference.Cli.Terminal;
using HotspotInference.Heatmaps;

namespace HotspotInference.Cli.Verbs;

/// <summary><c>hotspot prepare</c>: from incidents to stored heat maps.</summary>
sealed class PrepareVerb : Verb
{
    readonly HeatmapOptions _heatmaps = new();
    readonly Option<string> _out = new("--out") { Description = "The heat map file to write.", HelpName = "file", Required = true };
    readonly JsonOption _json = new();

    public PrepareVerb()
        : base("prepare",
            "Selects place, area and span, and builds and stores the heat maps. What is not given is chosen as 'inspect' suggests.")
    {
        _heatmaps.AddTo(this);
        Add(_out);
        Add(_json);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "hotspot prepare --incidents gunfire.csv.gz --exclude-days 07-01..07-06,12-29..01-02 --out maps.hsmaps",
        "hotspot prepare --incidents gunfire.csv.gz --area 38.8185,-77.0475,38.9625,-76.9035 --grid 36x36 "
            + "--from 2009-01-01 --out dc.hsmaps",
    ];

    public override void Run(ParseResult arguments, VerbConsole console, CancellationToken cancellationToken)
    {
        string file = OutputPlace.File("--out", arguments.GetRequiredValue(_out));
        PreparedHeatmaps prepared = _heatmaps.Build(arguments, console, cancellationToken);
        if (prepared.Placement.Placed == 0)
            throw new HotspotException("incidents", $"{prepared.Placement}", "at least one to make maps of",
                "Change --area, --kinds, --from or --to.");
        HeatmapSeries series = prepared.Series.Fill(cancellationToken);
        HeatmapSpec spec = series.Spec;
        using (FileStream stream = File.Create(file))
            HeatmapSeriesFile.Save(series, stream, cancellationToken);

        var report = new PrepareReport(file, spec.Grid, spec.Cadence.ToString(), spec.Kinds.Classes,
            DateOnly.FromDateTime(series.Periods.Start), DateOnly.FromDateTime(series.Periods.EndTime.AddTicks(-1)),
            series.Periods.Count, Enumerable.Range(0, series.Periods.Count).Count(series.IsMissing), prepared.Placement);
        console.Report(arguments.GetValue(_json), report, CliJson.Default.PrepareReport, () => console.Facts(
            ("file", report.File),
            ("grid", report.Grid.ToString()),
            ("periods", series.Periods.ToString()),
            ("periods without data", report.MissingPeriods.ToString(CultureInfo.InvariantCulture)),
            ("classes", string.Join(", ", report.Classes)),
            ("incidents", report.Incidents.ToString())));
    }
}
