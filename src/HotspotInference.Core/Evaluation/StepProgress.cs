namespace HotspotInference.Evaluation;

/// <summary>The progress of work in equal steps, each of which reports its own share.</summary>
sealed class StepProgress(IProgress<double>? progress, int steps) : IProgress<double>
{
    int _done;

    public void Report(double value) => progress?.Report((_done + value) / steps);

    public void End()
    {
        _done++;
        Report(0);
    }
}
