using HotspotInference.Training;
using HotspotInference.Training.Tuning;

using var cancellation = new CancellationTokenSource();
// The first Ctrl-C asks the training to save its state and stop, the second ends the process.
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = !cancellation.IsCancellationRequested;
    cancellation.Cancel();
};
// Whoever began this training has ended with the other end of its input, however it was ended.
if (Environment.GetEnvironmentVariable(TrainProcess.EndsWithInput) is not null)
{
    new Thread(() =>
    {
        while (Console.In.Read() >= 0)
        {
        }
        cancellation.Cancel();
    }) { IsBackground = true }.Start();
}
return TrainingCommandLine.Run(args, Console.Out, Console.Error, cancellationToken: cancellation.Token);
