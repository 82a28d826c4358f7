using System.Globalization;
using HotspotInference.Periods;

namespace HotspotInference.Heatmaps;

/// <summary>
/// Spans of days, both ends included, in which reporting was down: their periods have no data, as opposed to no incidents.
/// Immutable, compared by the days they cover.
/// </summary>
public sealed class DeclaredGaps : IEquatable<DeclaredGaps>
{
    // In order of time and apart from each other, so that equal sets of days are equal lists.
    readonly (DateOnly First, DateOnly Last)[] _spans;

    /// <summary>Declares spans in any order; those that overlap or touch become one.</summary>
    /// <exception cref="HotspotException">A span ends before it begins.</exception>
    public DeclaredGaps(IEnumerable<(DateOnly First, DateOnly Last)> spans)
    {
        ArgumentNullException.ThrowIfNull(spans);
        var merged = new List<(DateOnly First, DateOnly Last)>();
        foreach ((DateOnly first, DateOnly last) in spans.Order())
        {
            if (last < first)
                throw Invalid(Format((first, last)), "a last day on or after the first");
            if (merged.Count > 0 && first.DayNumber <= merged[^1].Last.DayNumber + 1)
                merged[^1] = (merged[^1].First, last > merged[^1].Last ? last : merged[^1].Last);
            else
                merged.Add((first, last));
        }
        _spans = [.. merged];
    }

    DeclaredGaps() => _spans = [];

    /// <summary>No gap.</summary>
    public static DeclaredGaps None { get; } = new();

    /// <summary>The spans in order of time, merged.</summary>
    public IReadOnlyList<(DateOnly First, DateOnly Last)> Spans => _spans;

    /// <summary>Whether there is no gap.</summary>
    public bool IsEmpty => _spans.Length == 0;

    /// <summary>Reads spans like <c>2006-11-21..2006-12-21,2013-06-01</c>; empty text means none.</summary>
    /// <exception cref="HotspotException">A span is not of that form, or ends before it begins.</exception>
    public static DeclaredGaps Parse(string? text)
    {
        string[] spans = (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return spans.Length == 0 ? None : new DeclaredGaps(spans.Select(ParseSpan));
    }

    /// <summary>Whether a day lies in a gap.</summary>
    public bool Contains(DateOnly day) => DaysCovered(day.DayNumber, day.DayNumber + 1) > 0;

    /// <summary>
    /// Whether a period lies in the gaps: one within a day when its day does, a longer one when at least half of its days do (the
    /// rule of <see cref="ExcludedDays"/>). A longer period that is covered less keeps its count, which is then too low.
    /// </summary>
    /// <param name="cadence">The length of the period.</param>
    /// <param name="index">The number of the period.</param>
    public bool Contains(Cadence cadence, long index)
    {
        if (IsEmpty)
            return false;
        int first = DateOnly.FromDateTime(cadence.StartOf(index)).DayNumber;
        int end = cadence.PeriodsPerDay > 0 ? first + 1 : DateOnly.FromDateTime(cadence.StartOf(index + 1)).DayNumber;
        return 2 * DaysCovered(first, end) >= end - first;
    }

    /// <inheritdoc/>
    public bool Equals(DeclaredGaps? other) => other is not null && _spans.AsSpan().SequenceEqual(other._spans);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DeclaredGaps);

    /// <inheritdoc/>
    public override int GetHashCode() => _spans.Aggregate(0, HashCode.Combine);

    /// <summary>The spans, readable by <see cref="Parse"/>.</summary>
    public override string ToString() => string.Join(',', _spans.Select(Format));

    int DaysCovered(int first, int end)
    {
        int days = 0;
        foreach ((DateOnly from, DateOnly to) in _spans)
            days += Math.Max(0, Math.Min(end, to.DayNumber + 1) - Math.Max(first, from.DayNumber));
        return days;
    }

    static string Format((DateOnly First, DateOnly Last) span) =>
        string.Create(CultureInfo.InvariantCulture, $"{span.First:yyyy-MM-dd}..{span.Last:yyyy-MM-dd}");

    static (DateOnly First, DateOnly Last) ParseSpan(string span)
    {
        int dots = span.IndexOf("..", StringComparison.Ordinal);
        return (ParseDay(dots < 0 ? span : span[..dots], span), ParseDay(dots < 0 ? span : span[(dots + 2)..], span));
    }

    static DateOnly ParseDay(string day, string span) =>
        DateOnly.TryParseExact(day.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date)
            ? date
            : throw Invalid($"'{span}'", "yyyy-MM-dd or yyyy-MM-dd..yyyy-MM-dd, several joined by commas");

    static HotspotException Invalid(string found, string expected) => new("gaps", found, expected, "Example: 2006-11-21..2006-12-21.");
}
