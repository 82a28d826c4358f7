using System.Globalization;

namespace HotspotInference.Periods;

/// <summary>
/// Days of every year that are left out of training targets, of history and of scoring: fireworks around the 4th of July
/// and New Year, say. Recurring, both ends included, and a span may run over the end of the year. Immutable.
/// </summary>
public sealed class ExcludedDays : IEquatable<ExcludedDays>
{
    // One flag for every day of a leap year: the same day of the year whatever the year.
    readonly bool[] _days = new bool[366];
    readonly string _text;

    ExcludedDays(string text) => _text = text;

    /// <summary>No day is left out.</summary>
    public static ExcludedDays None { get; } = new("");

    /// <summary>Whether no day is left out.</summary>
    public bool IsEmpty => _text.Length == 0;

    /// <summary>Reads spans like <c>07-01..07-06,12-29..01-02</c> or single days like <c>12-25</c>; empty text means none.</summary>
    /// <exception cref="HotspotException">A span is not of that form.</exception>
    public static ExcludedDays Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return None;
        string[] spans = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var excluded = new ExcludedDays(string.Join(',', spans));
        foreach (string span in spans)
        {
            int dots = span.IndexOf("..", StringComparison.Ordinal);
            int first = DayOfLeapYear(dots < 0 ? span : span[..dots], span);
            int last = DayOfLeapYear(dots < 0 ? span : span[(dots + 2)..], span);
            for (int day = first; ; day = (day + 1) % 366)
            {
                excluded._days[day] = true;
                if (day == last)
                    break;
            }
        }
        return excluded;
    }

    /// <summary>Whether a day is left out.</summary>
    public bool Contains(DateOnly day) => _days[new DateOnly(2000, day.Month, day.Day).DayOfYear - 1];

    /// <summary>
    /// Whether a period is left out: one within a day when its day is, a longer one when at least half of its days are.
    /// </summary>
    /// <param name="cadence">The length of the period.</param>
    /// <param name="index">The number of the period.</param>
    public bool Contains(Cadence cadence, long index)
    {
        if (IsEmpty)
            return false;
        var first = DateOnly.FromDateTime(cadence.StartOf(index));
        if (cadence.PeriodsPerDay > 0)
            return Contains(first);
        var end = DateOnly.FromDateTime(cadence.StartOf(index + 1));
        int days = end.DayNumber - first.DayNumber, left = 0;
        for (int i = 0; i < days; i++)
            left += Contains(first.AddDays(i)) ? 1 : 0;
        return 2 * left >= days;
    }

    /// <inheritdoc/>
    public bool Equals(ExcludedDays? other) => other is not null && _days.AsSpan().SequenceEqual(other._days);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ExcludedDays);

    /// <inheritdoc/>
    public override int GetHashCode() => _days.Count(day => day);

    /// <summary>The spans, readable by <see cref="Parse"/>.</summary>
    public override string ToString() => _text;

    static int DayOfLeapYear(string day, string span) =>
        // The year 2000 in front makes 02-29 a valid day.
        DateOnly.TryParseExact("2000-" + day.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date)
            ? date.DayOfYear - 1
            : throw new HotspotException("excluded days", $"'{span}'", "MM-dd or MM-dd..MM-dd, several joined by commas",
                "Example: 07-01..07-06,12-29..01-02.");
}
