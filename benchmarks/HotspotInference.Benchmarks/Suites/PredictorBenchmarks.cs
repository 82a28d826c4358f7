using BenchmarkDotNet.Attributes;
using HotspotInference.Benchmarks.Graphs;
using HotspotInference.Cli.Bench;

namespace HotspotInference.Benchmarks.Suites;

/// <summary>
/// What <see cref="HotspotPredictor"/> costs beside ONNX Runtime itself on the same model, and a forecast from a city's state.
/// </summary>
[MemoryDiagnoser]
public class PredictorBenchmarks
{
    BoundSession? _bare;
    HotspotPredictor? _predictor;
    ModelInputs? _inputs;
    City? _city;

    [ParamsSource(nameof(Models))]
    public MeasuredModel Model { get; set; } = null!;

    public static IEnumerable<MeasuredModel> Models => Quick.IsOn ? MeasuredModel.All.Take(1) : MeasuredModel.All;

    [GlobalSetup]
    public void Open()
    {
        _predictor = HotspotPredictor.Load(Model.Content, new HotspotPredictorOptions { Threads = 1 });
        _bare = BoundSession.For(_predictor, Model.Content, threads: 1, batch: 1);
        _inputs = new ModelInputs(_predictor, 1);
        _city = new City(_predictor);
    }

    [GlobalCleanup]
    public void Close()
    {
        _bare?.Dispose();
        _predictor?.Dispose();
    }

    [Benchmark(Baseline = true)]
    public void RunWithBinding() => _bare!.Run();

    [Benchmark]
    public void Predict() => _inputs!.Predict(_predictor!);

    [Benchmark]
    public HotspotForecast AppendAndPredict() => _city!.Next(_predictor!);

    [Benchmark]
    public void Append() => _city!.Append();
}
