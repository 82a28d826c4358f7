using System.Globalization;

namespace HotspotInference.Periods;

/// <summary>A run of consecutive periods of one cadence. Immutable, compared by value; may be empty.</summary>
/// <param name="Cadence">The length of each period.</param>
/// <param name="First">The number of the first period (<see cref="Periods.Cadence.IndexOf"/>).</param>
/// <param name="Count">How many periods, at least 0.</param>
public readonly record struct PeriodRange(Cadence Cadence, long First, int Count)
{
    /// <summary>The number just behind the last period.</summary>
    public long End => First + Count;

    /// <summary>Wall-clock start of the first period.</summary>
    public DateTime Start => Cadence.StartOf(First);

    /// <summary>Wall-clock end (exclusive) of the last period.</summary>
    public DateTime EndTime => Cadence.StartOf(End);

    /// <summary>
    /// The periods that begin on or after <paramref name="from"/>'s period, up to and including the one that contains the last instant of
    /// <paramref name="to"/>.
    /// </summary>
    /// <param name="cadence">The length of each period.</param>
    /// <param name="from">The first day.</param>
    /// <param name="to">The last day, included.</param>
    /// <exception cref="HotspotException"><paramref name="to"/> is before <paramref name="from"/>.</exception>
    public static PeriodRange Days(Cadence cadence, DateOnly from, DateOnly to)
    {
        if (to < from)
            throw new HotspotException("span", string.Create(CultureInfo.InvariantCulture, $"{from:yyyy-MM-dd} to {to:yyyy-MM-dd}"),
                "a last day on or after the first", "Swap the two dates.");
        long first = cadence.IndexOf(from.ToDateTime(TimeOnly.MinValue));
        long last = cadence.IndexOf(to.ToDateTime(TimeOnly.MaxValue));
        return new PeriodRange(cadence, first, checked((int)(last - first + 1)));
    }

    /// <summary>Whether a period number lies in the range.</summary>
    public bool Contains(long index) => index >= First && index < End;

    /// <summary>For example <c>2016-01-01 .. 2016-12-28 (363 periods of a day)</c>.</summary>
    public override string ToString() => Count == 0
        ? "no periods"
        : string.Create(CultureInfo.InvariantCulture,
            $"{Start:yyyy-MM-dd} .. {EndTime.AddTicks(-1):yyyy-MM-dd} ({Count} periods of a {Cadence})");
}
