using System.Globalization;
using HotspotInference.Heatmaps;
using HotspotInference.Periods;

namespace HotspotInference.Features;

/// <summary>
/// The samples in a series of heat maps: for each period to forecast, its window (the maps that are the input) and its target (the
/// map itself). Periods go by their number (<see cref="Cadence.IndexOf"/>). Immutable and safe to share between threads.
/// </summary>
/// <remarks>
/// A window holds periods before its target only, so that with the spans of a <see cref="DateSplit"/> no training window holds a map of a
/// later span. The one exception is a series that is filled with hindsight: see <see cref="IsCausal"/>.
/// </remarks>
public sealed class HeatmapWindows
{
    readonly HeatmapSeries _series;
    readonly MapWindowSpec _spec;
    readonly ChannelMap _channels;
    readonly int _longestLag, _shortestLag;

    /// <summary>Cuts a series into windows.</summary>
    /// <param name="series">The heat maps; filled, where any are missing.</param>
    /// <param name="spec">What a window shows.</param>
    /// <param name="horizon">How many periods ahead the target lies, at least 1: no lag may be shorter.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="horizon"/> is below 1.</exception>
    /// <exception cref="ArgumentException">Periods are missing and <paramref name="series"/> is not filled.</exception>
    /// <exception cref="HotspotException">There is no lag or one shorter than the horizon, a channel is no class of the heat maps or given
    /// twice, or the binary threshold is not above 0.</exception>
    public HeatmapWindows(HeatmapSeries series, MapWindowSpec spec, int horizon = 1)
    {
        ArgumentNullException.ThrowIfNull(series);
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentOutOfRangeException.ThrowIfLessThan(horizon, 1);
        if (!series.IsFilled && series.HasMissing)
            throw new ArgumentException("Periods are missing and the heat maps are not filled; call Fill first.", nameof(series));
        if (spec.Lags.Count == 0 || spec.Lags.Min() < horizon)
            throw new HotspotException("window", $"the lags [{string.Join(", ", spec.Lags)}]",
                $"at least one, and all at least the horizon of {horizon}",
                "A map less than the horizon before its target is not yet known when the forecast is made.");
        if (spec.BinaryThreshold is { } threshold && !(threshold > 0))
            throw new HotspotException("window", string.Create(CultureInfo.InvariantCulture, $"the binary threshold {threshold}"),
                "a number above 0", "Use 1 for at least one incident.");
        _series = series;
        _spec = spec;
        Horizon = horizon;
        _channels = new ChannelMap(spec.Channels, series.Spec);
        _longestLag = spec.Lags.Max();
        _shortestLag = spec.Lags.Min();
    }

    /// <summary>How many periods ahead the target lies.</summary>
    public int Horizon { get; }

    /// <summary>Values in one window: lags x channels x rows x columns.</summary>
    public int WindowLength => checked(_spec.Lags.Count * _spec.Channels.Count * _series.Spec.Grid.CellCount);

    /// <summary>Values in one target: classes x rows x columns.</summary>
    public int TargetLength => _series.Spec.MapLength;

    /// <summary>
    /// Whether no window knows of its target or of anything after it. False where missing periods are filled with hindsight
    /// (<see cref="FillMethod.Linear"/>): then figures are leaky, and a training window may know of later spans.
    /// </summary>
    public bool IsCausal => _series.Spec.IsCausal;

    /// <summary>Finds the targets in a span: periods that have data, are not left out, and have a whole window before them.</summary>
    /// <exception cref="ArgumentException"><paramref name="span"/> is of another cadence.</exception>
    /// <exception cref="HotspotException"><paramref name="span"/> reaches past the last known data, or before the first.</exception>
    public WindowTargets Targets(PeriodRange span)
    {
        if (span.Cadence != _series.Spec.Cadence)
            throw new ArgumentException(
                $"The periods are of a {span.Cadence}; expected the heat maps' {_series.Spec.Cadence}.", nameof(span));
        var periods = new List<long>();
        int withoutWindow = 0, missing = 0, excluded = 0;
        for (long target = span.First; target < span.End; target++)
        {
            int position = Known(target);
            if (position < _longestLag)
                withoutWindow++;
            else if (_series.IsMissing(position))
                missing++;
            else if (_series.Spec.IsExcluded(target))
                excluded++;
            else
                periods.Add(target);
        }
        return new WindowTargets(periods, withoutWindow, missing, excluded);
    }

    /// <summary>Writes the window of a period, which may lie up to the shortest lag past the last known one.</summary>
    /// <param name="target">The number of the period to forecast.</param>
    /// <param name="window">
    /// Receives <c>[time, channel, row, column]</c>, time in the order of the lags; exactly <see cref="WindowLength"/> long.
    /// </param>
    /// <exception cref="ArgumentException"><paramref name="window"/> has another length.</exception>
    /// <exception cref="HotspotException">The window reaches past the last known data, or before the first.</exception>
    public void CopyWindow(long target, Span<float> window)
    {
        if (window.Length != WindowLength)
            throw new ArgumentException(
                $"The span has {window.Length} elements; expected lags x channels x rows x columns = {WindowLength}.", nameof(window));
        // Both ends first: where either is unknown nothing is written.
        Known(target - _longestLag);
        Known(target - _shortestLag);
        int mapLength = _spec.Channels.Count * _series.Spec.Grid.CellCount;
        for (int time = 0; time < _spec.Lags.Count; time++)
        {
            // One by one: a map stays in the nearest cache until it is done.
            ReadOnlySpan<HeatmapEntry> entries = _series.Entries(Known(target - _spec.Lags[time]));
            _channels.Show(entries, window.Slice(time * mapLength, mapLength), _spec.BinaryThreshold);
        }
    }

    /// <summary>Writes the map of a period, as counts in every class of the heat maps.</summary>
    /// <param name="target">The number of the period.</param>
    /// <param name="map">Receives <c>[class, row, column]</c>; exactly <see cref="TargetLength"/> long.</param>
    /// <exception cref="ArgumentException"><paramref name="map"/> has another length.</exception>
    /// <exception cref="HotspotException">The period is outside the heat maps, or has no data: a made-up map is never a target.</exception>
    public void CopyTarget(long target, Span<float> map)
    {
        int position = Known(target);
        if (_series.IsMissing(position))
            throw new HotspotException("target", $"{Name(target)}, which has no data", "a period with data",
                "Take the periods that Targets gives.");
        _series.CopyTo(position, map);
    }

    int Known(long period)
    {
        PeriodRange known = _series.Periods;
        if (known.Contains(period))
            return (int)(period - known.First);
        throw period < known.First
            ? new HotspotException("window", $"{Name(period)}, before the first known data, {Name(known.First)}", "periods from there on",
                "Give earlier incidents, or ask for a later period.")
            : new HotspotException("window", $"{Name(period)}, past the last known data, {Name(known.End - 1)}", "periods up to there",
                "Give later incidents, or ask for an earlier period or a longer horizon.");
    }

    string Name(long period)
    {
        Cadence cadence = _series.Spec.Cadence;
        return cadence.StartOf(period).ToString(cadence.IsSubDaily ? "yyyy-MM-dd HH:mm" : "yyyy-MM-dd", CultureInfo.InvariantCulture);
    }
}
