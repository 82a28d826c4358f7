using System.Globalization;
using HotspotInference.Periods;

namespace HotspotInference.Grids;

/// <summary>
/// The months in which a source really collected: a file often begins with years of thin coverage, and ends in a month half written.
/// Immutable.
/// </summary>
/// <param name="From">First day of the span: the first of a month, or the first incident's.</param>
/// <param name="To">Last day of the span, included: the last of a month, or the last incident's, since no data is not quiet days.</param>
/// <param name="Count">Incidents in the span, left-out days included.</param>
/// <param name="Lost">Incidents before and after it.</param>
/// <param name="Busiest">The month with most incidents a day.</param>
/// <param name="Months">Every month from the first incident's to the last one's.</param>
public sealed record TimeSpanSuggestion(
    DateOnly From, DateOnly To, int Count, int Lost, MonthCount Busiest, IReadOnlyList<MonthCount> Months)
{
    /// <summary>Share of the incidents that lie outside the span, 0..1.</summary>
    public double LostShare => (double)Lost / (Count + Lost);

    // A busy day is the 95th percentile of the days; what is above three of them is nothing like the others.
    const double BusyDayShare = 0.95;
    const int MostBusyDays = 3;

    /// <summary>
    /// The longest run of months that reach a share of the busiest month's incidents a day (so that February is not thin for being short).
    /// Weaker months between two that reach it are bridged. Of runs equally long the one with more incidents, then the earlier.
    /// </summary>
    /// <remarks>
    /// A day counts at most three times the 95th percentile of the days with incidents: a few nights of fireworks would else make every
    /// other month look thin. Washington's gunfire without its fireworks (07-01..07-06, 12-29..01-02) gives 2008-03-01 .. 2016-12-31, the
    /// years after coverage had grown beyond one district.
    /// </remarks>
    /// <param name="incidents">The incidents, in any order.</param>
    /// <param name="shareOfBusiest">The share to reach, above 0 up to 1.</param>
    /// <param name="bridgedMonths">How many weaker months in a row do not end a run, at least 0: quiet winters, not years.</param>
    /// <param name="excluded">Days left out of the comparison; none by default.</param>
    /// <exception cref="HotspotException">There are no incidents, or all lie on days left out.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static TimeSpanSuggestion Find(
        IReadOnlyList<Incident> incidents, double shareOfBusiest = 0.2, int bridgedMonths = 2, ExcludedDays? excluded = null)
    {
        ArgumentNullException.ThrowIfNull(incidents);
        if (!(shareOfBusiest is > 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(shareOfBusiest), shareOfBusiest, "Expected a share above 0 up to 1.");
        ArgumentOutOfRangeException.ThrowIfNegative(bridgedMonths);
        MonthCount[] months = CountMonths(incidents, excluded ?? ExcludedDays.None);
        MonthCount busiest = months.MaxBy(month => month.PerDay);
        if (busiest.PerDay == 0)
        {
            throw new HotspotException("time span", $"all {incidents.Count} incidents on days left out", "incidents on other days",
                "Leave out fewer days.");
        }

        (int first, int last, long count) best = (0, -1, 0), run = (0, -1, 0);
        for (int month = 0; month < months.Length; month++)
        {
            if (months[month].PerDay < shareOfBusiest * busiest.PerDay)
                continue;
            bool continues = run.last >= 0 && month - run.last - 1 <= bridgedMonths;
            int first = continues ? run.first : month;
            run = (first, month, months.Skip(first).Take(month - first + 1).Sum(m => (long)m.Count));
            if ((run.last - run.first, run.count).CompareTo((best.last - best.first, best.count)) > 0)
                best = run;
        }
        DateOnly from = months[best.first].First, to = months[best.last].First.AddMonths(1).AddDays(-1);
        var firstDay = DateOnly.FromDateTime(incidents.Min(incident => incident.Time));
        var lastDay = DateOnly.FromDateTime(incidents.Max(incident => incident.Time));
        (from, to) = (from < firstDay ? firstDay : from, to > lastDay ? lastDay : to);
        int inside = incidents.Count(
            incident => DateOnly.FromDateTime(incident.Time) >= from && DateOnly.FromDateTime(incident.Time) <= to);
        return new TimeSpanSuggestion(from, to, inside, incidents.Count - inside, busiest, months);
    }

    /// <summary>For example <c>2008-03-01 .. 2016-12-31 holding 64463 incidents, 4816 (6.95%) outside</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{From:yyyy-MM-dd} .. {To:yyyy-MM-dd} holding {Count} incidents, {Lost} ({LostShare:0.##%}) outside");

    static MonthCount[] CountMonths(IReadOnlyList<Incident> incidents, ExcludedDays excluded)
    {
        if (incidents.Count == 0)
            throw new HotspotException("time span", "no incidents", "at least one", "Check the file and the filters, or give the span.");
        Dictionary<DateOnly, int> days = incidents.Select(incident => DateOnly.FromDateTime(incident.Time)).CountBy(day => day)
            .Where(pair => !excluded.Contains(pair.Key)).ToDictionary();
        int[] ascending = [.. days.Values.Order()];
        int most = ascending.Length == 0 ? 0 : MostBusyDays * ascending[(int)Math.Ceiling(BusyDayShare * ascending.Length) - 1];
        long first = incidents.Min(incident => Cadence.Month.IndexOf(incident.Time));
        long last = incidents.Max(incident => Cadence.Month.IndexOf(incident.Time));
        var months = new MonthCount[last - first + 1];
        for (int i = 0; i < months.Length; i++)
        {
            var start = DateOnly.FromDateTime(Cadence.Month.StartOf(first + i));
            DateOnly[] counted = [.. Enumerable.Range(0, DateTime.DaysInMonth(start.Year, start.Month)).Select(start.AddDays)
                .Where(day => !excluded.Contains(day))];
            months[i] = new MonthCount(start, counted.Sum(day => days.GetValueOrDefault(day)),
                counted.Length == 0 ? 0 : counted.Average(day => Math.Min(most, days.GetValueOrDefault(day))));
        }
        return months;
    }
}
