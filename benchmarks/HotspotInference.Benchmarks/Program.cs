using System.Globalization;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using HotspotInference.Benchmarks.Graphs;
using HotspotInference.Benchmarks.Harness;
using HotspotInference.Benchmarks.Suites;

// With no arguments, or BenchmarkDotNet's own: its suites. --quick: a short run of all. --model FILE, repeated: these models in place of the shipped ones.
// ratios | callers | cold-start [--seconds N]: our own loops, for what BenchmarkDotNet does not measure: in turns, with many callers, in new processes.
// compare: against what a user would pick instead; benchmarks/compare.sh sets it up.
if (args is [ColdStart.Once, var index])
{
    ColdStart.Forecast(int.Parse(index, CultureInfo.InvariantCulture));
    return 0;
}

if (args is [Worker.Verb, ..])
{
    Worker.Run(args.AsSpan(1));
    return 0;
}

var rest = new List<string>();
var models = new List<string>();
TimeSpan time = TimeSpan.FromSeconds(10);
bool isQuick = false;
string? trainer = null;
for (int i = 0; i < args.Length; i++)
{
    if (args[i] is "--model" or "--seconds" or "--trainer" && i + 1 == args.Length)
    {
        Console.Error.WriteLine($"{args[i]}: nothing follows; expected {(args[i] == "--seconds" ? "a number" : "a file")}.");
        return 2;
    }
    switch (args[i])
    {
        case "--quick":
            isQuick = true;
            break;
        case "--trainer":
            trainer = args[++i];
            break;
        case "--model":
            models.Add(Path.GetFullPath(args[++i]));
            break;
        case "--seconds":
            if (!double.TryParse(args[++i], CultureInfo.InvariantCulture, out double seconds) || seconds is not (> 0 and <= 3600))
            {
                Console.Error.WriteLine($"--seconds: '{args[i]}'; expected a number above 0, at most 3600. Example: --seconds 4.");
                return 2;
            }
            time = TimeSpan.FromSeconds(seconds);
            break;
        default:
            rest.Add(args[i]);
            break;
    }
}
if (models.Find(file => !File.Exists(file)) is { } missing)
{
    Console.Error.WriteLine($"--model: no file '{missing}'; expected an .onnx file.");
    return 2;
}
if (models.Count > 0)
    Environment.SetEnvironmentVariable(MeasuredModel.Variable, string.Join(Path.PathSeparator, models));
if (isQuick)
    Environment.SetEnvironmentVariable(Quick.Variable, "1");

switch (rest)
{
    case ["ratios"]:
        Ratios.Run(Console.Out, time, isQuick);
        return 0;
    case ["compare", var peers, .. var incidents]:
        Compare.Run(Console.Out, peers, incidents.FirstOrDefault(), trainer, time, isQuick);
        return 0;
    case ["callers"]:
        Callers.Run(Console.Out, time);
        return 0;
    case ["cold-start"]:
        ColdStart.Run(Console.Out, isQuick ? 5 : 21);
        return 0;
}
ManualConfig config = ManualConfig.Create(DefaultConfig.Instance).WithOptions(ConfigOptions.JoinSummary);
if (isQuick)
    config.AddJob(Job.ShortRun);
if (rest.Count == 0)
    rest.AddRange(["--filter", "*"]);
var summaries = BenchmarkSwitcher.FromAssembly(typeof(Quick).Assembly).Run([.. rest], config);
return summaries.Any(summary => summary.HasCriticalValidationErrors || summary.Reports.Any(report => !report.Success)) ? 1 : 0;
