using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using HotspotInference.Cli.Options;
using HotspotInference.Cli.Terminal;
using HotspotInference.Evaluation;
using HotspotInference.Features;
using HotspotInference.Heatmaps;
using HotspotInference.Periods;
using HotspotInference.Prediction;

namespace HotspotInference.Cli.Verbs;

/// <summary><c>hotspot compare</c>: models beside every baseline, fitted to what lies before the span that is scored.</summary>
sealed class CompareVerb : Verb
{
    readonly HeatmapOptions _heatmaps = new(withSpan: false);
    readonly Option<string[]> _models = new("--models")
    {
        Description = "A model to score beside the baselines; may be repeated. Area, grid, periods and kinds are then the model's.",
        HelpName = "file.onnx",
    };
    readonly Option<DateOnly?> _from = DayOption.Of("--from",
        "The first day scored. [default: the day behind --validate-to, or behind what the models learnt]");
    readonly Option<DateOnly?> _to = DayOption.Of("--to", "The last day scored. [default: that of the last incident]");
    readonly Option<DateOnly?> _historyFrom = DayOption.Of("--history-from",
        "Where history begins, as --from of fit. [default: the months that reach a fifth of the busiest; with --models the first model's]");
    readonly Option<DateOnly?> _trainFrom = DayOption.Of("--train-from",
        "The first day that baselines learn. [default: after a quarter of the days up to --train-to, at most two years]");
    readonly Option<DateOnly?> _trainTo = DayOption.Of("--train-to", "The last day that baselines learn. [default: the day before --from]");
    readonly Option<DateOnly?> _validateTo = DayOption.Of("--validate-to",
        "The last day of the models' validation, as of fit: scoring has to begin behind it.");
    readonly Option<string?> _reference = new("--reference")
    {
        Description =
            "The forecaster that all others are compared with. [default: the first model, or the best baseline by average precision]",
        HelpName = "name",
    };
    readonly BootstrapOption _draws = new();
    readonly Option<string?> _markdown = new("--markdown") { Description = "Also write the table as Markdown.", HelpName = "file.md" };
    readonly Option<string?> _svg = new("--svg") { Description = "Also draw hit rate by the share of the area flagged.",
        HelpName = "file.svg" };
    readonly ExternalOptions _external = new();
    readonly JsonOption _json = new();

    public CompareVerb()
        : base("compare",
            "Fits every baseline to what lies before a span and scores them and given models over it, each against one of them.")
    {
        _heatmaps.AddTo(this);
        _external.AddTo(this);
        foreach (Option option in (ReadOnlySpan<Option>)[_models, _from, _to, _historyFrom, _trainFrom, _trainTo, _validateTo,
            _reference, _draws, _json,
            _markdown, _svg])
            Add(option);
        Validators.Add(RefuseMapOptions);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "hotspot compare --incidents city.csv.gz --from 2024-01-01 --to 2024-12-31",
        "hotspot compare --incidents gunfire.csv.gz --models dc-gunfire-daily.onnx --from 2016-01-01 --to 2016-12-28 --train-to 2014-12-31 "
            + "--json comparison.json --markdown comparison.md --svg comparison.svg",
    ];

    public override void Run(ParseResult arguments, VerbConsole console, CancellationToken cancellationToken)
    {
        int draws = _draws.Draws(arguments);
        foreach ((string option, string? file) in (ReadOnlySpan<(string, string?)>)
            [("--json", arguments.GetValue(_json).File), ("--markdown", arguments.GetValue(_markdown)),
                ("--svg", arguments.GetValue(_svg))])
        {
            if (file is not null)
                OutputPlace.File(option, file);
        }
        using ComparedModels models = ComparedModels.Load(arguments.GetValue(_models) ?? []);
        string? reference = arguments.GetValue(_reference);
        if (reference is not null)
            BadUsageException.Check(() =>
                ForecastComparison.CheckReference(reference, ForecastComparison.Names(models.Predictors, StandardForecasters.All)));
        ExternalFeatures? external = _external.Load(arguments, models.Predictors, console);
        IRiskForecaster[] forecasters = [.. models.Predictors.Select(predictor => ExternalOptions.Forecaster(predictor, external))];
        (DateOnly from, DateOnly? to) = Scored(arguments, models, console);
        PreparedHeatmaps prepared = Build(arguments, models, from, to, console, cancellationToken);
        HeatmapSeries series = prepared.Series;
        console.Note($"{prepared.Placement}.");
        Cadence cadence = series.Spec.Cadence;
        DateOnly last = to ?? DateOnly.FromDateTime(series.Periods.EndTime.AddTicks(-1));
        if (cadence.IndexOf(from.ToDateTime(TimeOnly.MinValue)) >= series.Periods.End)
            throw new HotspotException("span to score", string.Create(CultureInfo.InvariantCulture, $"from {from:yyyy-MM-dd}"),
                string.Create(
                CultureInfo.InvariantCulture,
                $"a first day up to {series.Periods.EndTime.AddTicks(-1):yyyy-MM-dd}, where the incidents end"),
                "Give newer incidents, or score earlier days.");
        PeriodRange span = BadUsageException.Check(() => PeriodRange.Days(cadence, from, last));
        PeriodRange training = StandardForecasters.TrainingBefore(series, span, arguments.GetValue(_trainFrom),
            arguments.GetValue(_trainTo));
        ScoringOptions options = ForecastComparison.Scoring(cadence) with { BootstrapDraws = draws, Border = models.Border };

        ComparisonReport report = console.Progress("Comparing",
            progress => ForecastComparison.Run(series, forecasters, StandardForecasters.All,
            training, span, options, reference, progress, cancellationToken));
        Write(console, arguments.GetValue(_markdown), () => ComparisonMarkdown.Of(report));
        Write(console, arguments.GetValue(_svg), () => HitRateChart.Svg(report));
        console.Report(arguments.GetValue(_json), report.ToJson, () => ComparisonTables.Show(report, console));
    }

    (DateOnly From, DateOnly? To) Scored(ParseResult arguments, ComparedModels models, VerbConsole console)
    {
        DateOnly? validated = arguments.GetValue(_validateTo), learnt = models.LearntTo;
        DateOnly from = arguments.GetValue(_from) ?? (validated ?? learnt)?.AddDays(1)
            ?? throw new BadUsageException("--from: not given; expected the first day to score. Give it.");
        if (validated >= from)
            throw new BadUsageException(string.Create(CultureInfo.InvariantCulture,
                $"--from: {from:yyyy-MM-dd}; expected a day behind the validation, which ends {validated:yyyy-MM-dd}. "
                + $"Change --from or --validate-to."));
        if (learnt >= from)
            console.Warning(string.Create(CultureInfo.InvariantCulture,
                $"a model learnt from days up to {learnt:yyyy-MM-dd}: scores on those flatter it. "
                + $"Score from {learnt.Value.AddDays(1):yyyy-MM-dd} on."));
        DateOnly? to = arguments.GetValue(_to);
        if (to < from)
            throw new BadUsageException(string.Create(CultureInfo.InvariantCulture,
                $"--to: {to:yyyy-MM-dd}; expected {from:yyyy-MM-dd}, the first day that is scored, or later. Change --from or --to."));
        return (from, to);
    }

    PreparedHeatmaps Build(ParseResult arguments, ComparedModels models, DateOnly from, DateOnly? to, VerbConsole console,
        CancellationToken cancellationToken)
    {
        if (models.Predictors is not [HotspotPredictor first, ..])
            return _heatmaps.BuildBefore(arguments, arguments.GetValue(_historyFrom), from, to ?? DateOnly.MaxValue,
                console, cancellationToken);
        IncidentSelection selection = _heatmaps.Incidents.Read(arguments, console, cancellationToken, models.TimeZone);
        HeatmapSeries series = first.CreateHeatmaps(selection.NotEmpty().Incidents, out PlacementReport placement, cancellationToken);
        foreach (HotspotPredictor predictor in models.Predictors)
            ModelOptions.CheckHistory(predictor, series.Periods.Start, console);
        return new PreparedHeatmaps(series, placement) { Incidents = selection.Incidents };
    }

    void RefuseMapOptions(CommandResult result)
    {
        if (result.GetResult(_models) is null)
            return;
        foreach (Option option in _heatmaps.OfMaps.Append(_historyFrom))
        {
            if (result.GetResult(option) is { Implicit: false })
                result.AddError(
                    $"{option.Name}: given beside --models; expected the first model to say how its maps are made. Leave it out.");
        }
    }

    static void Write(VerbConsole console, string? file, Func<string> text)
    {
        if (file is null)
            return;
        File.WriteAllText(file, text());
        console.Note($"Wrote {file}.");
    }
}
