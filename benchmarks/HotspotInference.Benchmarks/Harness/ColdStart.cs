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
        output.WriteLine("| model | process start to forecast ms | load to forecast ms | peak memory MB "
            + "| load ms, optimised model kept | / without |");
        output.WriteLine("| --- | --- | --- | --- | --- | --- |");
        DirectoryInfo folder = Directory.CreateTempSubdirectory("first-forecast");
        string kept = Path.Combine(folder.FullName, "optimised");
        try
        {
            foreach (MeasuredModel model in MeasuredModel.All)
            {
                string file = Path.Combine(folder.FullName, model.Name + ".onnx");
                File.WriteAllBytes(file, model.Content.ToArray());
                Once(program, file, kept);
                // In turns: a machine's pace changes.
                (double[] Without, double[] With)[] said =
                    [.. Enumerable.Range(0, rounds).Select(_ => (Once(program, file, null), Once(program, file, kept)))];
                output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"| {model.Name} | {Median(round => round.Without[0]):F0} | {Median(round => round.Without[1]):F0} | "
                    + $"{said.Max(round => round.Without[2]):F0} | {Median(round => round.With[1]):F0} | "
                    + $"{Median(round => round.With[1] / round.Without[1]):F2} |"));

                double Median(Func<(double[] Without, double[] With), double> number) => said.Select(number).Order().ElementAt(rounds / 2);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    static double[] Once(string program, string model, string? optimizedModelFolder)
    {
        bool isLibrary = Path.GetExtension(program) == ".dll";
        var start =
            new ProcessStartInfo(isLibrary ? "dotnet" : program, isLibrary ? [program, model] : [model]) { RedirectStandardOutput = true };
        start.ArgumentList.Add(Stopwatch.GetTimestamp().ToString(CultureInfo.InvariantCulture));
        if (optimizedModelFolder is not null)
            start.ArgumentList.Add(optimizedModelFolder);
        using Process child = Process.Start(start)!;
        string said = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        return child.ExitCode == 0
            ? [.. said.Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture))]
            : throw new InvalidOperationException($"{program} failed on {model} with exit code {child.ExitCode}.");
    }
}
