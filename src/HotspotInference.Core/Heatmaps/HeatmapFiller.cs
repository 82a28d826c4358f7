namespace HotspotInference.Heatmaps;

/// <summary>
/// Makes up the maps of missing periods from the real maps before them, in one pass: <see cref="Observe"/> the real ones in order of
/// time and <see cref="Fill"/> the missing ones between. Maps of excluded days leave no trace. Not safe for use by several threads at once.
/// </summary>
public abstract class HeatmapFiller
{
    readonly HeatmapSpec _spec;
    long _observed = -1;

    private protected HeatmapFiller(HeatmapSpec spec) => _spec = spec;

    /// <summary>
    /// Whether filling a whole series gives what this gives. False for <see cref="FillMethod.Linear"/>: the next real map, which
    /// <see cref="HeatmapSeries.Fill"/> interpolates towards, is not known live, so that this carries the last one forward.
    /// </summary>
    public virtual bool IsCausal => true;

    /// <summary>The filler for <see cref="HeatmapSpec.Filling"/>.</summary>
    public static HeatmapFiller Create(HeatmapSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return spec.Filling switch
        {
            FillMethod.Zero => new ZeroFiller(spec),
            FillMethod.CarryForward => new CarryForwardFiller(spec),
            FillMethod.WeekdayMean => new WeekdayMeanFiller(spec),
            FillMethod.Ewma => new EwmaFiller(spec),
            FillMethod.Linear => new CarryForwardFiller(spec, isCausal: false),
            _ => throw new ArgumentOutOfRangeException(nameof(spec), spec.Filling, "Expected a defined fill method."),
        };
    }

    /// <summary>Takes note of a real map.</summary>
    /// <param name="period">The number of its period, above that of every map seen before.</param>
    /// <param name="map">Its non-zero counts, in the order of their index.</param>
    /// <exception cref="ArgumentOutOfRangeException">The period is not above the last one observed.</exception>
    public void Observe(long period, ReadOnlySpan<HeatmapEntry> map)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(period, _observed);
        _observed = period;
        if (!_spec.IsExcluded(period))
            Learn(period, map);
    }

    /// <summary>Makes up the map of a missing period.</summary>
    /// <param name="period">The number of the period, above that of every map observed.</param>
    /// <param name="map">Receives the non-zero values in the order of their index; what it held is removed.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The period is not above the last one observed: it would be filled with hindsight.
    /// </exception>
    public void Fill(long period, List<HeatmapEntry> map)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(period, _observed);
        ArgumentNullException.ThrowIfNull(map);
        map.Clear();
        MakeUp(period, map);
    }

    /// <summary>Periods of one slot, with no real map between them, are filled alike.</summary>
    internal virtual int SlotOf(long period) => 0;

    /// <summary>Writes what was learnt, for <see cref="Read"/> of a filler created alike.</summary>
    internal virtual void Write(BinaryWriter writer) => writer.Write(_observed);

    /// <summary>Replaces what was learnt by what <see cref="Write"/> wrote.</summary>
    /// <exception cref="EndOfStreamException">The data end early.</exception>
    internal virtual void Read(BinaryReader reader) => _observed = reader.ReadInt64();

    private protected abstract void Learn(long period, ReadOnlySpan<HeatmapEntry> map);

    private protected abstract void MakeUp(long period, List<HeatmapEntry> map);
}
