using HotspotInference.Heatmaps;

namespace HotspotInference.Features;

/// <summary>
/// Running rates per cell at several half-lives, plain and smoothed: the blocks of a <see cref="HistorySpec"/>, one behind the other.
/// </summary>
sealed class HistoryRates
{
    readonly RateBlock[] _blocks;
    readonly List<SmoothedCounts> _counts = [];

    public HistoryRates(HistorySpec spec, HeatmapSpec heatmaps)
    {
        _blocks = [.. spec.Blocks.Select(block => new RateBlock(block, heatmaps, CountsFor(block)))];

        SmoothedCounts CountsFor(HistorySpec block)
        {
            if (_counts.Find(counts => counts.Suits(block)) is { } shared)
                return shared;
            _counts.Add(new SmoothedCounts(block, heatmaps));
            return _counts[^1];
        }
    }

    public void Append(long period, ReadOnlySpan<HeatmapEntry> entries)
    {
        foreach (SmoothedCounts counts in _counts)
            counts.Read(entries);
        foreach (RateBlock block in _blocks)
            block.Append(period);
    }

    /// <summary>Writes the rates as <c>[feature, row, column]</c>; zeros before the first period.</summary>
    public void CopyTo(long target, Span<float> rates)
    {
        foreach (RateBlock block in _blocks)
        {
            block.CopyTo(target, rates[..block.Length]);
            rates = rates[block.Length..];
        }
    }

    public void Write(BinaryWriter writer)
    {
        foreach (RateBlock block in _blocks)
            block.Write(writer);
    }

    /// <param name="reader">Holds what was written.</param>
    /// <param name="isDouble">Whether by a version that kept sums in double precision.</param>
    public void Read(BinaryReader reader, bool isDouble)
    {
        foreach (RateBlock block in _blocks)
        {
            if (isDouble)
                block.ReadDoubles(reader);
            else
                block.Read(reader);
        }
    }
}
