using System.CommandLine;
using System.Globalization;
using HotspotInference.Cli.Options;
using HotspotInference.Cli.Terminal;
using HotspotInference.Heatmaps;
using HotspotInference.Onnx;
using HotspotInference.Prediction;

namespace HotspotInference.Cli.Verbs;

/// <summary><c>hotspot transfer</c>: a model of one city, written for another.</summary>
sealed class TransferVerb : Verb
{
    readonly HeatmapOptions _heatmaps = new();
    readonly Option<string> _model = new("--model") { Description = "The model of another city.", HelpName = "file.onnx", Required = true };
    readonly Option<string> _out = new("--out") { Description = "The model to write.", HelpName = "file.onnx", Required = true };
    readonly Option<string?> _name =
        new("--name") { Description = "The new model's name in tables; the file's name otherwise.", HelpName = "name" };
    readonly Option<DateOnly?> _trainTo = DayOption.Of("--train-to",
        "The last day before the validation span. [default: leaves a fifth of the days, at most a year, for validation]");
    readonly Option<DateOnly?> _validateTo = DayOption.Of("--validate-to",
        "The last day of the validation span, which gives level and thresholds. [default: the last day]");
    readonly Option<TransferLevel?> _level = ChoiceOption.Of<TransferLevel>("--level",
        "Whether risk is brought to what happens in the validation span, or kept as the network has it. [default: validation]");
    readonly ThresholdRuleOption _thresholdRule = new();
    readonly JsonOption _json = new();

    public TransferVerb()
        : base("transfer",
            "Writes a model of one city for another: the same network, with the other city's grid, history, level and thresholds. "
            + "Nothing is learnt anew.")
    {
        foreach (Option option in (ReadOnlySpan<Option>)[_model, _out, _name, _trainTo, _validateTo, _level, _thresholdRule, _json])
            Add(option);
        _heatmaps.AddTo(this);
    }

    public override IReadOnlyList<string> Examples =>
        ["hotspot transfer --model washington.onnx --incidents toronto.csv.gz --grid 32x32 --train-to 2018-12-31 "
            + "--validate-to 2019-12-31 --out toronto.onnx"];

    public override void Run(ParseResult arguments, VerbConsole console, CancellationToken cancellationToken)
    {
        string file = OutputPlace.File("--out", arguments.GetRequiredValue(_out)), model = arguments.GetRequiredValue(_model);
        PreparedHeatmaps prepared = _heatmaps.Build(arguments, console, cancellationToken);
        var options = new ModelTransferOptions
        {
            Name = arguments.GetValue(_name) ?? Path.GetFileNameWithoutExtension(file),
            TimeZone = _heatmaps.Incidents.TimeZone(arguments),
            Validation = Validation(arguments, prepared.Series),
            Level = arguments.GetValue(_level) ?? TransferLevel.Validation,
            ThresholdRule = arguments.GetValue(_thresholdRule),
            CreatedBy = "hotspot transfer",
        };
        ModelTransfer transfer = ModelTransfer.Run(model, prepared.Series, options, cancellationToken);
        transfer.Save(file);
        if (options.Level == TransferLevel.Validation && transfer.Levels is null)
            console.Warning($"{model} has no intensity that its risk follows from: the level is left as the network has it.");
        TransferReport report = Report(file, transfer, prepared.Placement);
        console.Report(arguments.GetValue(_json), report, CliJson.Default.TransferReport, () => Show(report, console));
    }

    DaySpan Validation(ParseResult arguments, HeatmapSeries series)
    {
        var first = DateOnly.FromDateTime(series.Periods.Start);
        DateOnly last = arguments.GetValue(_validateTo) ?? DateOnly.FromDateTime(series.Periods.EndTime.AddTicks(-1));
        DateOnly before = arguments.GetValue(_trainTo) ?? FitVerb.TrainToBefore(first, last);
        return before < last
            ? new DaySpan(before.AddDays(1), last)
            : throw new BadUsageException(string.Create(CultureInfo.InvariantCulture,
                $"--train-to: {before:yyyy-MM-dd}; expected a day before the end of the validation, {last:yyyy-MM-dd}. "
                + $"Change --train-to or --validate-to."));
    }

    static TransferReport Report(string file, ModelTransfer transfer, PlacementReport placement)
    {
        ModelMetadata metadata = transfer.Metadata;
        return new TransferReport(file, metadata.Name, metadata.Architecture, metadata.Origin!, metadata.Heatmaps.Grid,
            metadata.HistoryFrom!.Value, metadata.Validation!.Value, placement, metadata.Selection?.Rule.ToString(),
            ModelFacts.Selected(metadata.Selection),
            [.. metadata.Classes.Select((name, c) => new TransferReport.ClassLevel(
                name, transfer.CalibrationBefore[c], transfer.Levels?[c], transfer.Validation.Calibration[c]))]);
    }

    static void Show(TransferReport report, VerbConsole console)
    {
        console.Facts(
            ("model", report.File),
            ("network", $"{report.Architecture}, from the model {report.Origin.Name}"),
            ("learnt there", report.Origin.Training?.ToString() ?? "unknown"),
            ("grid", report.Grid.ToString()),
            ("history from", report.HistoryFrom.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            ("validation", report.Validation.ToString()),
            ("incidents", report.Incidents.ToString()));
        foreach (TransferReport.ClassLevel level in report.Classes)
        {
            console.Line(string.Create(CultureInfo.InvariantCulture,
                $"Class {level.Class}: in validation risk was {Ratio(level.CalibrationBefore)}"
                + $"{(level.Level is { } factor ? $"; expected incidents times {factor:G3} make it {Ratio(level.Calibration)}" : "")}"));
        }
        if (report.ThresholdRule is { } rule)
            ThresholdTable.Show(rule, report.Thresholds, console);
    }

    static string Ratio(double? calibration) => calibration is { } ratio
        ? string.Create(CultureInfo.InvariantCulture, $"{ratio:F2} x what happened")
        : "of a class without incidents";
}
