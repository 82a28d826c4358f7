using HotspotInference.Heatmaps;

namespace HotspotInference.Features;

/// <summary>
/// The running rates of one <see cref="HistorySpec"/>, without those of <see cref="HistorySpec.More"/>. The new map is smoothed once for
/// each width (<see cref="SmoothedCounts"/>), not once for each half-life, since smoothing and discounting commute.
/// </summary>
sealed class RateBlock
{
    readonly HeatmapSpec _heatmaps;
    readonly SmoothedCounts _counts;
    readonly HistoryPhase _phase;
    readonly int _halfLives;
    // [phase, channel, half-life], each of [smoothing, cell].
    readonly DiscountedSums[] _sums;

    /// <param name="spec">The rates.</param>
    /// <param name="heatmaps">How the maps are made.</param>
    /// <param name="counts">The counts that they are taken of; they have read a period's when it is appended.</param>
    public RateBlock(HistorySpec spec, HeatmapSpec heatmaps, SmoothedCounts counts)
    {
        _heatmaps = heatmaps;
        _counts = counts;
        _phase = spec.Phase;
        _halfLives = spec.HalfLives.Count;
        int phases = _phase.Count(heatmaps.Cadence);
        if (phases == 0)
            throw new HotspotException("history", $"the phase {_phase} with a cadence of a {heatmaps.Cadence}",
                "a cadence whose periods each lie in one phase", "Leave the phase out, or use a shorter cadence.");
        _sums = new DiscountedSums[phases * spec.Channels.Count * _halfLives];
        for (int i = 0; i < _sums.Length; i++)
            _sums[i] = new DiscountedSums(spec.HalfLives[i % _halfLives], counts.ChannelLength);
        Length = spec.Channels.Count * _halfLives * counts.ChannelLength;
    }

    /// <summary>Values of the model input: features x cells.</summary>
    public int Length { get; }

    /// <summary>Adds the period whose counts were read.</summary>
    public void Append(long period)
    {
        ReadOnlySpan<DiscountedSums> sums = OfPhase(period);
        for (int i = 0; i < sums.Length; i++)
            sums[i].Append(_counts.Values(i / _halfLives), _counts.Runs(i / _halfLives));
    }

    /// <summary>Writes the rates as <c>[feature, row, column]</c>; zeros before the first period.</summary>
    /// <param name="target">The period that is forecast: its phase decides which rates.</param>
    /// <param name="rates">Receives <see cref="Length"/> values.</param>
    public void CopyTo(long target, Span<float> rates)
    {
        foreach (DiscountedSums sums in OfPhase(target))
        {
            sums.CopyTo(rates[.._counts.ChannelLength]);
            rates = rates[_counts.ChannelLength..];
        }
    }

    public void Write(BinaryWriter writer)
    {
        foreach (DiscountedSums sums in _sums)
            sums.Write(writer);
    }

    public void Read(BinaryReader reader)
    {
        foreach (DiscountedSums sums in _sums)
            sums.Read(reader);
    }

    /// <summary>Reads what earlier versions wrote: all sums in double precision, then the periods, <c>[phase, half-life]</c>.</summary>
    public void ReadDoubles(BinaryReader reader)
    {
        foreach (DiscountedSums sums in _sums)
            sums.ReadDoubles(reader);
        int perPhase = Length / _counts.ChannelLength;
        for (int first = 0; first < _sums.Length; first += perPhase)
        for (int halfLife = 0; halfLife < _halfLives; halfLife++)
        {
            double periods = reader.ReadDouble();
            for (int i = first + halfLife; i < first + perPhase; i += _halfLives)
                _sums[i].SetPeriods(periods);
        }
    }

    ReadOnlySpan<DiscountedSums> OfPhase(long period)
    {
        int perPhase = Length / _counts.ChannelLength;
        return _sums.AsSpan(_phase.Of(_heatmaps.Cadence, period) * perPhase, perPhase);
    }
}
