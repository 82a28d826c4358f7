using System.CommandLine;
using HotspotInference.Cli;
using HotspotInference.Cli.Options;
using HotspotInference.Cli.Terminal;
using HotspotInference.Features;
using HotspotInference.Heatmaps;
using HotspotInference.Onnx;
using HotspotInference.Prediction;
using HotspotInference.Training.Architectures;
using HotspotInference.Training.Data;
using HotspotInference.Training.Export;
using HotspotInference.Training.Updates;
using TorchSharp;

namespace HotspotInference.Training.Verbs;

/// <summary><c>hotspot train</c>: from incidents to a trained network as ONNX.</summary>
sealed partial class TrainVerb : Verb
{
    // How far the validation's level is taken for that of the days to come, where the level follows the city by itself.
    const double LevelTrust = 0.5;

    readonly HeatmapOptions _heatmaps = new();
    readonly TrainSpans _spans = new();
    readonly TrainOptions _options = new();
    readonly Option<string> _out = new("--out") { Description = "The model to write.", HelpName = "file.onnx" };
    readonly Option<string?> _name = new("--name") { Description = "The model's name in tables; the file's name otherwise.",
        HelpName = "name" };
    readonly Option<TrainPreset?> _preset = TrainPreset.Option();
    readonly Option<string?> _checkpoint = new("--checkpoint")
    {
        Description = "Where the training's state is kept after each epoch. [default: the model's name with .checkpoint]",
            HelpName = "file",
    };
    readonly Option<bool> _resume =
        new("--resume") { Description = "Go on from the checkpoint, with the same options, to the same weights." };
    readonly Option<string?> _start = new("--start")
    {
        Description = "Begin with the weights in the checkpoint of an earlier training of this architecture, such as another city's; those "
            + "whose name or shape differs, and hotspotnet's mixture and day factor, begin as they do without.",
        HelpName = "file.checkpoint",
    };
    readonly UpdateOptions _update = new();
    readonly ExternalOptions _external = new();
    readonly Option<int> _externalLag = NumberOption.Whole("--external-lag",
        "How many periods before the one that is forecast the values of --external-periods are taken from. 0 is its own, right for "
            + "holidays and for forecasts made before it; what is measured in it, such as the day's weather, "
            + "is a leak with less than --horizon.", 0, minimum: 0);
    readonly Option<Precision?> _precision = ChoiceOption.Of<Precision>("--precision",
        "What the model computes with: float32, or fast, whole numbers of eight bits where they forecast as well. [default: full]");
    readonly ThresholdRuleOption _thresholdRule = new();
    readonly Option<int?> _fixedBatch = FixedBatchOption.Create();
    readonly JsonOption _json = new();

    public TrainVerb()
        : base("train",
            "Trains a network and writes it as ONNX, with a table (.training.csv) and a plot (.training.svg) of the losses beside it. "
            + "Ctrl-C saves a checkpoint; --resume goes on.")
    {
        Add(_out);
        Add(_name);
        Add(_preset);
        Option[] before = [.. Options];
        _spans.AddTo(this);
        Option[] spans = [.. Options.Except(before)];
        _options.AddTo(this);
        Option[] trained = [.. Options.Except(before).Except(spans), _thresholdRule, _fixedBatch];
        Add(_checkpoint);
        Add(_resume);
        Add(_start);
        _external.AddTo(this);
        Add(_externalLag);
        Add(_precision);
        Add(_thresholdRule);
        Add(_fixedBatch);
        Add(_json);
        _heatmaps.AddTo(this);
        _update.AddTo(this, _out, [_name, _preset, _checkpoint, _start, _externalLag, .. spans, .. _heatmaps.OfMaps], trained);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "hotspot train --incidents city.csv.gz --architecture convlstm --epochs 5 --out city.onnx",
        "hotspot train --incidents city.csv.gz --preset omdena --max-minutes 30 --out omdena.onnx",
        "hotspot train --incidents city.csv.gz --preset omdena --out omdena.onnx --resume",
        "hotspot train --update city.onnx --incidents city.csv.gz --incidents new.csv.gz",
        "hotspot train --incidents toronto.csv.gz --architecture hotspotnet --start washington.checkpoint --out toronto.onnx",
    ];

    public override void Run(ParseResult arguments, VerbConsole console, CancellationToken cancellationToken)
    {
        if (arguments.GetValue(_preset) is { } preset)
        {
            arguments = preset.AddTo(arguments);
            console.Note($"--preset {preset.Name}: {preset.Text}");
            if (preset.Caveat is not null)
                console.Warning(preset.Caveat);
        }
        ModelUpdate? update = _update.Open(arguments);
        arguments = update?.AddTo(arguments) ?? arguments;
        Architecture architecture = _options.Architecture(arguments);
        arguments = new TrainPreset(architecture.Name, architecture.Defaults, null).AddTo(arguments);
        string file = OutputPlace.File("--out", arguments.GetRequiredValue(_out));
        TrainerOptions trainerOptions = _options.Trainer(arguments) with { IsFitted = architecture.NeedsHistory || update is not null };
        CalibrationKind calibration = _options.Calibration(arguments);
        ArchitectureSettings settings = BadUsageException.Check(() => _options.Settings(arguments));
        CheckExternal(arguments, architecture);
        CheckPrecision(arguments, architecture, settings, update is not null);

        if (architecture.TakesEvents)
        {
            RunOnEvents(arguments, architecture, settings, console, cancellationToken);
            return;
        }

        HeatmapSeries series = update is null ? _heatmaps.Build(arguments, console, cancellationToken).Series
            : update.Prepare(_heatmaps.Incidents.Read(arguments, console, cancellationToken, update.Metadata.TimeZone).NotEmpty().Incidents,
                console.Warning);
        MapWindowSpec window = Window(arguments, series.Spec, settings);
        var windows = new HeatmapWindows(series.Fill(cancellationToken), window, _options.Horizon(arguments));
        (IReadOnlyList<long> learnt, IReadOnlyList<long> held) = update is not null
            ? (update.Spans.Learnt, update.Spans.Validation) : _spans.Choose(arguments, series, windows, architecture.NeedsHistory);
        IReadOnlyList<string> classes = series.Spec.Kinds.Classes;
        var shape = new NetworkShape(window.Lags.Count, window.Channels.Count, classes.Count, series.Spec.Grid.Rows,
            series.Spec.Grid.Columns);
        ExternalFeatures? external = External(arguments, series.Spec, update?.Metadata, console);
        IReadOnlyList<ExternalFeature> seen = update?.Metadata.External ??
            external?.Standardized(learnt, arguments.GetValue(_externalLag)) ?? [];
        shape = shape with { External = seen.Count };
        if (held.Count == 0 && calibration != CalibrationKind.Level)
            throw new BadUsageException("--calibration beyond the level needs days held for validation: --validation-share above 0.");
        if (held.Count == 0 && arguments.GetValue(_precision) == Precision.Fast)
            throw new BadUsageException(
                "--precision: fast needs days held for validation, on which the two models are compared; "
                + "expected --validation-share above 0.");
        if (held.Count == 0)
            console.Warning(
                "no days are held for validation: the training loss decides, and hotspots will use each forecast's own percentiles.");
        HistoryStart? start = architecture.NeedsHistory
            ? console.Progress("Fitting", progress => HistoryStart.Fit(series, TrainSpans.PeriodsOf(series.Spec.Cadence, learnt),
                held.Count > 0 ? held[^1] + 1 : null, progress, cancellationToken))
            : null;
        double learntDays = TrainSpans.PeriodsOf(series.Spec.Cadence, learnt).Count * series.Spec.Cadence.Days;
        var features = new FeatureSpec
        {
            Maps = window,
            History = start?.Features.History,
            Calendar = start?.Features.Calendar ?? update?.Metadata.Features.Calendar
                ?? architecture.Calendar(settings, series.Spec.Cadence, learntDays),
        };
        shape = shape with { CalendarFeatures = features.Calendar?.Features.Count ?? 0 };
        ModelMetadata metadata = Metadata(arguments, series, features, architecture, learnt, held) with
        {
            External = seen,
            FixedBatch = arguments.GetValue(_fixedBatch),
            TimeZone = update is null ? _heatmaps.Incidents.TimeZone(arguments) : update.Metadata.TimeZone,
        };
        ExternalSamples? others = external is null ? null : new ExternalSamples(external, seen);
        StartWeights? begin = (update?.Checkpoint ?? arguments.GetValue(_start)) is { } from ? StartWeights.Load(from, architecture) : null;
        SortedDictionary<string, string> identity = Identity(arguments, metadata, begin);
        if (others is not null)
            identity.Add("external features",
                $"{string.Join(", ", seen.Select(feature => feature.Name))}, {others.Fingerprint(learnt.Concat(held))}");

        torch.set_num_threads(_options.Threads(arguments));
        torch.manual_seed(trainerOptions.Seed);
        using Network network = Create(architecture, shape, settings, start, trainerOptions.Batch);
        learnt = update?.Replay(_update.Replay(arguments), trainerOptions.Seed) ?? learnt;
        HistorySamples? history = null;
        if (features.Calendar is not null)
        {
            learnt = Thinned(learnt, network.HistoryFeatures.Count * (long)series.Spec.Grid.CellCount, console);
            history = new HistorySamples(series, features, learnt.Concat(held), _options.Horizon(arguments),
                network.HistoryFeatures, cancellationToken);
        }
        var training = new WindowSet(windows, learnt, shape, history, others);
        WindowSet? validation = held.Count > 0 ? new WindowSet(windows, held, shape, history, others) : null;
        (double[] baseRates, double[] meanCounts) = training.Rates();
        Objective objective = _options.Objective(arguments, classes, baseRates, meanCounts);
        // What is learnt is learnt at the level of the days learnt; the level that is expected to last comes afterwards.
        network.ShiftLogits(start is null ? objective.ConstantLogits : [.. start.LevelShifts.Select(shift => -shift)]);
        StartReport? taken = begin?.ApplyTo(network, isSameCity: update is not null);
        if (taken is not null)
            console.Note($"{taken}.");
        using var trainer = new Trainer(network, objective, training, validation, trainerOptions);
        StopReason stopped = TrainOrResume(arguments, trainer, trainerOptions, file, identity, console, cancellationToken);

        network.eval();
        if (start is not null)
            network.ShiftLogits([.. start.LevelShifts]);
        double[]? shifts = validation is null ? null
            : RiskCalibration.Apply(network, objective, validation, trainerOptions.Batch, start is null ? 1 : LevelTrust, calibration);
        RiskCalibration.FitCounts(network, objective, validation ?? training, trainerOptions.Batch);
        // The windows of validation are made as in use: missing maps from what is known at the time.
        (OnnxGraphBuilder graph, ModelValidation? validated) = TrainedModel.Build(network, objective, metadata, series,
            held.Count > 0 ? TrainSpans.PeriodsOf(series.Spec.Cadence, held) : null, arguments.GetValue(_thresholdRule), external,
                cancellationToken);
        DrawSpread? spread = DrawSpread.Of(network, objective, validation ?? training, trainerOptions.Batch);
        IReadOnlyList<long> compared = held.Count > 0 ? held : learnt;
        double difference = ParityCheck.Run(network, objective, graph.ToArray(),
            Whole(windows, compared, shape, series, features, arguments, others));
        graph.Save(file);
        if (arguments.GetValue(_precision) == Precision.Fast)
            FastModel.Write(file, graph.ToArray(), series, arguments.GetValue(_thresholdRule), console, cancellationToken);

        UpdateReport? updated = update?.Publish(external, _update.Keep(arguments), cancellationToken);
        var report = new TrainReport(updated is { Published: true } ? update!.File : file, architecture.Name, settings.Values,
            network.parameters().Sum(parameter => parameter.numel()),
            metadata.Training!.Value,
            metadata.Validation, training.Count, held.Count, baseRates, stopped, trainer.Epochs.Count, trainer.Best,
                !series.Spec.IsCausal, difference,
            shifts, validated?.Calibration, taken,
            RiskCalibration.ScoreKinds(network, objective, validation ?? training, trainerOptions.Batch), spread, updated);
        console.Report(arguments.GetValue(_json), report, TrainJson.Default.TrainReport, () => TrainTables.Show(report, classes, console));
        if (updated is { Published: false })
            throw new ProcessFailedException(ExitCode.NotPublished);
    }
}
