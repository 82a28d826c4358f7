using System.Runtime.InteropServices;
using HotspotInference.Features;
using HotspotInference.Training.Architectures;
using static TorchSharp.torch;

namespace HotspotInference.Training.Data;

/// <summary>
/// Windows and their targets as tensors, made a batch at a time: memory holds the sparse heat maps, and the history where a network sees
/// it.
/// </summary>
sealed class WindowSet(HeatmapWindows windows, IReadOnlyList<long> targets, NetworkShape shape, HistorySamples? history = null,
    ExternalSamples? external = null) : ISampleSet
{
    /// <summary>The numbers of the target periods.</summary>
    public IReadOnlyList<long> Targets => targets;

    public int Count => targets.Count;

    /// <summary>What a network is given at some positions.</summary>
    public NetworkInput Inputs(ReadOnlySpan<int> positions)
    {
        if (history is null && external is null)
            return Maps(positions);
        long[] chosen = Array.ConvertAll(positions.ToArray(), position => targets[position]);
        return new NetworkInput(Maps(positions), history is { HasRates: true } ? history.History(chosen) : null, history?.Calendar(chosen),
            external?.Of(chosen));
    }

    /// <summary>The windows at some positions: <c>[batch, time, channel, row, column]</c>.</summary>
    public Tensor Maps(ReadOnlySpan<int> positions)
    {
        Tensor maps = empty([positions.Length, shape.Steps, shape.Channels, shape.Rows, shape.Columns], ScalarType.Float32);
        Span<float> values = MemoryMarshal.Cast<byte, float>(maps.bytes);
        for (int i = 0; i < positions.Length; i++)
            windows.CopyWindow(targets[positions[i]], values.Slice(i * windows.WindowLength, windows.WindowLength));
        return maps;
    }

    /// <summary>The counts at some positions: <c>[batch, class, row, column]</c>.</summary>
    public Tensor Counts(ReadOnlySpan<int> positions)
    {
        Tensor counts = empty([positions.Length, shape.Classes, shape.Rows, shape.Columns], ScalarType.Float32);
        Span<float> values = MemoryMarshal.Cast<byte, float>(counts.bytes);
        for (int i = 0; i < positions.Length; i++)
            windows.CopyTarget(targets[positions[i]], values.Slice(i * windows.TargetLength, windows.TargetLength));
        return counts;
    }

    /// <summary>For each class the share of cell-periods with incidents, and the mean count of one.</summary>
    public (double[] BaseRates, double[] MeanCounts) Rates()
    {
        double[] happened = new double[shape.Classes], counted = new double[shape.Classes];
        var map = new float[windows.TargetLength];
        int cells = shape.Rows * shape.Columns;
        foreach (long target in targets)
        {
            windows.CopyTarget(target, map);
            for (int i = 0; i < map.Length; i++)
            {
                happened[i / cells] += map[i] > 0 ? 1 : 0;
                counted[i / cells] += map[i];
            }
        }
        double all = (double)Count * cells;
        return ([.. happened.Select(sum => sum / all)], [.. counted.Select(sum => sum / all)]);
    }
}
