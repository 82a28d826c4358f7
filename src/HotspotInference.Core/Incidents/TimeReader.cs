using System.Security;
using CsvHelper;

namespace HotspotInference.Incidents;

/// <summary>Reads the times of the rows of one source as wall-clock times of the study area.</summary>
sealed class TimeReader(RowLayout layout, TimeZoneInfo? zone, TimeZoneInfo? sourceZone)
{
    /// <summary>Finds a time zone.</summary>
    /// <exception cref="HotspotException">There is none of that name.</exception>
    public static TimeZoneInfo FindZone(string id)
    {
        try
        {
            return TimeZoneInfo.FindSystemTimeZoneById(id);
        }
        catch (Exception failure) when (failure is TimeZoneNotFoundException or InvalidTimeZoneException or SecurityException)
        {
            throw new HotspotException("time zone", $"'{id}', which this system does not know", "an IANA id",
                "Examples: America/New_York, Europe/Berlin, Etc/UTC.", failure);
        }
    }

    /// <summary>The time of the current row, where it is one of the most common form; see <see cref="Read"/>.</summary>
    public bool TryReadFixed(CsvReader csv, out DateTime time)
    {
        time = default;
        return layout.Clock < 0 && zone is null && layout.TimePattern.TryReadFixed(csv.GetRawSpan(layout.Time), out time);
    }

    /// <summary>The time of the current row.</summary>
    /// <param name="csv">The reader, on the row.</param>
    /// <param name="time">The wall-clock time.</param>
    /// <param name="moved">Whether clocks skipped the time as written, so that it was moved forward by as much.</param>
    public TimeOutcome Read(CsvReader csv, out DateTime time, out bool moved)
    {
        moved = false;
        bool hasOffset = layout.TimePattern.HasOffset;
        TimeOutcome outcome = layout.TimePattern.Read(csv.GetSpan(layout.Time), out time, out TimeSpan offset);
        if (outcome == TimeOutcome.Read && layout.ClockPattern is { } clockPattern)
        {
            outcome = clockPattern.Read(csv.GetSpan(layout.Clock), out DateTime clock, out TimeSpan clockOffset);
            time = time.Date + clock.TimeOfDay;
            if (clockPattern.HasOffset)
                (hasOffset, offset) = (true, clockOffset);
        }
        if (outcome != TimeOutcome.Read || zone is null)
            return outcome;
        if (hasOffset)
            return ToLocal(ref time, offset);
        TimeZoneInfo written = sourceZone ?? zone;
        moved = written.IsInvalidTime(time);
        // The offset of a skipped time is the one before the change, which moves it forward by what was skipped.
        return moved || sourceZone is not null ? ToLocal(ref time, written.GetUtcOffset(time)) : TimeOutcome.Read;
    }

    TimeOutcome ToLocal(ref DateTime time, TimeSpan offset)
    {
        long ticks = time.Ticks - offset.Ticks;
        if (ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks)
            return TimeOutcome.Impossible;
        time = DateTime.SpecifyKind(
            TimeZoneInfo.ConvertTimeFromUtc(new DateTime(ticks, DateTimeKind.Utc), zone!), DateTimeKind.Unspecified);
        return TimeOutcome.Read;
    }
}
