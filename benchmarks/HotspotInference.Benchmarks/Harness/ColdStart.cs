using System.Diagnostics;
using System.Globalization;
using HotspotInference.Benchmarks.Graphs;

namespace HotspotInference.Benchmarks.Harness;

/// <summary>From the start of a process to its first forecast: this program starts itself again and again.</summary>
static class ColdStart
{
    /// <summary>The argument that makes a process load a model, forecast once, and say how long that took.</summary>
    public const string Once = "--first-forecast";

    public static void Run(TextWriter output, int rounds)
    {
        output.WriteLine("## First forecast of a process, files in the disk cache");
        output.WriteLine();
        output.WriteLine("| model | process start to forecast ms | load to forecast ms | peak memory MB |");
        output.WriteLine("| --- | --- | --- | --- |");
        for (int model = 0; model < MeasuredModel.All.Count; model++)
        {
            var starts = new List<double>();
            var loads = new List<double>();
            double memory = 0;
            for (int round = 0; round < rounds; round++)
            {
                using var child = Process.Start(new ProcessStartInfo(Environment.ProcessPath!,
                    Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet"
                        ? [Environment.GetCommandLineArgs()[0], Once, model.ToString(CultureInfo.InvariantCulture)]
                        : [Once, model.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true })!;
                string[] said = child.StandardOutput.ReadToEnd().Split(' ');
                child.WaitForExit();
                starts.Add(double.Parse(said[0], CultureInfo.InvariantCulture));
                loads.Add(double.Parse(said[1], CultureInfo.InvariantCulture));
                memory = Math.Max(memory, double.Parse(said[2], CultureInfo.InvariantCulture));
            }
            starts.Sort();
            loads.Sort();
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {MeasuredModel.All[model].Name} | {starts[rounds / 2]:F0} | {loads[rounds / 2]:F0} | {memory:F0} |"));
        }
    }

    /// <summary>What the started process does.</summary>
    public static void Forecast(int model)
    {
        var clock = Stopwatch.StartNew();
        using HotspotPredictor predictor = HotspotPredictor.Load(MeasuredModel.All[model].Content, new HotspotPredictorOptions { Threads = 1 });
        new ModelInputs(predictor, 1).Predict(predictor);
        double load = clock.Elapsed.TotalMilliseconds;
        using var self = Process.GetCurrentProcess();
        double start = (DateTime.Now - self.StartTime).TotalMilliseconds;
        Console.Write(string.Create(CultureInfo.InvariantCulture, $"{start} {load} {self.PeakWorkingSet64 / 1048576.0}"));
    }
}
