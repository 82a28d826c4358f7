using System.Globalization;
using HotspotInference.Cli.Verbs;
using HotspotInference.Incidents;
using HotspotInference.Rendering;

namespace HotspotInference.Cli.Map;

/// <summary>What incident files hold, as one HTML file that needs nothing else and runs no script.</summary>
static class InspectPage
{
    const int MostKinds = 20;

    /// <summary>Writes the page.</summary>
    /// <param name="report">What was found.</param>
    /// <param name="incidents">The incidents that were kept.</param>
    public static string Of(InspectReport report, IReadOnlyList<Incident> incidents)
    {
        IncidentReadReport rows = report.Rows;
        var page = new ReportHtml("Incidents");
        page.Note(string.Create(CultureInfo.InvariantCulture,
            $"{incidents.Count} incidents of {rows.RowsRead} rows; {rows.Rejected} rows rejected, "
            + $"{rows.Duplicates} duplicates, {rows.OutsideSpan} outside the span, {rows.InOtherPlaces} in other places. "
            + $"From {rows.First:yyyy-MM-dd HH:mm} to {rows.Last:yyyy-MM-dd HH:mm}."));
        if (incidents.Count > 0)
        {
            page.Section("When");
            page.Figure(Months(incidents));
            Week(page, incidents);
        }
        if (rows.Kinds.Count > 0)
        {
            page.Section("Kinds");
            page.Table(["kind", "incidents"], rows.Kinds.OrderByDescending(kind => kind.Count).Take(MostKinds)
                .Select(kind => new[] { kind.Name, Number(kind.Count) }));
        }
        if (rows.Rejections.Count > 0)
        {
            page.Section("Rejected rows");
            page.Table(["reason", "rows", "example"], rows.Rejections
                .Select(rejection => new[] { rejection.Reason.ToString(), Number(rejection.Count), rejection.Example }));
        }
        if (report.Suggestion is { } suggestion)
        {
            page.Section("What to forecast with");
            page.Note($"Area: {suggestion.Study.Area?.ToString() ?? "as given"}. Grid: {suggestion.Study.Grid}. Span: {suggestion.Span}.");
            foreach (string reason in suggestion.Study.Reasons)
                page.Note(reason);
        }
        return page.ToString();
    }

    static LineChart Months(IReadOnlyList<Incident> incidents)
    {
        ILookup<int, Incident> byMonth = incidents.ToLookup(incident => incident.Time.Year * 12 + incident.Time.Month - 1);
        int first = byMonth.Min(month => month.Key), last = byMonth.Max(month => month.Key);
        return new LineChart
        {
            Title = "Incidents a month",
            XTitle = "year",
            YTitle = "incidents",
            XFormat = "0.##",
            YFormat = "0",
            HasMarkers = last - first < 60,
            Series = [new("incidents", [.. Enumerable.Range(first, last - first + 1).Select(month => (month / 12.0,
                (double)byMonth[month].Count()))], true)],
        };
    }

    static void Week(ReportHtml page, IReadOnlyList<Incident> incidents)
    {
        // From Monday, as weeks are counted everywhere else.
        DayOfWeek[] days = [.. Enumerable.Range(1, 7).Select(day => (DayOfWeek)(day % 7))];
        var counts = new int[7, 24];
        foreach (Incident incident in incidents)
            counts[Array.IndexOf(days, incident.Time.DayOfWeek), incident.Time.Hour]++;
        double most = counts.Cast<int>().Max();
        page.Heading("By weekday and hour of the local time");
        page.Table(["", .. Enumerable.Range(0, 24).Select(hour => Number(hour)), "all"], days.Select((day, row) => (string[])
        [
            day.ToString(), .. Enumerable.Range(0, 24).Select(hour => Number(counts[row, hour])),
            Number(Enumerable.Range(0, 24).Sum(hour => counts[row, hour])),
        ]), (row, column) => column is >= 1 and <= 24 ? 0.7 * counts[row, column - 1] / most : 0);
        page.Note("An hour that stands out alone, midnight above all, can be that of reports without a time of day.");
    }

    static string Number(long count) => count.ToString(CultureInfo.InvariantCulture);
}
