using System.CommandLine;
using System.Globalization;
using HotspotInference.Cli.Terminal;
using HotspotInference.Onnx;
using HotspotInference.Training.Architectures;

namespace HotspotInference.Training.Verbs;

// The training itself, from its start or a checkpoint.
sealed partial class TrainVerb
{
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
                $"epoch {progress.Epoch}, loss {progress.Loss:F5}, {progress.SamplesPerSecond:F0} samples/s, "
                + $"{VerbConsole.TimeText(progress.Left)} left"));
            if (progress.Completed is { } done)
                console.Note(string.Create(CultureInfo.InvariantCulture, $"epoch {done.Epoch}: loss {done.TrainingLoss:F5}"
                    + $"{(done.ValidationLoss is { } held ? $", validation {held:F5}" : "")}, "
                    + $"{done.SamplesPerSecond:F0} samples/s, {done.Seconds:F1} s"));
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
}
