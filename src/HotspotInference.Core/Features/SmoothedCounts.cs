using HotspotInference.Heatmaps;

namespace HotspotInference.Features;

/// <summary>
/// The counts of one new period, smoothed once for each width, for all rates that are taken of them: blocks of a <see cref="HistorySpec"/>
/// that differ in half-lives and phase alone share it.
/// </summary>
sealed class SmoothedCounts
{
    readonly HistorySpec _spec;
    readonly GridSpec _grid;
    readonly ChannelMap _channelMap;
    readonly GaussianKernel[] _kernels;
    readonly double[] _counts;

    public SmoothedCounts(HistorySpec spec, HeatmapSpec heatmaps)
    {
        _spec = spec;
        _grid = heatmaps.Grid;
        _channelMap = new ChannelMap(spec.Channels, heatmaps);
        _kernels = [.. spec.Smoothings.Select(width => new GaussianKernel(width))];
        _counts = new double[spec.Channels.Count * _kernels.Length * _grid.CellCount];
    }

    /// <summary><c>[channel, smoothing, cell]</c>.</summary>
    public ReadOnlySpan<double> Values => _counts;

    /// <summary>Whether a block's rates are taken of these counts.</summary>
    public bool Suits(HistorySpec spec) => spec.BinaryThreshold == _spec.BinaryThreshold && spec.Smoothings.SequenceEqual(_spec.Smoothings)
        && spec.Channels.SequenceEqual(_spec.Channels, StringComparer.Ordinal);

    /// <summary>Takes the counts of a period in place of the last one's.</summary>
    public void Read(ReadOnlySpan<HeatmapEntry> entries)
    {
        Array.Clear(_counts);
        foreach (HeatmapEntry entry in entries)
        {
            if (!_channelMap.TryPlace(entry, out int channel, out int cell) || entry.Count < _spec.BinaryThreshold)
                continue;
            double count = _spec.BinaryThreshold is null ? entry.Count : 1;
            (int row, int column) = Math.DivRem(cell, _grid.Columns);
            for (int k = 0; k < _kernels.Length; k++)
                _kernels[k].Spread(count, row, column, _grid.Rows, _grid.Columns,
                    _counts.AsSpan((channel * _kernels.Length + k) * _grid.CellCount, _grid.CellCount));
        }
    }
}
