using System.CommandLine;
using System.Globalization;
using HotspotInference.Cli.Options;
using HotspotInference.Cli.Terminal;
using HotspotInference.Features;
using HotspotInference.Forecasts;
using HotspotInference.Heatmaps;
using HotspotInference.Periods;

namespace HotspotInference.Cli.Verbs;

/// <summary><c>hotspot forecast</c>: where the next incidents are expected.</summary>
sealed class ForecastVerb : Verb
{
    const int MostCells = 10;

    readonly ModelOptions _model = new();
    readonly IncidentOptions _incidents = new(withSpan: false);
    readonly Option<DateOnly?> _at = DayOption.Of("--at",
        "The first day to forecast, from the incidents before it. [default: the first period behind the last incident]");
    readonly Option<int> _horizon = new DefaultedOption<int>("--horizon", "K", "How many periods to forecast.", 1);
    readonly Option<double> _percentile = new DefaultedOption<double>("--percentile", "P",
        "Cells above this percentile of risk are hot: 96 flags about 4%.", 96);
    readonly Option<HotThreshold?> _threshold = ChoiceOption.Of<HotThreshold>("--threshold",
        "What makes a cell hot: --percentile, or the threshold that the model's rule chose on validation. [default: percentile]");
    readonly Option<string?> _class = new("--class")
    {
        Description = "The class to show, where the model tells several apart. [default: any]",
        HelpName = "name",
    };
    readonly Option<int> _margin = new DefaultedOption<int>("--ignore-margin", "cells",
        "Rows and columns along each edge that are never hot.", 0);
    readonly Option<bool> _smooth = new("--smooth") { Description = "Draw the risk smoothly instead of as cells." };
    readonly Option<string> _out = new DefaultedOption<string>("--out", "folder",
        "Gets the risk map (.png, .asc), the hot cells (.geojson) and the areas they make (-areas.geojson) of each period; "
        + "of several an animation.", "out");
    readonly ExternalOptions _external = new();
    readonly JsonOption _json = new();

    public ForecastVerb()
        : base("forecast",
            "Forecasts the next periods: risk map and hot cells, with the actual incidents as dots where they are known already.")
    {
        _model.AddTo(this);
        _incidents.AddTo(this);
        _external.AddTo(this);
        foreach (Option option in (ReadOnlySpan<Option>)[_at, _horizon, _percentile, _threshold, _class, _margin, _smooth, _out, _json])
            Add(option);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "hotspot forecast --model dc-gunfire-daily.onnx --incidents gunfire.csv.gz --at 2016-07-15",
        "hotspot forecast --model city.onnx --incidents old.csv.gz --incidents new.csv --horizon 7 --percentile 99 "
            + "--out maps --json maps/week.json",
    ];

    public override void Run(ParseResult arguments, VerbConsole console, CancellationToken cancellationToken)
    {
        int horizon = arguments.GetValue(_horizon);
        if (horizon < 1)
            throw new BadUsageException($"--horizon: '{horizon}'; expected at least 1, the next period.");
        int margin = arguments.GetValue(_margin);
        if (margin < 0)
            throw new BadUsageException($"--ignore-margin: '{margin}'; expected at least 0, for no margin.");
        double percentile = arguments.GetValue(_percentile);
        if (!(percentile is >= 0 and <= 100))
            throw new BadUsageException(string.Create(CultureInfo.InvariantCulture,
                $"--percentile: '{percentile}'; expected 0 to 100. 96 flags about 4% of the cells."));
        using HotspotPredictor predictor = _model.Load(arguments);
        IReadOnlyList<Incident> incidents =
            _incidents.Read(arguments, console, cancellationToken, predictor.Metadata.TimeZone).NotEmpty().Incidents;
        ExternalFeatures? external = _external.Load(arguments, [predictor], console);
        CityState city = State(predictor, incidents, arguments, console);
        // A model that sees maps forecasts its own horizon; one of rates and calendar any.
        IEnumerable<int> horizons = predictor.Features.Maps is null ? Enumerable.Range(1, horizon)
            : horizon == 1 ? [predictor.Metadata.Horizon]
            : throw new BadUsageException($"--horizon: '{horizon}'; expected none: the model sees maps at fixed lags and forecasts "
                + $"{predictor.Metadata.Horizon} ahead only. Leave it out.");

        bool isSelected = arguments.GetValue(_threshold) == HotThreshold.Selected;
        if (isSelected)
            CheckSelected(arguments, predictor);
        BorderPolicy border = margin > 0 ? BorderPolicy.Ignore(margin) : predictor.Border;
        string folder = OutputPlace.Folder("--out", arguments.GetRequiredValue(_out));
        var periods = new List<ForecastReport.Period>();
        var forecasts = new List<HotspotForecast>();
        var selections = new List<HotspotSelection>();
        foreach (int ahead in horizons)
        {
            cancellationToken.ThrowIfCancellationRequested();
            HotspotForecast forecast = external is null ? predictor.Predict(city, ahead) : predictor.Predict(city, external, ahead);
            string? className = arguments.GetValue(_class);
            HotspotSelection hotspots = isSelected ? forecast.Hotspots(className) : forecast.Hotspots(percentile, className, border);
            forecasts.Add(forecast);
            selections.Add(hotspots);
            Incident[] happened = [.. incidents
                .Where(incident => incident.Time >= forecast.PeriodStart && incident.Time < forecast.PeriodEnd)];
            IReadOnlyList<string> files = ForecastFiles.Write(
                folder, forecast, hotspots, happened.Length > 0 ? happened : null, arguments.GetValue(_smooth));
            periods.Add(new ForecastReport.Period(forecast.PeriodStart, forecast.PeriodEnd, ahead, hotspots.Class, hotspots.Threshold.Value,
                hotspots.Threshold.Source, hotspots.Coverage, hotspots.TiesAtThreshold, Cells(forecast, hotspots), files));
        }
        string? animation = forecasts.Count > 1
            ? ForecastFiles.WriteAnimation(folder, forecasts, selections, incidents, arguments.GetValue(_smooth)) : null;
        var report = new ForecastReport(predictor.Name, city.KnownUntil, periods, animation);
        console.Report(arguments.GetValue(_json), report, CliJson.Default.ForecastReport, () => Show(report, console));
    }

    void CheckSelected(ParseResult arguments, HotspotPredictor predictor)
    {
        foreach (Option other in (ReadOnlySpan<Option>)[_percentile, _margin])
        {
            if (arguments.GetResult(other) is { Implicit: false })
                throw new BadUsageException($"{other.Name}: given with --threshold selected; expected one of the two, "
                    + "since a threshold that was chosen on validation holds for the cells that it was chosen over. Leave one out.");
        }
        if (predictor.Metadata.Selection is null)
            throw new BadUsageException("--threshold: selected, but the model has none stored. Fit it anew with a validation span "
                + "(hotspot fit --threshold-rule), or use --percentile.");
    }

    CityState State(HotspotPredictor predictor, IReadOnlyList<Incident> incidents, ParseResult arguments, VerbConsole console)
    {
        Cadence cadence = predictor.Heatmaps.Cadence;
        DateTime last = incidents.Max(incident => incident.Time);
        DateTime start = arguments.GetValue(_at)?.ToDateTime(TimeOnly.MinValue) ?? cadence.StartOf(cadence.IndexOf(last) + 1);
        DateTime known = cadence.StartOf(cadence.IndexOf(last) + 1);
        if (start > known && cadence.StartOf(cadence.IndexOf(start)) == start)
            throw new HotspotException("--at",
                string.Create(CultureInfo.InvariantCulture, $"{start:yyyy-MM-dd}, with incidents known until {last:yyyy-MM-dd}"),
                string.Create(CultureInfo.InvariantCulture,
                    $"a day up to {known:yyyy-MM-dd}: a quiet time and no data look the same in a file"),
                "Give newer incidents, or forecast several periods from there with --horizon.");
        CityState city = predictor.CreateStateBefore(incidents, start, out PlacementReport placement);
        if (placement.Placed < placement.Total)
            console.Note($"{placement}.");
        ModelOptions.CheckHistory(predictor, cadence.StartOf(city.FirstPeriod), console);
        if (last.Date.AddDays(1) < start)
            console.Note(string.Create(CultureInfo.InvariantCulture,
                $"The incidents end {last:yyyy-MM-dd}: the {cadence} that ends {start.AddDays(-1):yyyy-MM-dd} is taken as complete."));
        return city;
    }

    static List<ForecastReport.Cell> Cells(HotspotForecast forecast, HotspotSelection hotspots) => [.. hotspots.Cells.Select(cell =>
    {
        (double latitude, double longitude) = forecast.Grid.CellCenter(cell.Row, cell.Column);
        return new ForecastReport.Cell(cell.Row, cell.Column, Math.Round(latitude, 6), Math.Round(longitude, 6), cell.Risk,
            !forecast.HasKind ? null
                : forecast.KindsOf(cell.Row, cell.Column).ToDictionary(kind => kind.Kind, kind => Math.Round(kind.Probability, 6)));
    })];

    // The most probable first, as they were told.
    static string Kinds(IReadOnlyDictionary<string, double> kinds) => string.Join(", ", kinds.OrderByDescending(kind => kind.Value)
        .Select(kind => string.Create(CultureInfo.InvariantCulture, $"{kind.Key} {kind.Value:F2}")));

    static void Show(ForecastReport report, VerbConsole console)
    {
        foreach (ForecastReport.Period period in report.Forecasts)
        {
            string hot = string.Create(CultureInfo.InvariantCulture,
                $"{period.Hotspots.Count} hot cells ({100 * period.Coverage:F1}% of the area) above a risk of {period.Threshold:G4} "
                + $"({ScoreText.Source(period.ThresholdSource)})");
            bool hasKinds = period.Hotspots.Count > 0 && period.Hotspots[0].Kinds is not null;
            string shown = period.Hotspots.Count > MostCells ? $", the first {MostCells}" : "";
            console.Table(string.Create(CultureInfo.InvariantCulture,
                $"{period.Start:yyyy-MM-dd HH:mm} .. {period.End:yyyy-MM-dd HH:mm}, class {period.Class}\n{hot}{shown}"),
            [
                ["risk", "latitude", "longitude", "row", "column", .. hasKinds ? (string[])["kind of an incident"] : []],
                .. period.Hotspots.Take(MostCells).Select(cell => (string[])
                [
                    cell.Risk.ToString("F4", CultureInfo.InvariantCulture),
                    cell.Latitude.ToString("F5", CultureInfo.InvariantCulture),
                    cell.Longitude.ToString("F5", CultureInfo.InvariantCulture),
                    cell.Row.ToString(CultureInfo.InvariantCulture),
                    cell.Column.ToString(CultureInfo.InvariantCulture),
                    .. cell.Kinds is { } kinds ? (string[])[Kinds(kinds)] : [],
                ]),
            ], 0, 1, 2, 3, 4);
            foreach (string file in period.Files)
                console.Line(file);
        }
        if (report.Animation is not null)
            console.Line(report.Animation);
    }
}
