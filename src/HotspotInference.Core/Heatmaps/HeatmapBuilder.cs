using System.Globalization;
using HotspotInference.Periods;

namespace HotspotInference.Heatmaps;

/// <summary>
/// Counts incidents per period, class and cell. Incidents may come in any order and one at a time. Memory does not grow with them: 10 to 30
/// bytes are held for each count that is not zero, and about 200 for each period that has one. Not safe for use by several threads at once.
/// </summary>
public sealed class HeatmapBuilder
{
    readonly HeatmapSpec _spec;
    readonly PeriodRange? _periods;
    readonly Dictionary<long, PeriodCounts> _counts = [];
    readonly int[] _classes;
    // Counts that the first period is likely to have.
    readonly int _firstRoom;
    // Files are mostly in the order of time: the period of the latest incident is looked up once.
    long _period = -1;
    PeriodCounts? _current;
    long _distinct;
    long _first = long.MaxValue, _last = long.MinValue;
    long _placed, _outsideArea, _outsideSpan, _ofOtherKinds, _inGaps;

    /// <summary>Starts counting.</summary>
    /// <param name="spec">How incidents become heat maps.</param>
    /// <param name="periods">
    /// The periods to cover; null for those from the first to the last incident in the study area, of whatever kind: where any kind was
    /// reported, the absence of another is a true zero.
    /// </param>
    /// <exception cref="ArgumentException"><paramref name="periods"/> are of another cadence.</exception>
    /// <exception cref="HotspotException">The settings contradict each other.</exception>
    public HeatmapBuilder(HeatmapSpec spec, PeriodRange? periods = null)
    {
        ArgumentNullException.ThrowIfNull(spec);
        if (periods is { } given && given.Cadence != spec.Cadence)
            throw new ArgumentException($"The periods are of a {given.Cadence}; expected the heat maps' {spec.Cadence}.", nameof(periods));
        _spec = spec.Validated();
        _periods = periods;
        _classes = new int[spec.Kinds.Classes.Count];
    }

    /// <summary>Starts counting as many incidents as are given at a time.</summary>
    internal HeatmapBuilder(HeatmapSpec spec, PeriodRange periods, IEnumerable<Incident> incidents)
        : this(spec, periods) =>
        _firstRoom = incidents.TryGetNonEnumeratedCount(out int count) ? Math.Min(spec.MapLength, count / Math.Max(1, periods.Count)) : 0;

    /// <summary>What became of the incidents so far.</summary>
    public PlacementReport Report => new(_placed, _outsideArea, _outsideSpan, _ofOtherKinds, _inGaps);

    /// <summary>Counts one incident.</summary>
    public void Add(in Incident incident)
    {
        int cell = _spec.Grid.CellOf(incident.Latitude, incident.Longitude);
        if (cell < 0)
        {
            _outsideArea++;
            return;
        }
        long period = _spec.Cadence.IndexOf(incident.Time);
        if (_periods is { } periods && !periods.Contains(period))
        {
            _outsideSpan++;
            return;
        }
        _first = Math.Min(_first, period);
        _last = Math.Max(_last, period);
        int classes = _spec.Kinds.Encode(incident.Kinds, _classes);
        if (classes == 0)
        {
            _ofOtherKinds++;
            return;
        }
        if (_spec.IsMissing(period, isEmpty: false))
        {
            _inGaps++;
            return;
        }
        _placed++;
        PeriodCounts counts = period == _period ? _current! : Switch(period);
        for (int i = 0; i < classes; i++)
            _distinct += counts.Add(_classes[i] * _spec.Grid.CellCount + cell) ? 1 : 0;
    }

    /// <summary>Counts several incidents.</summary>
    /// <param name="incidents">The incidents, in any order.</param>
    /// <param name="cancellationToken">Stops counting; what was counted stays.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public void AddRange(IEnumerable<Incident> incidents, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(incidents);
        foreach (Incident incident in incidents)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Add(incident);
        }
    }

    /// <summary>
    /// Makes the heat maps of what was counted so far. Missing periods are marked and empty: <see cref="HeatmapSeries.Fill"/> fills them.
    /// </summary>
    /// <exception cref="HotspotException">No span was given and no incident lies in the study area, or the span is too long.</exception>
    public HeatmapSeries Build()
    {
        PeriodRange periods = _periods ?? Span();
        var starts = new int[periods.Count];
        var ends = new int[periods.Count];
        var missing = new bool[periods.Count];
        int length = 0;
        for (int i = 0; i < periods.Count; i++)
        {
            starts[i] = length;
            ends[i] = length = checked(length + (_counts.TryGetValue(periods.First + i, out PeriodCounts? counts) ? counts.Distinct : 0));
            missing[i] = _spec.IsMissing(periods.First + i, isEmpty: starts[i] == ends[i]);
        }
        var entries = new HeatmapEntry[length];
        foreach ((long period, PeriodCounts counts) in _counts)
        {
            int i = (int)(period - periods.First);
            counts.CopyTo(entries.AsSpan(starts[i]..ends[i]));
        }
        return new HeatmapSeries(_spec, periods, entries, starts, ends, missing, isFilled: false);
    }

    PeriodCounts Switch(long period)
    {
        // Periods differ little: one that has room for a few more than their mean seldom grows, and all together have no more than a few
        // too many.
        if (!_counts.TryGetValue(period, out PeriodCounts? counts))
        {
            int room = _counts.Count == 0 ? _firstRoom : (int)Math.Min(_spec.MapLength, _distinct / _counts.Count * 9 / 8);
            _counts.Add(period, counts = new PeriodCounts(_spec.MapLength, room));
        }
        (_period, _current) = (period, counts);
        return counts;
    }

    PeriodRange Span()
    {
        if (_last < _first)
            throw new HotspotException("incidents", $"none in the study area {_spec.Grid.Bounds} ({Report})",
                "at least one, where no span is given", "Check the study area, or give the span.");
        if (_last - _first >= Array.MaxLength)
            throw new HotspotException("incidents", string.Create(CultureInfo.InvariantCulture,
                $"periods of a {_spec.Cadence} from {_spec.Cadence.StartOf(_first):yyyy-MM-dd} "
                + $"to {_spec.Cadence.StartOf(_last):yyyy-MM-dd}"),
                $"at most {Array.MaxLength} periods", "Give the span, or a longer cadence.");
        return new PeriodRange(_spec.Cadence, _first, (int)(_last - _first + 1));
    }
}
