using System.CommandLine;
using System.Globalization;
using HotspotInference.Cli.Options;
using HotspotInference.Cli.Terminal;
using HotspotInference.Evaluation;
using HotspotInference.Grids;
using HotspotInference.Heatmaps;
using HotspotInference.Incidents;
using HotspotInference.Periods;
using HotspotInference.Simulation;

namespace HotspotInference.Cli.Verbs;

/// <summary><c>hotspot simulate</c>: a synthetic city's incidents, with their true intensity.</summary>
sealed class SimulateVerb : Verb
{
    static readonly SimulatedCityOptions s_defaults = new();

    readonly Option<string> _out = new("--out")
    {
        Description = "The CSV file to write; compressed where its name ends in .gz.", HelpName = "file",
        Required = true,
    };
    readonly Option<string?> _intensity = new("--intensity")
    {
        Description = "Also write the true intensity into this folder, in the form of 'evaluate --dump': risk.npy holds the expected count "
            + "of each cell and period given everything before the period, actual.npy what happened.",
        HelpName = "folder",
    };
    readonly Option<int> _seed = new DefaultedOption<int>("--seed", "N",
        "The same seed and options give the same incidents.", s_defaults.Seed);
    readonly Option<DateOnly?> _start = DayOption.Of("--start",
        string.Create(CultureInfo.InvariantCulture, $"The first day. [default: {s_defaults.Start:yyyy-MM-dd}]"));
    readonly Option<int> _days = new DefaultedOption<int>("--days", "N",
        "How many days; a longer simulation begins with the same incidents.", s_defaults.Days);
    readonly Option<GeoBounds> _area = new ParsedOption<GeoBounds>("--area", "S,W,N,E",
        "The study area in degrees; the city's centres lie well inside.",
        GeoBounds.Parse, s_defaults.Bounds);
    readonly Option<int> _centers = new DefaultedOption<int>("--centers", "N", "How many centres the city has.", s_defaults.Centers);
    readonly Option<double> _eventsPerDay = new DefaultedOption<double>("--events-per-day", "X",
        "Mean incidents a day.", s_defaults.EventsPerDay);
    readonly Option<double> _branching = new DefaultedOption<double>("--branching", "X",
        "Mean number of incidents that one sets off, below 1.", s_defaults.Branching);
    readonly Option<double> _decayDays = new DefaultedOption<double>("--decay-days", "X",
        "Mean delay of incidents that are set off, days.", s_defaults.DecayDays);
    readonly Option<double> _spreadMeters = new DefaultedOption<double>("--spread-meters", "X",
        "Spread of incidents that are set off, metres.", s_defaults.SpreadMeters);
    readonly Option<int> _decimals = new DefaultedOption<int>("--decimals", "N",
        "Decimals of the coordinates.", s_defaults.CoordinateDecimals);
    readonly Option<GridShape> _grid = new ParsedOption<GridShape>("--grid", "RxC",
        "Rows and columns of the intensity's grid over the study area.",
        GridShape.Parse, new GridShape(32, 32));
    readonly Option<Cadence> _cadence = new ParsedOption<Cadence>("--cadence", "period",
        "The intensity's period: day, week, month, hour, 6h, 15min ...",
        Cadence.Parse, Cadence.Day);
    readonly JsonOption _json = new();

    public SimulateVerb()
        : base("simulate",
            "Makes up a self-exciting city: its incidents as CSV and, where asked for, the true intensity that no forecaster can beat.")
    {
        foreach (Option option in (ReadOnlySpan<Option>)
        [
            _out, _seed, _start, _days, _area, _centers, _eventsPerDay, _branching, _decayDays, _spreadMeters, _decimals, _intensity, _grid,
            _cadence, _json,
        ])
            Add(option);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "hotspot simulate --seed 7 --days 730 --out city.csv.gz",
        "hotspot simulate --out city.csv --intensity truth --grid 24x24 --cadence day",
    ];

    public override void Run(ParseResult arguments, VerbConsole console, CancellationToken cancellationToken)
    {
        var options = new SimulatedCityOptions
        {
            Seed = arguments.GetValue(_seed),
            Start = arguments.GetValue(_start) ?? s_defaults.Start,
            Days = arguments.GetValue(_days),
            Bounds = arguments.GetValue(_area),
            Centers = arguments.GetValue(_centers),
            EventsPerDay = arguments.GetValue(_eventsPerDay),
            Branching = arguments.GetValue(_branching),
            DecayDays = arguments.GetValue(_decayDays),
            SpreadMeters = arguments.GetValue(_spreadMeters),
            CoordinateDecimals = arguments.GetValue(_decimals),
        };
        BadUsageException.Check(options.Validated);
        string file = OutputPlace.File("--out", arguments.GetRequiredValue(_out));
        var city = new SimulatedCity(options, cancellationToken);
        IncidentWriter.Write(file, city.Incidents, cancellationToken);
        if (arguments.GetValue(_intensity) is { } folder)
            console.Progress("True intensity", progress => WriteIntensity(city, arguments, folder, progress, cancellationToken));

        var report = new SimulateReport(file, options.Seed, options.Start, options.Start.AddDays(options.Days - 1), city.Incidents.Count,
            city.Incidents.Count(incident => options.Bounds.Contains(incident.Latitude, incident.Longitude)),
            options.Bounds.ToString(), city.Centers);
        console.Report(arguments.GetValue(_json), report, CliJson.Default.SimulateReport, () =>
        {
            console.Line(string.Create(CultureInfo.InvariantCulture,
                $"{report.Incidents} incidents from {report.From:yyyy-MM-dd} to {report.To:yyyy-MM-dd}, "
                + $"{report.InsideArea} of them in {report.Area}"));
            console.Table("Centres", [["latitude", "longitude", "spread", "of incidents"], .. report.Centers.Select(Row)], 0, 1, 2, 3);
        });
    }

    static string[] Row(SimulatedCenter center) =>
    [
        center.Latitude.ToString("F4", CultureInfo.InvariantCulture),
        center.Longitude.ToString("F4", CultureInfo.InvariantCulture),
        center.SpreadMeters.ToString("F0", CultureInfo.InvariantCulture) + " m",
        string.Create(CultureInfo.InvariantCulture, $"{100 * center.Share:F1}%"),
    ];

    void WriteIntensity(SimulatedCity city, ParseResult arguments, string folder, IProgress<double> progress,
        CancellationToken cancellationToken)
    {
        GridShape shape = arguments.GetValue(_grid);
        var spec =
            new HeatmapSpec { Grid = new GridSpec(city.Options.Bounds, shape.Rows, shape.Columns), Cadence = arguments.GetValue(_cadence) };
        PeriodRange periods = city.WholePeriods(spec.Cadence);
        var builder = new HeatmapBuilder(spec, periods);
        builder.AddRange(city.Incidents, cancellationToken);
        HeatmapSeries actual = builder.Build();
        var counts = new float[spec.MapLength];
        int period = 0;
        using var dump = new EvaluationDump(folder, spec.Grid, spec.Kinds.Classes, spec.Cadence, timeZone: "");
        foreach (float[] expected in city.ExpectedCounts(spec, periods))
        {
            cancellationToken.ThrowIfCancellationRequested();
            actual.CopyTo(period, counts);
            dump.Add(spec.Cadence.StartOf(periods.First + period), scored: true, expected, counts);
            progress.Report(++period / (double)periods.Count);
        }
    }
}
