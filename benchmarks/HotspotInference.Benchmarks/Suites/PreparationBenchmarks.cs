using BenchmarkDotNet.Attributes;
using HotspotInference.Incidents;
using HotspotInference.Simulation;

namespace HotspotInference.Benchmarks.Suites;

/// <summary>From a file of incidents to windows of daily maps, 32 x 32.</summary>
[MemoryDiagnoser]
public class PreparationBenchmarks
{
    readonly string _file = Path.Combine(Path.GetTempPath(), $"hotspot-benchmark-{Environment.ProcessId}.csv");
    readonly SimulatedCityOptions _city = new() { Days = 730, EventsPerDay = 300 };
    float[] _window = [];

    [GlobalSetup]
    public void Write() => IncidentWriter.Write(_file, new SimulatedCity(_city).Incidents);

    [GlobalCleanup]
    public void Delete() => File.Delete(_file);

    [Benchmark(Baseline = true)]
    public int Read() => IncidentReader.ReadAll([_file]).Incidents.Count;

    [Benchmark]
    public long ReadToWindows() => Preparation.Run(_file, new GridSpec(_city.Bounds, 32, 32), ref _window);
}
