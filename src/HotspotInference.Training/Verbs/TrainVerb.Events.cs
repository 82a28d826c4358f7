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
using TorchSharp;

namespace HotspotInference.Training.Verbs;

// From incidents to a model of the next one: no maps are seen, and no risk is forecast.
sealed partial class TrainVerb
{
    void RunOnEvents(ParseResult arguments, Architecture architecture, ArchitectureSettings settings, VerbConsole console,
        CancellationToken cancellationToken)
    {
        _options.CheckForEvents(arguments);
        if (arguments.GetValue(_fixedBatch) is not null)
            throw new BadUsageException(
                $"--fixed-batch with --architecture {architecture.Name}; expected none, for a model of maps only. Leave it out.");
        string file = arguments.GetRequiredValue(_out);
        PreparedHeatmaps prepared = _heatmaps.Build(arguments, console, cancellationToken);
        HeatmapSeries series = prepared.Series;
        HeatmapSpec spec = series.Spec;
        // Spans are chosen as for maps; the one before the first target stands for no window.
        var periods = new HeatmapWindows(series, new MapWindowSpec { Lags = [1], Channels = spec.Kinds.Classes });
        (IReadOnlyList<long> learnt, IReadOnlyList<long> held) = _spans.Choose(arguments, series, periods, needsHistory: false);
        var seen = new EventSpec { Steps = _options.Window(arguments) };
        DateOnly from = DateOnly.FromDateTime(series.Periods.Start);
        EventSequence events = EventSequence.Of(prepared.Incidents, spec, from);
        EventSet training = Samples(learnt);
        EventSet? validation = held.Count > 0 ? Samples(held) : null;
        var shape = new NetworkShape(seen.Steps, seen.Features.Count, 1, spec.Grid.Rows, spec.Grid.Columns);
        ModelMetadata metadata = Metadata(arguments, series, new FeatureSpec(), architecture, learnt, held) with
        {
            Events = seen,
            Classes = [spec.Kinds.Classes[^1]],
            // Without what comes later; the maps' own would not know at what time of a day incidents were.
            DataFingerprint = EventSet.Fingerprint(events.Before(spec.Cadence.StartOf((held.Count > 0 ? held : learnt)[^1] + 1))),
        };
        StartWeights? begin = arguments.GetValue(_start) is { } other ? StartWeights.Load(other, architecture) : null;
        SortedDictionary<string, string> identity = Identity(arguments, metadata, begin);

        TrainerOptions trainerOptions = _options.Trainer(arguments) with { IsFitted = true };
        torch.set_num_threads(_options.Threads(arguments));
        torch.manual_seed(trainerOptions.Seed);
        using Network network = Create(architecture, shape, settings, null, trainerOptions.Batch);
        var objective = new NextPlaceObjective(training.Frequencies(), spec.Grid.Rows, spec.Grid.Columns);
        network.ShiftLogits(objective.ConstantLogits);
        StartReport? taken = begin?.ApplyTo(network);
        if (taken is not null)
            console.Note($"{taken}.");
        using var trainer = new Trainer(network, objective, training, validation, trainerOptions);
        StopReason stopped = TrainOrResume(arguments, trainer, trainerOptions, file, identity, console, cancellationToken);

        network.eval();
        OnnxGraphBuilder graph = NextIncidentModel.Build(network, objective, metadata);
        double difference = NextIncidentParity.Run(network, objective, graph.ToArray(), validation ?? training);
        graph.Save(file);
        var report = new TrainReport(file, architecture.Name, settings.Values, network.parameters().Sum(parameter => parameter.numel()),
            metadata.Training!.Value, metadata.Validation, training.Count, validation?.Count ?? 0, [], stopped, trainer.Epochs.Count,
            trainer.Best, Leaky: false, difference, null, null, taken, null, null, null);
        console.Report(arguments.GetValue(_json), report, TrainJson.Default.TrainReport,
            () => TrainTables.Show(report, metadata.Classes, console));

        EventSet Samples(IReadOnlyList<long> targets)
        {
            var samples = new EventSet(events, seen, spec.Cadence.StartOf(targets[0]), spec.Cadence.StartOf(targets[^1] + 1));
            return samples.Count > 0
                ? samples
                : throw new HotspotException("span",
                    $"{TrainSpans.DaysOf(spec.Cadence, targets)} without an "
                    + $"incident that has {seen.NeededEvents} before it", "at least one", "Widen the span, or shorten --window.");
        }
    }
}
