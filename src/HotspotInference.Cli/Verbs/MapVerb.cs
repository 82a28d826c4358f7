using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using HotspotInference.Cli.Map;
using HotspotInference.Cli.Options;
using HotspotInference.Cli.Terminal;
using HotspotInference.Evaluation;
using HotspotInference.Heatmaps;
using HotspotInference.Periods;
using HotspotInference.Rendering;

namespace HotspotInference.Cli.Verbs;

/// <summary><c>hotspot map</c>: forecasts and incidents as an interactive map in one file.</summary>
sealed class MapVerb : Verb
{
    readonly ModelOptions _model = new(isRequired: false);
    readonly HeatmapOptions _heatmaps = new(withSpan: false);
    readonly Option<DateOnly?> _from = DayOption.Of("--from",
        "The first day shown. [default: the day behind what the model learnt; without a model, as 'inspect' suggests]");
    readonly Option<DateOnly?> _to = DayOption.Of("--to",
        "The last day shown. [default: with a model the forecast of the first period behind the last incident]");
    readonly Option<double> _percentile = new DefaultedOption<double>("--percentile", "P",
        "Cells above this percentile of risk are hot at first, 50 to 99.9: 96 flags about 4%.", 96);
    readonly Option<string> _out = new DefaultedOption<string>("--out", "file", "The page to write.", "map.html");
    readonly Option<string?> _title =
        new("--title") { Description = "What stands above it. [default: the model's name]", HelpName = "text" };
    readonly Option<string?> _outlines = new("--outlines")
    {
        Description = "A GeoJSON file whose lines and areas are drawn, such as districts.",
        HelpName = "file",
    };
    readonly Option<string?> _tiles = new("--tiles")
    {
        Description = "A background map from a server, as https://host/{z}/{x}/{y}.png; without it the page fetches nothing.",
        HelpName = "address",
    };
    readonly Option<string?> _attribution = new("--tiles-attribution")
    {
        Description = "Whom the server's terms ask to be named beside its map.",
        HelpName = "text",
    };
    readonly JsonOption _json = new();

    public MapVerb()
        : base("map",
            "An interactive map in one HTML file that works offline: risk period by period, each forecast from what lay before, with "
            + "hot cells, hit rates and incidents; without a model the incidents alone.")
    {
        _model.AddTo(this);
        _heatmaps.AddTo(this);
        foreach (Option option in (ReadOnlySpan<Option>)[_from, _to, _percentile, _out, _title, _outlines, _tiles, _attribution, _json])
            Add(option);
        Validators.Add(Check);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "hotspot map --model dc-gunfire-daily.onnx --incidents gunfire.csv.gz --from 2016-01-01 --out gunfire.html",
        "hotspot map --incidents reports.csv --cadence week --outlines districts.geojson",
    ];

    public override void Run(ParseResult arguments, VerbConsole console, CancellationToken cancellationToken)
    {
        double percentile = arguments.GetValue(_percentile);
        if (!(percentile is >= 50 and <= 99.9))
            throw new BadUsageException(string.Create(CultureInfo.InvariantCulture,
                $"--percentile: '{percentile}'; expected 50 to 99.9. 96 flags about 4% of the cells."));
        string file = OutputPlace.File("--out", arguments.GetRequiredValue(_out));
        if (arguments.GetValue(_json).File is { } json)
            OutputPlace.File("--json", json);
        TileSource? tiles = arguments.GetValue(_tiles) is { } address
            ? BadUsageException.Check(() => TileSource.Parse(address, arguments.GetValue(_attribution) ?? "")) : null;
        var settings = new MapPageSettings(percentile, arguments.GetValue(_outlines) is { } path ? OutlineFile.Read(path) : [], tiles);

        using HotspotPredictor? predictor = _model.IsGiven(arguments.CommandResult) ? _model.Load(arguments) : null;
        (MapData data, HeatmapSpec spec, PeriodRange span) = predictor is null
            ? OfIncidents(arguments, console, cancellationToken)
            : OfModel(predictor, arguments, console, cancellationToken);
        long bytes;
        using (FileStream stream = File.Create(file))
        {
            MapPage.Write(stream, data, settings);
            bytes = stream.Length;
        }
        var report = new MapReport(file, bytes, predictor?.Name, spec.Grid.ToString(), span.Start, span.EndTime, span.Count,
            data.Shown, data.NotShown);
        console.Report(arguments.GetValue(_json), report, CliJson.Default.MapReport, () => console.Facts(
            ("file", string.Create(CultureInfo.InvariantCulture, $"{file}, {bytes / 1e6:F1} MB; open it in a browser")),
            ("periods", span.ToString()),
            ("grid", report.Grid),
            ("incidents", string.Create(CultureInfo.InvariantCulture,
                $"{data.Shown} on the map, {data.NotShown} outside or of other kinds"))));
    }

    (MapData, HeatmapSpec, PeriodRange) OfIncidents(ParseResult arguments, VerbConsole console, CancellationToken cancellationToken)
    {
        (HeatmapSpec spec, PeriodRange span, IReadOnlyList<Incident> incidents) =
            _heatmaps.Plan(arguments, arguments.GetValue(_from), arguments.GetValue(_to), console, cancellationToken);
        var data = new MapData(spec, span, hasRisk: false) { Title = arguments.GetValue(_title) ?? "Incidents" };
        for (int i = 0; i < span.Count; i++)
            data.AddPeriod([], isKnown: true, isScored: false);
        data.AddIncidents(incidents);
        return (data, spec, span);
    }

    (MapData, HeatmapSpec, PeriodRange) OfModel(
        HotspotPredictor predictor, ParseResult arguments, VerbConsole console, CancellationToken cancellationToken)
    {
        IReadOnlyList<Incident> incidents =
            _heatmaps.Incidents.Read(arguments, console, cancellationToken, predictor.Metadata.TimeZone).NotEmpty().Incidents;
        HeatmapSeries series = predictor.CreateHeatmaps(incidents, out PlacementReport placement, cancellationToken);
        console.Note($"{placement}.");
        ModelOptions.CheckHistory(predictor, series.Periods.Start, console);
        DateOnly? to = arguments.GetValue(_to);
        PeriodRange past = ScoredSpan.Of(predictor, series, arguments.GetValue(_from), to, console);
        // Up to the last incident, and what comes behind it.
        PeriodRange span = to is null ? past with { Count = past.Count + 1 } : past;
        var data = new MapData(series.Spec, span, hasRisk: true, predictor.Border, predictor.Metadata.Thresholds)
        {
            Title = arguments.GetValue(_title) ?? predictor.Name,
            Forecaster = predictor.Name,
        };
        console.Progress("Forecasting", progress => new ForecastReplay(series, [predictor], past, predictor.Metadata.Horizon)
            .Run(period => data.AddPeriod(period.Risk(0), isKnown: true, period.IsScored), progress, cancellationToken));
        if (to is null)
            data.AddPeriod(Next(predictor, series), isKnown: false, isScored: false);
        data.AddIncidents(incidents);
        return (data, series.Spec, span);
    }

    // The first period behind the incidents; a model of a longer horizon knows what it needs of it from before their last.
    static ReadOnlySpan<float> Next(HotspotPredictor predictor, HeatmapSeries series)
    {
        var city = new Features.CityState(series.Spec, predictor.Features, series.Periods.First);
        for (int i = 0; i <= series.Periods.Count - predictor.Metadata.Horizon; i++)
            city.Append(series, i);
        return predictor.Predict(city).Risk.Span;
    }

    void Check(CommandResult result)
    {
        if (result.GetResult(_attribution) is not null && result.GetResult(_tiles) is null)
            result.AddError("--tiles-attribution: without --tiles; expected the server that it names. Give both, or neither.");
        if (result.GetResult(_tiles) is not null && result.GetResult(_attribution) is null)
            result.AddError("--tiles: without --tiles-attribution; expected whom the server's terms ask to be named. Give it.");
        if (!_model.IsGiven(result))
            return;
        foreach (Option option in _heatmaps.OfMaps)
        {
            if (result.GetResult(option) is { Implicit: false })
                result.AddError($"{option.Name}: given beside --model; expected the model to say how its maps are made. Leave it out.");
        }
    }
}
