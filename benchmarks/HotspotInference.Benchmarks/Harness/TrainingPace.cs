using System.Diagnostics;
using System.Globalization;
using HotspotInference.Incidents;
using HotspotInference.Simulation;

namespace HotspotInference.Benchmarks.Harness;

/// <summary>
/// Samples learnt in a second, by this library's training tool and by PyTorch: the same network, whole processes in turns.
/// </summary>
static class TrainingPace
{
    const int Hidden = 16, Steps = 16, Side = 32, Batch = 8, Samples = 160;

    public static void Run(TextWriter output, string folder, string peers, string trainer, string python, int rounds)
    {
        string incidents = Path.Combine(folder, "training.csv");
        IncidentWriter.Write(incidents, new SimulatedCity(new SimulatedCityOptions { Days = Samples + Steps + 40 }).Incidents);
        output.WriteLine("## Training steps of two ConvLSTM layers: 16 channels, 16 maps of 32 x 32, batch 8, Adam");
        output.WriteLine();
        output.WriteLine("| threads | ours, samples/s | PyTorch, samples/s | ours / PyTorch |");
        output.WriteLine("| --- | --- | --- | --- |");
        foreach (int threads in new[] { 1, 2 })
        {
            var ours = new List<double>();
            var torch = new List<double>();
            for (int round = 0; round < rounds; round++)
            {
                if (Ours(folder, incidents, trainer, threads) is not { } mine || Torch(peers, python, threads) is not { } its)
                    return;
                // Seconds a sample, so that ratios are of times as everywhere.
                ours.Add(1 / mine);
                torch.Add(1 / its);
            }
            var (own, other) = (new Timing("ours", ours), new Timing("PyTorch", torch));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {threads} | {1 / own.Median:F1} | {1 / other.Median:F1} | {Ratios.Text(other, own)} |"));
        }
    }

    static double? Ours(string folder, string incidents, string trainer, int threads)
    {
        string model = Path.Combine(folder, "pace.onnx");
        string? said = Said("dotnet", threads, [trainer, "train", "--incidents", incidents, "--out", model, "--grid", $"{Side}x{Side}",
            "--architecture", "convlstm", "--layers", "2", "--pooling", "none", "--peephole", "none", "--hidden", $"{Hidden}",
            "--window", $"{Steps}", "--batch", $"{Batch}", "--epochs", "2", "--threads", $"{threads}"]);
        if (said is null)
            return null;
        string[][] table = [.. File.ReadLines(Path.ChangeExtension(model, ".training.csv")).Select(line => line.Split(','))];
        // The first epoch compiles and fills memory pools; the other's first batch is not timed either.
        return double.Parse(table[2][Array.IndexOf(table[0], "samples_per_second")], CultureInfo.InvariantCulture);
    }

    static double? Torch(string peers, string python, int threads) =>
        Said(python, threads,
                [Path.Combine(peers, "torch_training.py"), $"{Hidden}", $"{Steps}", $"{Side}", $"{Batch}", $"{threads}", $"{Samples}"])
            is { } said
            ? double.Parse(said, CultureInfo.InvariantCulture) : null;

    // What a process writes; null, with a line to the error output, where it fails.
    static string? Said(string program, int threads, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["GOMP_SPINCOUNT"] = Peer.SpinCount;
        start.Environment["OMP_NUM_THREADS"] = $"{threads}";
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode == 0)
            return said;
        Console.Error.WriteLine($"{program} {arguments[0]}: not measured ({errors.Result.Trim().Split('\n')[^1]})");
        return null;
    }
}
