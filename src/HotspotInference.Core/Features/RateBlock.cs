using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using HotspotInference.Heatmaps;

namespace HotspotInference.Features;

/// <summary>
/// The running rates of one <see cref="HistorySpec"/>, without those of <see cref="HistorySpec.More"/>: one multiplication and one addition
/// a value and period. The new map is smoothed once for each width (<see cref="SmoothedCounts"/>), not once for each half-life, since
/// smoothing and discounting commute.
/// </summary>
sealed class RateBlock
{
    readonly HeatmapSpec _heatmaps;
    readonly SmoothedCounts _counts;
    readonly int _channels;
    readonly HistoryPhase _phase;
    readonly double[] _decays;

    /// <param name="spec">The rates.</param>
    /// <param name="heatmaps">How the maps are made.</param>
    /// <param name="counts">The counts that they are taken of; they have read a period's when it is appended.</param>
    public RateBlock(HistorySpec spec, HeatmapSpec heatmaps, SmoothedCounts counts)
    {
        _heatmaps = heatmaps;
        _counts = counts;
        _channels = spec.Channels.Count;
        BlockLength = spec.Smoothings.Count * heatmaps.Grid.CellCount;
        _phase = spec.Phase;
        // Half-life 0 forgets all but the last period, infinity forgets nothing.
        _decays = [.. spec.HalfLives.Select(halfLife => Math.Pow(0.5, 1 / halfLife))];
        int phases = _phase.Count(heatmaps.Cadence);
        if (phases == 0)
            throw new HotspotException("history", $"the phase {_phase} with a cadence of a {heatmaps.Cadence}",
                "a cadence whose periods each lie in one phase", "Leave the phase out, or use a shorter cadence.");
        Length = _channels * _decays.Length * BlockLength;
        Sums = new double[phases * Length];
        Periods = new double[phases * _decays.Length];
    }

    /// <summary>Discounted sums, <c>[phase, channel, half-life, smoothing, cell]</c>.</summary>
    public double[] Sums { get; }

    /// <summary>Discounted numbers of periods, <c>[phase, half-life]</c>.</summary>
    public double[] Periods { get; }

    /// <summary>Values of the model input: features x cells.</summary>
    public int Length { get; }

    // Values of one channel and half-life.
    int BlockLength { get; }

    /// <summary>Adds the period whose counts were read.</summary>
    public void Append(long period)
    {
        int phase = _phase.Of(_heatmaps.Cadence, period);
        for (int i = 0; i < _channels * _decays.Length; i++)
        {
            ReadOnlySpan<double> counts = _counts.Values.Slice(i / _decays.Length * BlockLength, BlockLength);
            Span<double> sums = Sums.AsSpan(phase * Length + i * BlockLength, BlockLength);
            TensorPrimitives.MultiplyAdd(sums, _decays[i % _decays.Length], counts, sums);
        }
        Span<double> periods = Periods.AsSpan(phase * _decays.Length, _decays.Length);
        for (int h = 0; h < periods.Length; h++)
            periods[h] = periods[h] * _decays[h] + 1;
    }

    /// <summary>Writes the rates as <c>[feature, row, column]</c>; zeros before the first period.</summary>
    /// <param name="target">The period that is forecast: its phase decides which rates.</param>
    /// <param name="rates">Receives <see cref="Length"/> values.</param>
    public void CopyTo(long target, Span<float> rates)
    {
        int phase = _phase.Of(_heatmaps.Cadence, target);
        for (int i = 0; i < _channels * _decays.Length; i++)
        {
            double periods = Periods[phase * _decays.Length + i % _decays.Length];
            double scale = periods > 0 ? 1 / periods : 0;
            ReadOnlySpan<double> sums = Sums.AsSpan(phase * Length + i * BlockLength, BlockLength);
            Span<float> values = rates.Slice(i * BlockLength, BlockLength);
            Scale(sums, scale, values);
        }
    }

    // In one pass: the sums of a large city fill the cache, and two steps of TensorPrimitives took two to three times as long.
    static void Scale(ReadOnlySpan<double> sums, double scale, Span<float> values)
    {
        ref double from = ref MemoryMarshal.GetReference(sums);
        ref float to = ref MemoryMarshal.GetReference(values);
        int i = 0;
        for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<double> low = Vector.LoadUnsafe(ref from, (nuint)i), high = Vector.LoadUnsafe(ref from, (nuint)(i + Vector<double>.Count));
            Vector.Narrow(low * scale, high * scale).StoreUnsafe(ref to, (nuint)i);
        }
        for (; i < values.Length; i++)
            values[i] = (float)(sums[i] * scale);
    }
}
