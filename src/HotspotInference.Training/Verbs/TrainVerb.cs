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
using HotspotInference.Training.Data;
using HotspotInference.Training.Export;
using TorchSharp;

namespace HotspotInference.Training.Verbs;

/// <summary><c>hotspot train</c>: from incidents to a trained network as ONNX.</summary>
sealed class TrainVerb : Verb
{
    // What the history of all windows may take.
    const long MostHistoryBytes = 2L << 30;
    // How far the validation's level is taken for that of the days to come, where the level follows the city by itself.
    const double LevelTrust = 0.5;

    readonly HeatmapOptions _heatmaps = new();
    readonly TrainSpans _spans = new();
    readonly TrainOptions _options = new();
    readonly Option<string> _out = new("--out") { Description = "The model to write.", HelpName = "file.onnx", Required = true };
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
        _spans.AddTo(this);
        _options.AddTo(this);
        Add(_checkpoint);
        Add(_resume);
        Add(_start);
        Add(_thresholdRule);
        Add(_json);
        _heatmaps.AddTo(this);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "hotspot train --incidents city.csv.gz --architecture convlstm --epochs 5 --out city.onnx",
        "hotspot train --incidents city.csv.gz --preset omdena --max-minutes 30 --out omdena.onnx",
        "hotspot train --incidents city.csv.gz --preset omdena --out omdena.onnx --resume",
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
        Architecture architecture = _options.Architecture(arguments);
        arguments = new TrainPreset(architecture.Name, architecture.Defaults, null).AddTo(arguments);
        string file = arguments.GetRequiredValue(_out);
        TrainerOptions trainerOptions = _options.Trainer(arguments) with { IsFitted = architecture.NeedsHistory };
        CalibrationKind calibration = _options.Calibration(arguments);
        ArchitectureSettings settings = BadUsageException.Check(() => _options.Settings(arguments));

        HeatmapSeries series = _heatmaps.Build(arguments, console, cancellationToken).Series;
        MapWindowSpec window = Window(arguments, series.Spec);
        var windows = new HeatmapWindows(series.Fill(cancellationToken), window, _options.Horizon(arguments));
        (IReadOnlyList<long> learnt, IReadOnlyList<long> held) = _spans.Choose(arguments, series, windows, architecture.NeedsHistory);
        IReadOnlyList<string> classes = series.Spec.Kinds.Classes;
        var shape = new NetworkShape(window.Lags.Count, window.Channels.Count, classes.Count, series.Spec.Grid.Rows,
            series.Spec.Grid.Columns);
        if (held.Count == 0 && calibration != CalibrationKind.Level)
            throw new BadUsageException("--calibration beyond the level needs days held for validation: --validation-share above 0.");
        if (held.Count == 0)
            console.Warning("no days are held for validation: the training loss decides, and hotspots will use each forecast's own percentiles.");
        HistoryStart? start = architecture.NeedsHistory
            ? console.Progress("Fitting", progress => HistoryStart.Fit(series, TrainSpans.PeriodsOf(series.Spec.Cadence, learnt),
                held.Count > 0 ? held[^1] + 1 : null, progress, cancellationToken))
            : null;
        var features = new FeatureSpec { Maps = window, History = start?.Features.History, Calendar = start?.Features.Calendar };
        ModelMetadata metadata = Metadata(arguments, series, features, architecture, learnt, held);
        var identity = new SortedDictionary<string, string>(new Dictionary<string, string>(_options.Identity(arguments)),
            StringComparer.Ordinal)
        {
            ["incidents"] = metadata.DataFingerprint!,
            ["training span"] = metadata.Training.ToString()!,
            ["validation span"] = metadata.Validation?.ToString() ?? "none",
        };

        StartWeights? begin = arguments.GetValue(_start) is { } from ? StartWeights.Load(from, architecture) : null;
        if (begin is not null)
            identity.Add("--start", begin.Hash);

        torch.set_num_threads(_options.Threads(arguments));
        torch.manual_seed(trainerOptions.Seed);
        using Network network = Create(architecture, shape, settings, start, trainerOptions.Batch);
        HistorySamples? history = null;
        if (start is not null)
        {
            learnt = Thinned(learnt, network.HistoryFeatures.Count * (long)series.Spec.Grid.CellCount, console);
            history = new HistorySamples(series, features, learnt.Concat(held), _options.Horizon(arguments),
                network.HistoryFeatures, cancellationToken);
        }
        var training = new WindowSet(windows, learnt, shape, history);
        WindowSet? validation = held.Count > 0 ? new WindowSet(windows, held, shape, history) : null;
        (double[] baseRates, double[] meanCounts) = training.Rates();
        Objective objective = _options.Objective(arguments, classes, baseRates, meanCounts);
        // What is learnt is learnt at the level of the days learnt; the level that is expected to last comes afterwards.
        network.ShiftLogits(start is null ? objective.ConstantLogits : [.. start.LevelShifts.Select(shift => -shift)]);
        StartReport? taken = begin?.ApplyTo(network);
        if (taken is not null)
            console.Note($"{taken}.");
        using var trainer = new Trainer(network, objective, training, validation, trainerOptions);
        string checkpoint = arguments.GetValue(_checkpoint) ?? Path.ChangeExtension(file, ".checkpoint");
        if (arguments.GetValue(_resume))
        {
            trainer.Resume(Checkpoint.Load(checkpoint, identity));
            console.Note($"Going on after epoch {trainer.Epochs.Count}.");
        }
        StopReason stopped = Train(trainer, file, checkpoint, identity, console, cancellationToken);
        if (stopped == StopReason.Cancelled)
            throw new HotspotException("training", $"stopped on request after {trainer.Epochs.Count} of {trainerOptions.Epochs} epochs",
                "all of them",
                $"Its state is saved: the same command with --resume goes on from {checkpoint}.");

        network.eval();
        if (start is not null)
            network.ShiftLogits([.. start.LevelShifts]);
        double[]? shifts = validation is null ? null
            : RiskCalibration.Apply(network, objective, validation, trainerOptions.Batch, start is null ? 1 : LevelTrust, calibration);
        RiskCalibration.FitCounts(network, objective, validation ?? training, trainerOptions.Batch);
        // The windows of validation are made as in use: missing maps from what is known at the time.
        (OnnxGraphBuilder graph, ModelValidation? validated) = TrainedModel.Build(network, objective, metadata, series,
            held.Count > 0 ? TrainSpans.PeriodsOf(series.Spec.Cadence, held) : null, arguments.GetValue(_thresholdRule), cancellationToken);
        IReadOnlyList<long> compared = held.Count > 0 ? held : learnt;
        double difference = ParityCheck.Run(network, objective, graph.ToArray(),
            Whole(windows, compared, shape, series, features, arguments));
        graph.Save(file);

        var report = new TrainReport(file, architecture.Name, settings.Values, network.parameters().Sum(parameter => parameter.numel()),
            metadata.Training!.Value,
            metadata.Validation, training.Count, held.Count, baseRates, stopped, trainer.Epochs.Count, trainer.Best,
                !series.Spec.IsCausal, difference,
            shifts, validated?.Calibration, taken);
        console.Report(arguments.GetValue(_json), report, TrainJson.Default.TrainReport, () => Show(report, classes, console));
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
        ParseResult arguments)
    {
        if (features.History is null)
            return new WindowSet(windows, targets, shape);
        IReadOnlyList<long> some = [.. targets.Take(ParityCheck.LargestBatch)];
        return new WindowSet(windows, some, shape, new HistorySamples(series, features, some, _options.Horizon(arguments)));
    }

    MapWindowSpec Window(ParseResult arguments, HeatmapSpec spec) => new()
    {
        Lags = MapWindowSpec.LastPeriods(_options.Window(arguments), _options.Horizon(arguments)),
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
        VerbConsole console,
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
            Checkpoint.Save(checkpoint, identity, state.Capture());
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
        for (int c = 0; c < classes.Count && report.Calibration is not null; c++)
            console.Line(string.Create(CultureInfo.InvariantCulture,
                $"class {classes[c]}: mean risk {report.Calibration[c]:F2} x the share of cell-periods with incidents in validation"));
    }
}
