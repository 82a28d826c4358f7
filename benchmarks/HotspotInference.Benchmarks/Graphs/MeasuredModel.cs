using HotspotInference.Models;

namespace HotspotInference.Benchmarks.Graphs;

/// <summary>A model that is measured: those that are shipped, or the files that the command line names.</summary>
/// <param name="Name">What tables call it.</param>
/// <param name="Content">The .onnx file.</param>
public sealed record MeasuredModel(string Name, ReadOnlyMemory<byte> Content)
{
    /// <summary>
    /// Holds the files' absolute paths, joined as in <c>PATH</c>: BenchmarkDotNet measures in processes of its own, which inherit it.
    /// </summary>
    public const string Variable = "HOTSPOT_BENCHMARK_MODELS";

    public static IReadOnlyList<MeasuredModel> All { get; } =
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } paths
            ? [.. paths.Split(Path.PathSeparator).Select(path =>
                new MeasuredModel(Path.GetFileNameWithoutExtension(path), File.ReadAllBytes(path)))]
            :
            [
                new("dc-gunfire-daily", HotspotModels.DcGunfireDaily),
                new("dc-gunfire-daily-history", HotspotModels.DcGunfireDailyHistory),
                new("dc-gunfire-daily-convlstm", HotspotModels.DcGunfireDailyConvLstm),
                new("nyc-felonies-daily", HotspotModels.NycFeloniesDaily),
                new("chicago-crime-daily", HotspotModels.ChicagoCrimeDaily),
            ];

    public override string ToString() => Name;
}
