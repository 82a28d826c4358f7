using System.CommandLine;
using System.Globalization;
using HotspotInference.Cli.Map;
using HotspotInference.Cli.Options;
using HotspotInference.Cli.Terminal;
using HotspotInference.Evaluation;
using HotspotInference.Forecasts;
using HotspotInference.Heatmaps;
using HotspotInference.Periods;
using HotspotInference.Prediction;

namespace HotspotInference.Cli.Verbs;

/// <summary><c>hotspot evaluate</c>: how good a model's forecasts were, beside baselines that are hard to beat.</summary>
sealed class EvaluateVerb : Verb
{
    readonly ModelOptions _model = new();
    readonly IncidentOptions _incidents = new(withSpan: false);
    readonly Option<DateOnly?> _from = DayOption.Of("--from",
        "The first day scored. [default: the day behind the model's training and validation]");
    readonly Option<DateOnly?> _to = DayOption.Of("--to", "The last day scored. [default: that of the last incident]");
    readonly Option<int> _horizon = new DefaultedOption<int>("--horizon", "K", "How many periods ahead each is forecast.", 1);
    readonly Option<ThresholdChoice?> _thresholds = ChoiceOption.Of<ThresholdChoice>("--thresholds",
        "Where the six labels' thresholds come from. retrospective takes them over the scored span, which no forecast in use can. "
            + "[default: validation, where the model has it]");
    readonly Option<int> _percentile = new DefaultedOption<int>("--percentile", "P",
        "The percentile whose six labels are shown, 85 to 99.", 96);
    readonly BootstrapOption _draws = new();
    readonly Option<BaselineChoice?> _baselines = ChoiceOption.Of<BaselineChoice>("--baselines",
        "What stands beside the model: the three that need no fit, all that compare fits to what lies before the span, or none. "
        + "[default: quick]");
    readonly Option<bool> _allowLeaky = new("--allow-leaky")
    {
        Description = "Fill missing maps as for training, also where that looks ahead (--fill linear), to show what it does to scores; "
            + "each is then marked leaky. Otherwise they are made up from the past alone.",
    };
    readonly Option<string?> _dump = new("--dump")
    {
        Description = "Also write risk.npy, actual.npy, active.npy, periods.csv and grid.json here.",
        HelpName = "folder",
    };
    readonly ExternalOptions _external = new();
    readonly Option<string?> _html = new("--html") { Description = "Also write a report with charts as one HTML file.", HelpName = "file" };
    readonly JsonOption _json = new();

    public EvaluateVerb()
        : base("evaluate",
            "Replays a span period by period and scores the forecasts beside baselines: the historical average, a running average (EWMA, "
            + "90 days) and the last period, or all there are. A model of the next incident is scored by the rank of its place.")
    {
        _model.AddTo(this);
        _incidents.AddTo(this);
        _external.AddTo(this);
        foreach (Option option in (ReadOnlySpan<Option>)
            [_from, _to, _horizon, _thresholds, _percentile, _baselines, _draws, _allowLeaky, _dump, _html, _json])
            Add(option);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "hotspot evaluate --model dc-gunfire-daily.onnx --incidents gunfire.csv.gz --from 2016-01-01 --to 2016-12-28 "
            + "--json scores.json --dump dump",
    ];

    public override void Run(ParseResult arguments, VerbConsole console, CancellationToken cancellationToken)
    {
        int percentile = arguments.GetValue(_percentile), horizon = arguments.GetValue(_horizon), draws = _draws.Draws(arguments);
        if (!SixLabels.DefaultPercentiles.Contains(percentile))
            throw new BadUsageException($"--percentile: '{percentile}'; expected 85 to 99. Choose one of these.");
        if (horizon < 1)
            throw new BadUsageException($"--horizon: '{horizon}'; expected at least 1, the next period.");
        if (arguments.GetValue(_json).File is { } file)
            OutputPlace.File("--json", file);
        if (arguments.GetValue(_html) is { } page)
            OutputPlace.File("--html", page);
        if (_model.GivesNext(arguments))
        {
            RunOnNextIncidents(arguments, draws, console, cancellationToken);
            return;
        }
        using HotspotPredictor predictor = _model.Load(arguments);
        IncidentSelection selection = _incidents.Read(arguments, console, cancellationToken, predictor.Metadata.TimeZone);
        IRiskForecaster model = ExternalOptions.Forecaster(predictor, _external.Load(arguments, [predictor], console));
        HeatmapSeries series = predictor.CreateHeatmaps(selection.NotEmpty().Incidents, out PlacementReport placement, cancellationToken);
        console.Note($"{placement}.");
        bool allowLeaky = arguments.GetValue(_allowLeaky);
        series = allowLeaky ? series.Fill(cancellationToken) : series;
        ModelOptions.CheckHistory(predictor, series.Periods.Start, console);
        PeriodRange span = ScoredSpan.Of(predictor, series, arguments.GetValue(_from), arguments.GetValue(_to), console);
        ScoringOptions options = ScoringOptions.Default with
        {
            BootstrapBlock = ScoringOptions.WeekOf(series.Spec.Cadence),
            BootstrapDraws = draws,
            Border = predictor.Border,
            Thresholds = Thresholds(arguments, predictor, series, span, horizon, cancellationToken),
        };

        using EvaluationDump? dump = Dump(arguments, predictor, ActiveCells.Before(series, span.First));
        using FittedBaselines baselines = console.Progress("Fitting baselines", progress => FittedBaselines.Of(
            arguments.GetValue(_baselines) ?? BaselineChoice.Quick, series, span, progress, cancellationToken));
        EvaluationReport report = console.Progress("Scoring", progress => ForecastEvaluation.Run(
            series, model, baselines.Forecasters, span, options, horizon, allowLeaky,
            visit: dump is null ? null : period => dump.Add(period.Start, period.IsScored, period.Risk(0), period.Actual),
            progress: progress, cancellationToken: cancellationToken));
        if (arguments.GetValue(_html) is { } html)
        {
            File.WriteAllText(html, EvaluationPage.Of(report, predictor.Metadata.Selection));
            console.Note($"Wrote {html}.");
        }
        console.Report(arguments.GetValue(_json), report.ToJson, () => Show(report, percentile, console));
        if (report.Leaky)
            console.Warning("leaky: a forecaster could see what it forecast. These numbers mean nothing.");
        if (report.Retrospective)
            console.Warning("retrospective: the labels' thresholds were taken over the scored span.");
    }

    void RunOnNextIncidents(ParseResult arguments, int draws, VerbConsole console, CancellationToken cancellationToken)
    {
        foreach (Option option in (ReadOnlySpan<Option>)[_horizon, _thresholds, _percentile, _baselines, _allowLeaky, _dump, _html])
        {
            if (arguments.GetResult(option) is { Implicit: false })
                throw new BadUsageException($"{option.Name} with a model of the next incident, which forecasts no risk; expected none. "
                    + "Leave it out.");
        }
        using NextIncidentPredictor predictor = _model.LoadNext(arguments);
        IncidentSelection selection = _incidents.Read(arguments, console, cancellationToken, predictor.Metadata.TimeZone).NotEmpty();
        NextIncidentReport report = NextIncidentScores.Run(predictor, selection.Incidents, arguments.GetValue(_from),
            arguments.GetValue(_to), draws, console, cancellationToken);
        console.Report(arguments.GetValue(_json), report.ToJson, () => NextIncidentScores.Show(report, console));
    }

    PercentileTable? Thresholds(
        ParseResult arguments, HotspotPredictor predictor, HeatmapSeries series, PeriodRange span, int horizon,
        CancellationToken cancellationToken)
    {
        PercentileTable? stored = predictor.Metadata.Thresholds;
        ThresholdChoice choice = arguments.GetValue(_thresholds) ?? (stored is null ? ThresholdChoice.Period : ThresholdChoice.Validation);
        if (choice == ThresholdChoice.Validation && stored is null)
            throw new BadUsageException(
                "--thresholds: validation, but the model has none stored. Choose period, or fit it with a validation span.");
        if (choice != ThresholdChoice.Retrospective)
            return choice == ThresholdChoice.Validation ? stored : null;
        var risks = new List<float>();
        new ForecastReplay(series, [predictor], span, horizon, allowLeaky: series.IsFilled).Run(period =>
        {
            if (period.IsScored)
                risks.AddRange(period.Risk(0));
        }, cancellationToken: cancellationToken);
        return PercentileTable.Over(predictor.Classes, series.Spec.Grid.Rows, series.Spec.Grid.Columns, risks.ToArray(),
            source: ThresholdSource.Batch, border: predictor.Border);
    }

    EvaluationDump? Dump(ParseResult arguments, HotspotPredictor predictor, bool[] activeCells) => arguments.GetValue(_dump) is { } folder
        ? new EvaluationDump(OutputPlace.Folder("--dump", folder), predictor.Heatmaps.Grid, predictor.Classes, predictor.Heatmaps.Cadence,
            predictor.Metadata.TimeZone ?? "", activeCells)
        : null;

    static void Show(EvaluationReport report, int percentile, VerbConsole console)
    {
        console.Facts(
            ("span", string.Create(CultureInfo.InvariantCulture,
                $"{report.Start:yyyy-MM-dd} .. {report.End.AddTicks(-1):yyyy-MM-dd}")),
            ("periods", $"{report.Periods} of a {report.Cadence} scored, {report.PeriodsLeftOut} left out"),
            ("incidents", report.Events.ToString("F0", CultureInfo.InvariantCulture)),
            ("cells", string.Create(CultureInfo.InvariantCulture,
                $"{report.Cells}, with an incident in {100 * report.BaseRate:0.##}% of the cell-periods")));
        foreach (string name in report.Classes)
            ScoreTables.Show(report, name, percentile, console);
    }
}
