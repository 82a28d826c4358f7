using System.Globalization;

namespace HotspotInference.Periods;

/// <summary>
/// The length of one period, and the calendar that cuts wall-clock time into periods: a duration that divides a day, a
/// day (from local midnight), a week (from Monday) or a month. Every period has a number that counts from the year 1, so
/// that two series of one cadence share their numbering. <c>default</c> is <see cref="Day"/>. Immutable.
/// </summary>
/// <remarks>
/// Periods are cut in wall-clock time. When clocks go forward the skipped hour is a period without incidents; when they go back the
/// repeated hour's incidents fall into the one period of that name. Days, weeks and months are not affected.
/// </remarks>
public readonly record struct Cadence
{
    enum Unit : byte { Day, Week, Month, Minutes }

    readonly Unit _unit;
    readonly short _minutes;

    Cadence(Unit unit, short minutes = 0)
    {
        _unit = unit;
        _minutes = minutes;
    }

    /// <summary>One hour.</summary>
    public static Cadence Hour => new(Unit.Minutes, 60);

    /// <summary>One day from midnight.</summary>
    public static Cadence Day => default;

    /// <summary>One week from Monday.</summary>
    public static Cadence Week => new(Unit.Week);

    /// <summary>One calendar month.</summary>
    public static Cadence Month => new(Unit.Month);

    /// <summary>Whether several periods make a day, so that the time of day matters.</summary>
    public bool IsSubDaily => _unit == Unit.Minutes;

    /// <summary>Periods in a day: 24 for an hour, 1 for a day, 0 for longer cadences.</summary>
    public int PeriodsPerDay => _unit switch { Unit.Minutes => 1440 / _minutes, Unit.Day => 1, _ => 0 };

    /// <summary>Mean length of a period in days: 1/24 for an hour, 7 for a week, 30.436875 for a month.</summary>
    public double Days => _unit switch { Unit.Minutes => _minutes / 1440.0, Unit.Day => 1, Unit.Week => 7, _ => 365.2425 / 12 };

    /// <summary>A cadence of whole minutes that divides a day, or of one or seven days.</summary>
    /// <exception cref="HotspotException">The duration does not divide a day into whole-minute periods.</exception>
    public static Cadence Every(TimeSpan duration) =>
        Of(duration) ?? throw Invalid(duration.ToString("c", CultureInfo.InvariantCulture));

    /// <summary>Reads <c>day</c>, <c>week</c>, <c>month</c>, <c>hour</c>, <c>6h</c>, <c>15min</c> and the like.</summary>
    /// <exception cref="HotspotException">The text is no cadence.</exception>
    public static Cadence Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string value = text.Trim().ToLowerInvariant();
        switch (value)
        {
            case "day": return Day;
            case "week": return Week;
            case "month": return Month;
            case "hour": return Hour;
        }
        int unit = value.EndsWith("min", StringComparison.Ordinal) ? 3 : value.EndsWith('h') || value.EndsWith('d') ? 1 : 0;
        if (unit == 0
            || !int.TryParse(value.AsSpan(0, value.Length - unit), NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            || count > 1440)
            throw Invalid(text);
        return Of(value[^1] switch { 'h' => TimeSpan.FromHours(count), 'd' => TimeSpan.FromDays(count), _ => TimeSpan.FromMinutes(count) })
            ?? throw Invalid(text);
    }

    /// <summary>The number of the period that contains a wall-clock time.</summary>
    public long IndexOf(DateTime time) => _unit switch
    {
        Unit.Minutes => time.Ticks / (_minutes * TimeSpan.TicksPerMinute),
        Unit.Day => time.Ticks / TimeSpan.TicksPerDay,
        // 0001-01-01 is a Monday.
        Unit.Week => time.Ticks / (7 * TimeSpan.TicksPerDay),
        _ => time.Year * 12L + time.Month - 13,
    };

    /// <summary>The wall-clock start of a period.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is outside the years 1 to 9999.</exception>
    public DateTime StartOf(long index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(index, IndexOf(DateTime.MaxValue));
        return _unit switch
        {
            Unit.Minutes => new DateTime(index * _minutes * TimeSpan.TicksPerMinute),
            Unit.Day => new DateTime(index * TimeSpan.TicksPerDay),
            Unit.Week => new DateTime(index * 7 * TimeSpan.TicksPerDay),
            _ => new DateTime((int)Math.DivRem(index, 12, out long month) + 1, (int)month + 1, 1),
        };
    }

    /// <summary><c>day</c>, <c>week</c>, <c>month</c>, <c>hour</c>, <c>6h</c>, <c>15min</c>: readable by <see cref="Parse"/>.</summary>
    public override string ToString() => _unit switch
    {
        Unit.Day => "day",
        Unit.Week => "week",
        Unit.Month => "month",
        _ when _minutes == 60 => "hour",
        _ when _minutes % 60 == 0 => string.Create(CultureInfo.InvariantCulture, $"{_minutes / 60}h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{_minutes}min"),
    };

    static Cadence? Of(TimeSpan duration)
    {
        if (duration == TimeSpan.FromDays(1))
            return Day;
        if (duration == TimeSpan.FromDays(7))
            return Week;
        return duration >= TimeSpan.FromMinutes(1) && duration < TimeSpan.FromDays(1)
            && duration.Ticks % TimeSpan.TicksPerMinute == 0 && TimeSpan.TicksPerDay % duration.Ticks == 0
            ? new Cadence(Unit.Minutes, (short)(duration.Ticks / TimeSpan.TicksPerMinute))
            : null;
    }

    static HotspotException Invalid(string found) => new("cadence", $"'{found}'",
        "day, week, month, or a duration of whole minutes that divides a day (hour, 6h, 15min)", "Choose one of these.");
}
