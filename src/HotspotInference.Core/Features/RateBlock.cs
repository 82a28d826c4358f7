using System.Numerics.Tensors;
using HotspotInference.Heatmaps;

namespace HotspotInference.Features;

/// <summary>
/// The running rates of one <see cref="HistorySpec"/>, without those of <see cref="HistorySpec.More"/>: one multiplication and one addition
/// a value and period. The new map is smoothed once for each width, not once for each half-life, since smoothing and discounting commute.
/// </summary>
sealed class RateBlock
{
    readonly HeatmapSpec _heatmaps;
    readonly GaussianKernel[] _kernels;
    readonly ChannelMap _channelMap;
    readonly int _channels;
    readonly float? _binaryThreshold;
    readonly HistoryPhase _phase;
    readonly double[] _decays;
    // The new period's counts, [channel, smoothing, cell].
    readonly double[] _newCounts;
    // Rates of one half-life, on their way out.
    readonly double[] _scaled;

    public RateBlock(HistorySpec spec, HeatmapSpec heatmaps)
    {
        _heatmaps = heatmaps;
        _kernels = [.. spec.Smoothings.Select(width => new GaussianKernel(width))];
        _channels = spec.Channels.Count;
        _channelMap = new ChannelMap(spec.Channels, heatmaps);
        _binaryThreshold = spec.BinaryThreshold;
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
        _newCounts = new double[_channels * BlockLength];
        _scaled = new double[BlockLength];
    }

    /// <summary>Discounted sums, <c>[phase, channel, half-life, smoothing, cell]</c>.</summary>
    public double[] Sums { get; }

    /// <summary>Discounted numbers of periods, <c>[phase, half-life]</c>.</summary>
    public double[] Periods { get; }

    /// <summary>Values of the model input: features x cells.</summary>
    public int Length { get; }

    int BlockLength => _kernels.Length * _heatmaps.Grid.CellCount;

    public void Append(long period, ReadOnlySpan<HeatmapEntry> entries)
    {
        Smooth(entries);
        int phase = _phase.Of(_heatmaps.Cadence, period);
        for (int i = 0; i < _channels * _decays.Length; i++)
        {
            ReadOnlySpan<double> counts = _newCounts.AsSpan(i / _decays.Length * BlockLength, BlockLength);
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
            TensorPrimitives.Multiply(sums, scale, _scaled);
            TensorPrimitives.ConvertChecked<double, float>(_scaled, values);
        }
    }

    void Smooth(ReadOnlySpan<HeatmapEntry> entries)
    {
        GridSpec grid = _heatmaps.Grid;
        Array.Clear(_newCounts);
        foreach (HeatmapEntry entry in entries)
        {
            if (!_channelMap.TryPlace(entry, out int channel, out int cell) || entry.Count < _binaryThreshold)
                continue;
            double count = _binaryThreshold is null ? entry.Count : 1;
            (int row, int column) = Math.DivRem(cell, grid.Columns);
            for (int k = 0; k < _kernels.Length; k++)
                _kernels[k].Spread(count, row, column, grid.Rows, grid.Columns,
                    _newCounts.AsSpan((channel * _kernels.Length + k) * grid.CellCount, grid.CellCount));
        }
    }
}
