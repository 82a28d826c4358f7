using BenchmarkDotNet.Attributes;
using HotspotInference.Benchmarks.Graphs;

namespace HotspotInference.Benchmarks.Suites;

/// <summary>
/// Two plain ConvLSTM layers over 16 maps of 32 x 32, as this library writes them, as a textbook does, and stripped to joins and
/// convolutions. Times are of the whole batch.
/// </summary>
[MemoryDiagnoser]
public class NetworkBenchmarks
{
    BoundSession? _textbook, _library, _stripped;

    [ParamsSource(nameof(Sizes))]
    public int Hidden { get; set; }

    [Params(1, 32)]
    public int Batch { get; set; }

    [ParamsSource(nameof(ThreadCounts))]
    public int Threads { get; set; }

    public static IEnumerable<int> Sizes => Quick.IsOn ? [16] : [8, 16, 32];

    public static IEnumerable<int> ThreadCounts => Quick.IsOn ? [1] : [1, 2];

    [GlobalSetup]
    public void Open()
    {
        var size = new ConvLstmSize(Hidden);
        _textbook = new BoundSession(ConvLstmGraphs.Textbook(size, Batch), Threads);
        _library = new BoundSession(ConvLstmGraphs.Library(size, Batch), Threads);
        _stripped = new BoundSession(ConvLstmGraphs.Stripped(size, Batch), Threads);
    }

    [GlobalCleanup]
    public void Close()
    {
        _textbook?.Dispose();
        _library?.Dispose();
        _stripped?.Dispose();
    }

    [Benchmark(Baseline = true)]
    public void Textbook() => _textbook!.Run();

    [Benchmark]
    public void Library() => _library!.Run();

    [Benchmark]
    public void Stripped() => _stripped!.Run();
}
