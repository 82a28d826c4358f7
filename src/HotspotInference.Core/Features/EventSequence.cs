using HotspotInference.Grids;
using HotspotInference.Heatmaps;

namespace HotspotInference.Features;

/// <summary>
/// A city's incidents one after another: those in the grid, of the kinds encoded and on days that count. Their order is that of time, and
/// among equal times of place, whatever the order in which they were read. Immutable, safe to share between threads.
/// </summary>
public sealed class EventSequence
{
    readonly DateTime[] _times;
    readonly int[] _cells;
    readonly double[] _metersFromPrevious;

    EventSequence(Incident[] incidents, HeatmapSpec spec)
    {
        Spec = spec;
        _times = Array.ConvertAll(incidents, incident => incident.Time);
        _cells = Array.ConvertAll(incidents, incident => spec.Grid.CellOf(incident.Latitude, incident.Longitude));
        _metersFromPrevious = new double[incidents.Length];
        for (int i = 1; i < incidents.Length; i++)
            _metersFromPrevious[i] = GeoCircle.DistanceMeters(incidents[i - 1].Latitude, incidents[i - 1].Longitude,
                incidents[i].Latitude, incidents[i].Longitude);
    }

    /// <summary>Where they lie, and which count.</summary>
    public HeatmapSpec Spec { get; }

    /// <summary>How many there are.</summary>
    public int Count => _times.Length;

    /// <summary>Puts incidents in order.</summary>
    /// <param name="incidents">
    /// The incidents, in any order; those outside the grid, of other kinds or on days left out are passed over.
    /// </param>
    /// <param name="spec">The grid, the kinds and the days left out.</param>
    /// <param name="from">The day on which history begins: earlier incidents are passed over; null for no limit.</param>
    public static EventSequence Of(IEnumerable<Incident> incidents, HeatmapSpec spec, DateOnly? from = null)
    {
        ArgumentNullException.ThrowIfNull(incidents);
        ArgumentNullException.ThrowIfNull(spec);
        DateTime start = (from ?? DateOnly.MinValue).ToDateTime(TimeOnly.MinValue);
        var classes = new int[spec.Kinds.Classes.Count];
        return new EventSequence([.. incidents.Where(Counts)
            .OrderBy(incident => incident.Time).ThenBy(incident => incident.Latitude).ThenBy(incident => incident.Longitude)], spec);

        bool Counts(Incident incident) => incident.Time >= start && spec.Grid.CellOf(incident.Latitude, incident.Longitude) >= 0
            && spec.Kinds.Encode(incident.Kinds, classes) > 0 && !spec.IsExcluded(spec.Cadence.IndexOf(incident.Time));
    }

    /// <summary>When an incident was, wall-clock.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such incident.</exception>
    public DateTime TimeOf(int index) => _times[Checked(index)];

    /// <summary>The cell of an incident, <c>row x columns + column</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such incident.</exception>
    public int CellOf(int index) => _cells[Checked(index)];

    /// <summary>The incidents strictly before a moment.</summary>
    public PastEvents Before(DateTime moment)
    {
        int low = 0, high = Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = _times[middle] < moment ? (middle + 1, high) : (low, middle);
        }
        return new PastEvents(this, low);
    }

    internal void CopyFeatures(int end, EventSpec spec, Span<float> features)
    {
        int columns = Spec.Grid.Columns;
        for (int step = 0; step < spec.Steps; step++)
        {
            int i = end - spec.Steps + step;
            Span<float> one = features.Slice(step * spec.Features.Count, spec.Features.Count);
            one[0] = _cells[i] / columns;
            one[1] = _cells[i] % columns;
            one[2] = (float)(_times[i] - _times[i - 1]).TotalHours;
            one[3] = (float)_metersFromPrevious[i];
        }
    }

    int Checked(int index) => index >= 0 && index < Count ? index
        : throw new ArgumentOutOfRangeException(nameof(index), index, $"Expected 0 to {Count - 1}.");
}
