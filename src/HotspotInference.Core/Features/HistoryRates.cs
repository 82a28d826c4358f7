using System.Numerics.Tensors;
using HotspotInference.Heatmaps;

namespace HotspotInference.Features;

/// <summary>
/// Running rates per cell at several half-lives, plain and smoothed: one multiplication and one addition a value and period. The new
/// map is smoothed once for each width, not once for each half-life, since smoothing and discounting commute.
/// </summary>
sealed class HistoryRates
{
    readonly GridSpec _grid;
    readonly GaussianKernel[] _kernels;
    readonly ChannelMap _channelMap;
    readonly int _channels;
    readonly double[] _decays;
    // [channel, half-life, smoothing, cell], the order of the model input.
    readonly double[] _sums;
    readonly double[] _periods;
    // The new period's counts, [channel, smoothing, cell].
    readonly double[] _newCounts;

    public HistoryRates(HistorySpec spec, HeatmapSpec heatmaps)
    {
        _grid = heatmaps.Grid;
        _kernels = [.. spec.Smoothings.Select(width => new GaussianKernel(width))];
        _channels = spec.Channels.Count;
        _channelMap = new ChannelMap(spec.Channels, heatmaps);
        // Half-life 0 forgets all but the last period, infinity forgets nothing.
        _decays = [.. spec.HalfLives.Select(halfLife => Math.Pow(0.5, 1 / halfLife))];
        _sums = new double[spec.FeatureCount * _grid.CellCount];
        _periods = new double[_decays.Length];
        _scaled = new double[_kernels.Length * _grid.CellCount];
        _newCounts = new double[_channels * _kernels.Length * _grid.CellCount];
    }

    // Rates of one half-life, on their way out.
    readonly double[] _scaled;

    /// <summary>The discounted sums and periods: all there is to store.</summary>
    public (double[] Sums, double[] Periods) State => (_sums, _periods);

    public void Append(ReadOnlySpan<HeatmapEntry> entries)
    {
        int cells = _grid.CellCount;
        Array.Clear(_newCounts);
        foreach (HeatmapEntry entry in entries)
        {
            if (!_channelMap.TryPlace(entry, out int channel, out int cell))
                continue;
            (int row, int column) = Math.DivRem(cell, _grid.Columns);
            for (int k = 0; k < _kernels.Length; k++)
                _kernels[k].Spread(entry.Count, row, column, _grid.Rows, _grid.Columns, _newCounts.AsSpan((channel * _kernels.Length + k) * cells, cells));
        }
        int block = _kernels.Length * cells;
        for (int channel = 0; channel < _channels; channel++)
        {
            ReadOnlySpan<double> counts = _newCounts.AsSpan(channel * block, block);
            for (int h = 0; h < _decays.Length; h++)
            {
                Span<double> sums = _sums.AsSpan((channel * _decays.Length + h) * block, block);
                TensorPrimitives.MultiplyAdd(sums, _decays[h], counts, sums);
            }
        }
        for (int h = 0; h < _decays.Length; h++)
            _periods[h] = _periods[h] * _decays[h] + 1;
    }

    /// <summary>Writes the rates as <c>[feature, row, column]</c>; zeros before the first period.</summary>
    public void CopyTo(Span<float> rates)
    {
        int block = _kernels.Length * _grid.CellCount;
        for (int i = 0; i < _channels * _decays.Length; i++)
        {
            double periods = _periods[i % _decays.Length];
            double scale = periods > 0 ? 1 / periods : 0;
            ReadOnlySpan<double> sums = _sums.AsSpan(i * block, block);
            Span<float> target = rates.Slice(i * block, block);
            TensorPrimitives.Multiply(sums, scale, _scaled);
            TensorPrimitives.ConvertChecked<double, float>(_scaled, target);
        }
    }
}
