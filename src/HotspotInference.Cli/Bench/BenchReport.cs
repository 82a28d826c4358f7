namespace HotspotInference.Cli.Bench;

/// <summary>What <c>bench</c> measured.</summary>
/// <param name="Device">What the models ran on.</param>
/// <param name="Threads">Threads a prediction on the processor, 0 for one a core.</param>
/// <param name="Processors">Cores of the machine.</param>
/// <param name="OnnxRuntime">Its version.</param>
/// <param name="Tolerance">How far a risk may be from the processor's.</param>
/// <param name="Models">Model after model.</param>
sealed record BenchReport(
    string Device, int Threads, int Processors, string OnnxRuntime, double Tolerance, IReadOnlyList<BenchReport.Model> Models)
{
    /// <summary>One model.</summary>
    public sealed record Model(string Name, int Rows, int Columns, double LoadMs, IReadOnlyList<Run> Runs);

    /// <summary>One batch size: milliseconds a call, windows a second, and the largest difference of a risk from the processor's.</summary>
    public sealed record Run(int Batch, int Calls, double FirstMs, double P50Ms, double P99Ms, double WindowsPerSecond, double? Difference);

    /// <summary>The largest difference of all; 0 where there was nothing to compare with.</summary>
    public double LargestDifference() => Models.SelectMany(model => model.Runs).Max(run => run.Difference ?? 0);
}
