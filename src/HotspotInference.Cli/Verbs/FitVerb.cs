using System.CommandLine;
using System.Globalization;
using HotspotInference.Cli.Options;
using HotspotInference.Cli.Terminal;
using HotspotInference.Features;
using HotspotInference.Heatmaps;
using HotspotInference.Onnx.History;
using HotspotInference.Prediction;

namespace HotspotInference.Cli.Verbs;

/// <summary><c>hotspot fit</c>: the history model, from incidents to an .onnx file.</summary>
sealed class FitVerb : Verb
{
    const int MostWeights = 12;

    readonly HeatmapOptions _heatmaps = new();
    readonly Option<string> _out = new("--out") { Description = "The model to write.", HelpName = "file.onnx", Required = true };
    readonly Option<string?> _name = new("--name")
    {
        Description = "The model's name in tables; the file's name otherwise.",
        HelpName = "name",
    };
    readonly Option<DateOnly?> _trainFrom = DayOption.Of("--train-from",
        "The first day it learns to forecast; earlier ones are history only. "
            + "[default: after a quarter of the days up to --train-to, at most two years]");
    readonly Option<DateOnly?> _trainTo = DayOption.Of("--train-to",
        "The last day it learns to forecast; nothing later enters the fit. "
            + "[default: leaves a fifth of the days, at most a year, for validation]");
    readonly Option<DateOnly?> _validateTo = DayOption.Of("--validate-to",
        "The last day of the validation span, which follows --train-to and gives the thresholds. [default: the last day]");
    readonly Option<HistoryLikelihood?> _likelihood = ChoiceOption.Of<HistoryLikelihood>("--likelihood",
        "What is fitted: how many incidents there are, or whether there is any, with more features. [default: counts]");
    readonly ThresholdRuleOption _thresholdRule = new();
    readonly JsonOption _json = new();

    public FitVerb()
        : base("fit", "Fits the history model (a mixture of past rates times a day factor) by maximum likelihood and writes it as ONNX. "
            + "Takes seconds.")
    {
        _heatmaps.AddTo(this);
        foreach (Option option in (ReadOnlySpan<Option>)[_out, _name, _trainFrom, _trainTo, _validateTo, _likelihood,
            _thresholdRule, _json])
            Add(option);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "hotspot fit --incidents city.csv.gz --out city.onnx",
        "hotspot fit --incidents gunfire.csv.gz --area 38.8185,-77.0475,38.9625,-76.9035 --grid 36x36 --time-zone America/New_York "
            + "--exclude-days 07-01..07-06,12-29..01-02 --from 2009-01-01 --train-to 2014-12-31 --validate-to 2015-12-31 "
            + "--out dc-gunfire-daily.onnx",
    ];

    public override void Run(ParseResult arguments, VerbConsole console, CancellationToken cancellationToken)
    {
        string file = OutputPlace.File("--out", arguments.GetRequiredValue(_out));
        PreparedHeatmaps prepared = _heatmaps.Build(arguments, console, cancellationToken);
        HeatmapSeries series = prepared.Series;
        (DaySpan training, DaySpan? validation) = Spans(arguments, series);
        if (validation is null)
            console.Warning("no days are left for validation: hotspots will use each forecast's own percentiles.");
        var options = new HistoryModelOptions
        {
            Name = arguments.GetValue(_name) ?? Path.GetFileNameWithoutExtension(file),
            TimeZone = _heatmaps.Incidents.TimeZone(arguments),
            Training = training,
            Validation = validation,
            Likelihood = arguments.GetValue(_likelihood) ?? HistoryLikelihood.Counts,
            ThresholdRule = arguments.GetValue(_thresholdRule),
            CreatedBy = "hotspot fit",
        };
        HistoryModel model = console.Progress("Fitting", progress => HistoryModel.Fit(series, options, progress, cancellationToken));
        model.Graph.Save(file);

        FitReport report = Report(file, model, prepared);
        console.Report(arguments.GetValue(_json), report, CliJson.Default.FitReport, () => Show(report, model, console));
    }

    /// <summary>Leaves a fifth of the days, at most a year, for validation.</summary>
    internal static DateOnly TrainToBefore(DateOnly first, DateOnly validateTo) =>
        validateTo.AddDays(-Math.Min(365, (validateTo.DayNumber - first.DayNumber + 1) / 5));

    (DaySpan Training, DaySpan? Validation) Spans(ParseResult arguments, HeatmapSeries series)
    {
        var first = DateOnly.FromDateTime(series.Periods.Start);
        var last = DateOnly.FromDateTime(series.Periods.EndTime.AddTicks(-1));
        DateOnly? asked = arguments.GetValue(_validateTo);
        DateOnly validateTo = asked ?? last;
        DateOnly trainTo = arguments.GetValue(_trainTo) ?? TrainToBefore(first, validateTo);
        DateOnly trainFrom = arguments.GetValue(_trainFrom) ?? first.AddDays(HistoryModel.WarmUp(new DaySpan(first, trainTo)));
        if (trainFrom > trainTo)
            throw new BadUsageException(string.Create(CultureInfo.InvariantCulture,
                $"training: {trainFrom:yyyy-MM-dd} to {trainTo:yyyy-MM-dd}; expected a last day on or after the first. "
                + $"Change --train-from or --train-to; the heat maps cover {first:yyyy-MM-dd}..{last:yyyy-MM-dd}."));
        if (asked <= trainTo)
            throw new BadUsageException(string.Create(CultureInfo.InvariantCulture,
                $"--validate-to: {asked:yyyy-MM-dd}; expected a day after the training, which ends {trainTo:yyyy-MM-dd}. "
                + $"Change --validate-to or --train-to."));
        return (new DaySpan(trainFrom, trainTo), trainTo < validateTo ? new DaySpan(trainTo.AddDays(1), validateTo) : null);
    }

    static FitReport Report(string file, HistoryModel model, PreparedHeatmaps prepared)
    {
        HistoryModelFit fit = model.Summary;
        ModelMetadata metadata = model.Metadata;
        return new FitReport(file, metadata.Name, metadata.Heatmaps.Grid, metadata.HistoryFrom!.Value, metadata.Training!.Value,
            metadata.Validation, fit.Periods, prepared.Placement, metadata.Selection?.Rule.ToString(),
            ModelFacts.Selected(metadata.Selection),
            [.. metadata.Classes.Select((name, c) =>
                new FitReport.ClassFit(name, fit.Events[c], fit.LogLikelihoods[c], model.Calibration?[c], Weights(model, c)))]);
    }

    static List<FitReport.Weight> Weights(HistoryModel model, int classIndex)
    {
        HistoryFeature[] features = [.. model.Metadata.Features.History!.Features];
        IReadOnlyList<double> weights = model.Summary.Parameters.Weights[classIndex];
        var named = new List<FitReport.Weight>();
        for (int i = 0; i < weights.Count; i++)
        {
            if (weights[i] > 0)
                named.Add(new FitReport.Weight(features[i].Channel, features[i].HalfLife, features[i].Smoothing,
                    features[i].BinaryThreshold,
                    features[i].Phase, weights[i]));
        }
        return [.. named.OrderByDescending(weight => weight.Share)];
    }

    static string Of(FitReport.Weight weight) => weight.Channel + (weight.BinaryThreshold is null ? "" : ", binary")
        + weight.Phase switch { HistoryPhase.WeekPart => ", part of the week", HistoryPhase.TimeOfDay => ", time of day", _ => "" };

    static void Show(FitReport report, HistoryModel model, VerbConsole console)
    {
        console.Facts(
            ("model", report.File),
            ("grid", report.Grid.ToString()),
            ("history from", report.HistoryFrom.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            ("training", string.Create(CultureInfo.InvariantCulture, $"{report.Training} ({report.Periods} periods)")),
            ("validation", report.Validation?.ToString() ?? "none"),
            ("incidents", report.Incidents.ToString()));
        foreach (FitReport.ClassFit fit in report.Classes)
        {
            string calibration = fit.Calibration is { } ratio
                ? string.Create(CultureInfo.InvariantCulture, $"; in validation risk was {ratio:F2} x what happened")
                : "";
            console.Table(string.Create(CultureInfo.InvariantCulture, $"Class {fit.Class}: {fit.Events:F0} incidents learnt{calibration}"),
            [
                ["share", "half-life", "smoothing", "of"],
                .. fit.Weights.Take(MostWeights).Select(weight => new[]
                {
                    string.Create(CultureInfo.InvariantCulture, $"{100 * weight.Share:F1}%"),
                    string.Create(CultureInfo.InvariantCulture, $"{weight.HalfLifePeriods} x {model.Metadata.Heatmaps.Cadence}"),
                    string.Create(CultureInfo.InvariantCulture, $"{weight.SmoothingCells} cells"),
                    Of(weight),
                }),
            ], 0, 1, 2);
            if (fit.Calibration is < 0.9 or > 1.1)
                console.Warning($"class {fit.Class}: mean risk is off by more than a tenth in validation, as where a city's level changes. "
                    + "Its order of cells may still be good; see evaluate.");
        }
        if (report.ThresholdRule is { } rule)
            ThresholdTable.Show(rule, report.Thresholds, console);
    }
}
