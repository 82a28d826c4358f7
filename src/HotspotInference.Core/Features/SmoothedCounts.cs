using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
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
    readonly float[] _counts;
    // [channel, smoothing, row]; for each channel the runs of those that are touched.
    readonly bool[] _isTouched;
    readonly List<CellRun>[] _runs;
    // The row that is being counted, spread along itself: [smoothing, column], and between which columns.
    readonly float[] _lines;
    readonly (int First, int Last)[] _reached;

    public SmoothedCounts(HistorySpec spec, HeatmapSpec heatmaps)
    {
        _spec = spec;
        _grid = heatmaps.Grid;
        _channelMap = new ChannelMap(spec.Channels, heatmaps);
        _kernels = [.. spec.Smoothings.Select(width => new GaussianKernel(width))];
        ChannelLength = _kernels.Length * _grid.CellCount;
        _counts = new float[spec.Channels.Count * ChannelLength];
        _isTouched = new bool[spec.Channels.Count * _kernels.Length * _grid.Rows];
        _runs = [.. spec.Channels.Select(_ => new List<CellRun>())];
        _lines = new float[_kernels.Length * _grid.Columns];
        _reached = new (int, int)[_kernels.Length];
    }

    /// <summary>Values of one channel: smoothings x cells.</summary>
    public int ChannelLength { get; }

    /// <summary>The counts of one channel, <c>[smoothing, cell]</c>.</summary>
    public ReadOnlySpan<float> Values(int channel) => _counts.AsSpan(channel * ChannelLength, ChannelLength);

    /// <summary>Where the counts of one channel may not be zero, in ascending order.</summary>
    public ReadOnlySpan<CellRun> Runs(int channel) => CollectionsMarshal.AsSpan(_runs[channel]);

    /// <summary>Whether a block's rates are taken of these counts.</summary>
    public bool Suits(HistorySpec spec) => spec.BinaryThreshold == _spec.BinaryThreshold && spec.Smoothings.SequenceEqual(_spec.Smoothings)
        && spec.Channels.SequenceEqual(_spec.Channels, StringComparer.Ordinal);

    /// <summary>Takes the counts of a period in place of the last one's.</summary>
    /// <param name="entries">In the order of their index.</param>
    public void Read(ReadOnlySpan<HeatmapEntry> entries)
    {
        Clear();
        (int Channel, int Row) line = (-1, -1);
        foreach (HeatmapEntry entry in entries)
        {
            if (!_channelMap.TryPlace(entry, out int channel, out int cell) || entry.Count < _spec.BinaryThreshold)
                continue;
            (int row, int column) = Math.DivRem(cell, _grid.Columns);
            if (line != (channel, row))
            {
                Finish(line.Channel, line.Row);
                line = (channel, row);
            }
            Add(column, _spec.BinaryThreshold is null ? entry.Count : 1);
        }
        Finish(line.Channel, line.Row);
        for (int channel = 0; channel < _runs.Length; channel++)
            FindRuns(channel);
    }

    void Clear()
    {
        for (int channel = 0; channel < _runs.Length; channel++)
        {
            foreach (CellRun run in Runs(channel))
                Array.Clear(_counts, channel * ChannelLength + run.Start, run.Length);
            _runs[channel].Clear();
        }
        Array.Clear(_isTouched);
        Array.Fill(_reached, (_grid.Columns, -1));
    }

    void Add(int column, float count)
    {
        for (int k = 0; k < _kernels.Length; k++)
        {
            (int first, int last) = _kernels[k].SpreadAlong(_lines.AsSpan(k * _grid.Columns, _grid.Columns), count, column);
            _reached[k] = (Math.Min(first, _reached[k].First), Math.Max(last, _reached[k].Last));
        }
    }

    void Finish(int channel, int row)
    {
        if (channel < 0)
            return;
        for (int k = 0; k < _kernels.Length; k++)
        {
            (int first, int last) = _reached[k];
            // Whole vectors, where the row has room for the zeros beside.
            int length = Math.Min(_grid.Columns, (last - first + Vector256<float>.Count) / Vector256<float>.Count * Vector256<float>.Count);
            first = Math.Min(first, _grid.Columns - length);
            Span<float> part = _lines.AsSpan(k * _grid.Columns + first, length);
            int map = channel * _kernels.Length + k;
            _kernels[k].SpreadOver(part, row, _counts.AsSpan(map * _grid.CellCount + first, _grid.CellCount - first), _grid.Columns,
                _isTouched.AsSpan(map * _grid.Rows, _grid.Rows));
            part.Clear();
            _reached[k] = (_grid.Columns, -1);
        }
    }

    void FindRuns(int channel)
    {
        int rows = _kernels.Length * _grid.Rows;
        ReadOnlySpan<bool> isTouched = _isTouched.AsSpan(channel * rows, rows);
        int start = 0;
        while (isTouched[start..].IndexOf(true) is >= 0 and int gap)
        {
            start += gap;
            int length = isTouched[start..].IndexOf(false) is >= 0 and int until ? until : rows - start;
            _runs[channel].Add(new CellRun(start * _grid.Columns, length * _grid.Columns));
            start += length;
        }
    }
}
