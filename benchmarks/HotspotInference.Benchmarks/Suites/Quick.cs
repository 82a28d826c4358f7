namespace HotspotInference.Benchmarks.Suites;

/// <summary>Whether fewer sizes are measured, in less time. BenchmarkDotNet's own processes inherit the variable.</summary>
static class Quick
{
    public const string Variable = "HOTSPOT_BENCHMARK_QUICK";

    public static bool IsOn => Environment.GetEnvironmentVariable(Variable) == "1";
}
