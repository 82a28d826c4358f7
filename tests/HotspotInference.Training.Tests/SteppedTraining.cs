namespace HotspotInference.Training.Tests;

static class SteppedTraining
{
    /// <summary>Trains until a number of steps is done, or to the end where it is null.</summary>
    /// <returns>Why it ended, and the state that was saved last.</returns>
    public static (StopReason Reason, TrainerState Last) RunTo(this Trainer trainer, int? step)
    {
        using var stop = new CancellationTokenSource();
        TrainerState? last = null;
        int steps = 0;
        StopReason reason = trainer.Run(state => last = state.Capture(), progress =>
        {
            steps += progress.Completed is null ? 1 : 0;
            if (steps == step)
                stop.Cancel();
        }, stop.Token);
        return (reason, last!);
    }
}
