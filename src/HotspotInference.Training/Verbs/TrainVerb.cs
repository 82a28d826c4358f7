using System.CommandLine;
using System.Globalization;
using HotspotInference.Cli;
using HotspotInference.Cli.Options;
using HotspotInference.Cli.Terminal;
using HotspotInference.Features;
using HotspotInference.Heatmaps;
using HotspotInference.Onnx;
using HotspotInference.Prediction;
using HotspotInference.Training.Architectures;
using HotspotInference.Training.Architectures.ConvLstm;
using HotspotInference.Training.Data;
using HotspotInference.Training.Export;
using HotspotInference.Training.Updates;
using TorchSharp;

namespace HotspotInference.Training.Verbs;

/// <summary><c>hotspot train</c>: from incidents to a trained network as ONNX.</summary>
sealed partial class TrainVerb : Verb
{
    // What the history of all windows may take.
    const long MostHistoryBytes = 2L << 30;
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
        Description = "Begin with the weights in the checkpoint of an earlier training of this architecture, such as another city's; those whose name or "
            + "shape differs, and hotspotnet's mixture and day factor, begin as they do without.",
        HelpName = "file.checkpoint",
    };
    readonly UpdateOptions _update = new();
    readonly ExternalOptions _external = new();
    readonly Option<int> _externalLag = NumberOption.Whole("--external-lag",
        "How many periods before the one that is forecast the values of --external-periods are taken from. 0 is its own, right for "
            + "holidays and for forecasts made before it; what is measured in it, such as the day's weather, is a leak with less than --horizon.", 0, minimum: 0);
    readonly Option<Precision?> _precision = ChoiceOption.Of<Precision>("--precision",
        "What the model computes with: float32, or fast, whole numbers of eight bits where they forecast as well. [default: full]");
    readonly ThresholdRuleOption _thresholdRule = new();
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
        Option[] trained = [.. Options.Except(before).Except(spans), _thresholdRule];
        Add(_checkpoint);
        Add(_resume);
        Add(_start);
        _external.AddTo(this);
        Add(_externalLag);
        Add(_precision);
        Add(_thresholdRule);
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
        string file = arguments.GetRequiredValue(_out);
        TrainerOptions trainerOptions = _options.Trainer(arguments) with { IsFitted = architecture.NeedsHistory || update is not null };
        CalibrationKind calibration = _options.Calibration(arguments);
        ArchitectureSettings settings = BadUsageException.Check(() => _options.Settings(arguments));
        CheckExternal(arguments, architecture);
        CheckPrecision(arguments, architecture, update is not null);

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
            throw new BadUsageException("--precision: fast needs days held for validation, on which the two models are compared; expected --validation-share above 0.");
        if (held.Count == 0)
            console.Warning("no days are held for validation: the training loss decides, and hotspots will use each forecast's own percentiles.");
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
        console.Report(arguments.GetValue(_json), report, TrainJson.Default.TrainReport, () => Show(report, classes, console));
        if (updated is { Published: false })
            throw new ProcessFailedException(ExitCode.NotPublished);
    }

    // Every n-th window, where the rates of all would not fit.
    static IReadOnlyList<long> Thinned(IReadOnlyList<long> targets, long valuesEach, VerbConsole console)
    {
        int step = (int)Math.Min(targets.Count, targets.Count * valuesEach * sizeof(float) / MostHistoryBytes + 1);
        if (step == 1)
            return targets;
        console.Warning(string.Create(CultureInfo.InvariantCulture,
            $"the correction learns from one window in {step}, so that their history fits into {MostHistoryBytes >> 20} MiB."));
        return [.. targets.Where((_, i) => i % step == 0)];
    }

    // A few windows with every feature of the history, as the model is given it.
    WindowSet Whole(HeatmapWindows windows, IReadOnlyList<long> targets, NetworkShape shape, HeatmapSeries series, FeatureSpec features,
        ParseResult arguments, ExternalSamples? others)
    {
        if (features.Calendar is null)
            return new WindowSet(windows, targets, shape, external: others);
        IReadOnlyList<long> some = [.. targets.Take(ParityCheck.LargestBatch)];
        return new WindowSet(windows, some, shape, new HistorySamples(series, features, some, _options.Horizon(arguments)), others);
    }

    void CheckExternal(ParseResult arguments, Architecture architecture)
    {
        if (_external.IsGiven(arguments) && !architecture.TakesExternal)
            throw new BadUsageException($"--external-periods, --external-cells: given, but the architecture "
                + $"{architecture.Name} sees incidents alone; expected one of {string.Join(", ", ArchitectureRegistry.All.Where(known => known.TakesExternal))}. "
                + "Choose one of these, or leave them out.");
    }

    void CheckPrecision(ParseResult arguments, Architecture architecture, bool isUpdate)
    {
        if (arguments.GetValue(_precision) != Precision.Fast)
            return;
        if (architecture is not ConvLstmArchitecture)
            throw new BadUsageException($"--precision: fast with --architecture {architecture.Name}; expected convlstm. Leave it out, or choose that.");
        if (isUpdate || _external.IsGiven(arguments))
            throw new BadUsageException("--precision: fast with --update or external features; expected a training from maps alone. Leave one out.");
    }

    ExternalFeatures? External(ParseResult arguments, HeatmapSpec spec, ModelMetadata? old, VerbConsole console)
    {
        ExternalFeatures? external = _external.Load(arguments, spec, console);
        if (old is not null)
            return external is null == (old.External.Count == 0) ? external
                : throw new BadUsageException($"--external-periods, --external-cells: {(external is null ? "not given" : "given")}; "
                    + $"expected tables with the model's features, {(old.External.Count > 0 ? string.Join(", ", old.External) : "which are none")}. Change that.");
        if (external is null && arguments.GetResult(_externalLag) is { Implicit: false })
            throw new BadUsageException("--external-lag: given without --external-periods; expected features of periods. Leave it out.");
        if (external is not null && _external.HasPeriods(arguments) && arguments.GetValue(_externalLag) < _options.Horizon(arguments))
            console.Note("The features of periods are those of "
                + (arguments.GetValue(_externalLag) == 0
                    ? "the period that is forecast" : "periods that are not known yet when the forecast is made")
                + ": right where they are known before, as holidays are. For what is measured give --external-lag "
                + $"{_options.Horizon(arguments)}.");
        return external;
    }

    MapWindowSpec Window(ParseResult arguments, HeatmapSpec spec, ArchitectureSettings settings) => new()
    {
        Lags = _options.Architecture(arguments).Lags(settings, _options.Window(arguments), _options.Horizon(arguments)),
        Channels = spec.Kinds.Classes,
        BinaryThreshold = _options.Maps(arguments) == MapValues.Binary ? 1 : null,
    };

    ModelMetadata Metadata(ParseResult arguments, HeatmapSeries series, FeatureSpec features, Architecture architecture,
        IReadOnlyList<long> learnt,
        IReadOnlyList<long> held)
    {
        HeatmapSpec spec = series.Spec;
        long end = Math.Max(learnt[^1], held.Count > 0 ? held[^1] : 0) + 1;
        return new ModelMetadata
        {
            Architecture = architecture.Name,
            Name = arguments.GetValue(_name) ?? Path.GetFileNameWithoutExtension(arguments.GetRequiredValue(_out)),
            Heatmaps = spec,
            TimeZone = _heatmaps.Incidents.TimeZone(arguments),
            Features = features,
            Horizon = _options.Horizon(arguments),
            Classes = spec.Kinds.Classes,
            HistoryFrom = DateOnly.FromDateTime(series.Periods.Start),
            Training = TrainSpans.DaysOf(spec.Cadence, learnt),
            Validation = held.Count > 0 ? TrainSpans.DaysOf(spec.Cadence, held) : null,
            // Without what comes later, so that more data do not make it another training.
            DataFingerprint = ModelValidation.Fingerprint(series.Slice(series.Periods with { Count = (int)(end - series.Periods.First) })),
            Seed = _options.Trainer(arguments).Seed,
            CreatedBy = "hotspot train",
        };
    }

    SortedDictionary<string, string> Identity(ParseResult arguments, ModelMetadata metadata, StartWeights? begin)
    {
        var identity = new SortedDictionary<string, string>(new Dictionary<string, string>(_options.Identity(arguments)),
            StringComparer.Ordinal)
        {
            ["incidents"] = metadata.DataFingerprint!,
            ["training span"] = metadata.Training.ToString()!,
            ["validation span"] = metadata.Validation?.ToString() ?? "none",
        };
        if (begin is not null)
            identity.Add("--start", begin.Hash);
        return identity;
    }

    StopReason TrainOrResume(ParseResult arguments, Trainer trainer, TrainerOptions options, string file,
        IReadOnlyDictionary<string, string> identity, VerbConsole console, CancellationToken cancellationToken)
    {
        string checkpoint = arguments.GetValue(_checkpoint) ?? Path.ChangeExtension(file, ".checkpoint");
        if (arguments.GetValue(_resume))
        {
            trainer.Resume(Checkpoint.Load(checkpoint, identity));
            console.Note($"Going on after epoch {trainer.Epochs.Count}.");
        }
        StopReason stopped = Train(trainer, file, checkpoint, identity, _update.Trained(arguments), console, cancellationToken);
        return stopped != StopReason.Cancelled ? stopped
            : throw new HotspotException("training", $"stopped on request after {trainer.Epochs.Count} of {options.Epochs} epochs",
                "all of them",
                $"Its state is saved: the same command with --resume goes on from {checkpoint}.");
    }

    static Network Create(Architecture architecture, NetworkShape shape, ArchitectureSettings settings, HistoryStart? start,
        int batch)
    {
        try
        {
            return architecture.Create(shape, settings, start);
        }
        catch (Exception failure) when (Trainer.IsOutOfMemory(failure))
        {
            throw Trainer.OutOfMemory(failure, batch);
        }
    }

    static StopReason Train(Trainer trainer, string file, string checkpoint, IReadOnlyDictionary<string, string> identity,
        IReadOnlyDictionary<string, string> options, VerbConsole console,
        CancellationToken cancellationToken)
    {
        StopReason stopped = default;
        console.ProgressWithDetail("Training", report => stopped = trainer.Run(Save, progress =>
        {
            report(progress.Share, string.Create(CultureInfo.InvariantCulture,
                $"epoch {progress.Epoch}, loss {progress.Loss:F5}, {progress.SamplesPerSecond:F0} samples/s, {Left(progress.Left)} left"));
            if (progress.Completed is { } done)
                console.Note(string.Create(CultureInfo.InvariantCulture, $"epoch {done.Epoch}: loss {done.TrainingLoss:F5}"
                    + $"{(done.ValidationLoss is { } held ? $", validation {held:F5}" : "")}, {done.SamplesPerSecond:F0} samples/s, {done.Seconds:F1} s"));
        }, cancellationToken));
        return stopped;

        void Save(Trainer state)
        {
            Checkpoint.Save(checkpoint, identity, state.Capture(), options);
            if (state.Epochs.Count == 0)
                return;
            EpochTable.Write(Path.ChangeExtension(file, ".training.csv"), state.Epochs);
            AtomicFile.Write(Path.ChangeExtension(file, ".training.svg"), "loss plot",
                stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(LossPlot.Svg(state.Epochs))));
        }
    }

    static string Left(TimeSpan time) => time.ToString(time.TotalHours >= 1 ? @"h\:mm\:ss" : @"m\:ss", CultureInfo.InvariantCulture);

    static void Show(TrainReport report, IReadOnlyList<string> classes, VerbConsole console)
    {
        console.Facts(
            ("model", report.Model),
            ("network", string.Create(CultureInfo.InvariantCulture, $"{report.Architecture}, {report.Parameters:N0} parameters")),
            ("training", string.Create(CultureInfo.InvariantCulture, $"{report.Training} ({report.TrainingWindows} windows)")),
            ("validation", report.Validation is { } span
                ? string.Create(CultureInfo.InvariantCulture, $"{span} ({report.ValidationWindows} windows)") : "none"),
            ("best epoch", report.Best is { } best ? string.Create(CultureInfo.InvariantCulture,
                $"{best.Epoch} of {report.Epochs}, loss {best.DecidingLoss:F5}{(report.Leaky ? " (leaky)" : "")}") : "none"),
            ("stopped", report.Stopped.ToString()),
            ("parity", string.Create(CultureInfo.InvariantCulture, $"risk within {report.ParityDifference:G2} of libtorch's")));
        if (report.Update is { } update)
            console.Line($"{(update.Published ? "published" : "not published")}: {update.Reason}; "
                + $"compared {update.Compared} ({update.Periods} periods), learnt {update.NewWindows} new windows and {update.ReplayedWindows} known ones");
        if (report.Kinds is { } kinds)
            console.Line(string.Create(CultureInfo.InvariantCulture,
                $"kinds: cross-entropy {kinds.CrossEntropy:F4} an incident over {kinds.Incidents}; "
                + $"{kinds.SharesCrossEntropy:F4} by their shares alone"));
        for (int c = 0; c < classes.Count && report.Draws is not null; c++)
            console.Line($"class {classes[c]}: {report.Draws.Describe(c)}");
        for (int c = 0; c < classes.Count && report.Calibration is not null; c++)
            console.Line(string.Create(CultureInfo.InvariantCulture,
                $"class {classes[c]}: mean risk {report.Calibration[c]:F2} x the share of cell-periods with incidents in validation"));
    }
}
