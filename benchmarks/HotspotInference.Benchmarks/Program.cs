using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using HotspotInference.Benchmarks;
using HotspotInference.Benchmarks.Graphs;
using HotspotInference.Benchmarks.Harness;
using HotspotInference.Benchmarks.Suites;

// With no arguments, or BenchmarkDotNet's own: its suites. --quick: a short run of all. --model FILE, repeated: these models in place of
// the shipped ones.
// ratios | streaming | new-days | callers [--threads N] [--concurrency N] [--spin] | cold-start [--program F] [--seconds N]: our own loops,
// for what BenchmarkDotNet does not measure: in turns, with many callers, in new processes.
// compare: against what a user would pick instead; benchmarks/compare.sh sets it up.
// fused PROGRAM [HIDDEN ...]: beside a step in C++; benchmarks/fused-step.sh sets it up.
if (args is [Worker.Verb, ..])
{
    Worker.Run(args.AsSpan(1));
    return 0;
}
Settings settings;
try
{
    settings = Settings.Parse(args);
}
catch (ArgumentException e)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}
if (settings.Models.Count > 0)
    Environment.SetEnvironmentVariable(MeasuredModel.Variable, string.Join(Path.PathSeparator, settings.Models));
if (settings.IsQuick)
    Environment.SetEnvironmentVariable(Quick.Variable, "1");

switch (settings.Rest)
{
    case ["ratios"]:
        Ratios.Run(Console.Out, settings.Time, settings.IsQuick);
        return 0;
    case ["streaming"]:
        Streaming.Run(Console.Out, settings.Time, settings.IsQuick);
        return 0;
    case ["callers"]:
        Callers.Run(Console.Out, settings.Time, settings.Predictor);
        return 0;
    case ["new-days"]:
        NewDays.Run(Console.Out, settings.Time);
        return 0;
    case ["cold-start"]:
        ColdStart.Run(Console.Out, settings.IsQuick ? 5 : 21, settings.Program);
        return 0;
    case ["compare", var peers, .. var incidents]:
        Compare.Run(Console.Out, peers, incidents.FirstOrDefault(), settings.Trainer, settings.Time, settings.IsQuick);
        return 0;
    case ["fused", var program, .. var hidden]:
        Fused.Run(Console.Out, program, hidden, settings.Time, settings.IsQuick);
        return 0;
}
ManualConfig config = ManualConfig.Create(DefaultConfig.Instance).WithOptions(ConfigOptions.JoinSummary);
if (settings.IsQuick)
    config.AddJob(Job.ShortRun);
string[] filter = settings.Rest.Count > 0 ? [.. settings.Rest] : ["--filter", "*"];
var summaries = BenchmarkSwitcher.FromAssembly(typeof(Quick).Assembly).Run(filter, config);
return summaries.Any(summary => summary.HasCriticalValidationErrors || summary.Reports.Any(report => !report.Success)) ? 1 : 0;
