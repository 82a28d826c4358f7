using System.Globalization;

namespace HotspotInference.Trends;

/// <summary>The length of a step: a calendar month or a number of days. <c>default</c> is <see cref="Month"/>. Immutable.</summary>
public readonly record struct TrendStep
{
    const int MostDays = 366;

    readonly int _days;

    TrendStep(int days) => _days = days;

    /// <summary>A calendar month. Months differ by a tenth in length; four weeks do not.</summary>
    public static TrendStep Month => default;

    /// <summary>A number of days; steps are counted back from the last day, so that the last step is whole.</summary>
    /// <param name="days">1 to 366.</param>
    /// <exception cref="HotspotException">The number is out of range.</exception>
    public static TrendStep Days(int days) => days is >= 1 and <= MostDays ? new TrendStep(days) : throw Invalid($"{days} days");

    /// <summary>Reads <c>month</c>, <c>week</c> or a number of days such as <c>28d</c>.</summary>
    /// <exception cref="HotspotException">The text is none of these.</exception>
    public static TrendStep Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string value = text.Trim().ToLowerInvariant();
        if (value is "month")
            return Month;
        if (value is "week")
            return Days(7);
        return value.EndsWith('d')
            && int.TryParse(value.AsSpan(0, value.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out int days)
            ? Days(days)
            : throw Invalid($"'{text}'");
    }

    /// <summary><c>month</c> or for example <c>28d</c>: readable by <see cref="Parse"/>.</summary>
    public override string ToString() => _days == 0 ? "month" : string.Create(CultureInfo.InvariantCulture, $"{_days}d");

    /// <summary>The whole steps within a span, in the order of time.</summary>
    /// <param name="first">The first day.</param>
    /// <param name="end">The day behind the last.</param>
    internal List<(DateOnly First, DateOnly End)> Within(DateOnly first, DateOnly end)
    {
        var steps = new List<(DateOnly, DateOnly)>();
        DateOnly to = _days == 0 ? end.AddDays(1 - end.Day) : end;
        while (to > first)
        {
            // No step begins before the calendar does.
            DateOnly from = _days == 0 ? to.AddMonths(-1) : to.DayNumber < _days ? DateOnly.MinValue : to.AddDays(-_days);
            if (from < first)
                break;
            steps.Add((from, to));
            to = from;
        }
        steps.Reverse();
        return steps;
    }

    static HotspotException Invalid(string found) =>
        new("trend step", found, $"month, week, or a number of days from 1d to {MostDays}d", "Example: 28d.");
}
