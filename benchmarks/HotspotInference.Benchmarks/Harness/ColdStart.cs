using System.Diagnostics;
using System.Globalization;
using HotspotInference.Benchmarks.Graphs;

namespace HotspotInference.Benchmarks.Harness;

/// <summary>From the start of a process to its first forecast: starts the smallest program that forecasts again and again.</summary>
static class ColdStart
{
    /// <summary>The program that lies beside this one.</summary>
    public static string DefaultProgram { get; } = Path.Combine(AppContext.BaseDirectory, "HotspotInference.FirstForecast.dll");

    /// <param name="output">Receives the table.</param>
    /// <param name="rounds">Processes a model.</param>
    /// <param name="program">A published FirstForecast, or its .dll.</param>
    public static void Run(TextWriter output, int rounds, string program)
    {
        output.WriteLine("## First forecast of a process, files in the disk cache");
        output.WriteLine();
        output.WriteLine("| model | process start to forecast ms | load to forecast ms | peak memory MB |");
        output.WriteLine("| --- | --- | --- | --- |");
        DirectoryInfo folder = Directory.CreateTempSubdirectory("first-forecast");
        try
        {
            foreach (MeasuredModel model in MeasuredModel.All)
            {
                string file = Path.Combine(folder.FullName, model.Name + ".onnx");
                File.WriteAllBytes(file, model.Content.ToArray());
                double[][] said = [.. Enumerable.Range(0, rounds).Select(_ => Once(program, file))];
                output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"| {model.Name} | {Median(0):F0} | {Median(1):F0} | {said.Max(numbers => numbers[2]):F0} |"));

                double Median(int number) => said.Select(numbers => numbers[number]).Order().ElementAt(rounds / 2);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    static double[] Once(string program, string model)
    {
        bool isLibrary = Path.GetExtension(program) == ".dll";
        var start = new ProcessStartInfo(isLibrary ? "dotnet" : program, isLibrary ? [program, model] : [model]) { RedirectStandardOutput = true };
        start.ArgumentList.Add(Stopwatch.GetTimestamp().ToString(CultureInfo.InvariantCulture));
        using Process child = Process.Start(start)!;
        string said = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        return child.ExitCode == 0
            ? [.. said.Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture))]
            : throw new InvalidOperationException($"{program} failed on {model} with exit code {child.ExitCode}.");
    }
}
