using System.Globalization;
using HotspotInference.Periods;

namespace HotspotInference.Features;

/// <summary>Numbers for periods, the same in every cell: weather, holidays. Immutable.</summary>
public sealed class ExternalPeriods
{
    static readonly string[] s_times =
    [
        "yyyy-MM-dd", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM",
    ];

    readonly Dictionary<DateTime, double[]> _rows;
    readonly bool _isDaily;

    /// <summary>A table in memory.</summary>
    /// <param name="names">The names of the features, each once.</param>
    /// <param name="rows">
    /// For the wall-clock start of each period one number a feature. Where all are midnights, a row holds for every period of its day where
    /// periods are shorter.
    /// </param>
    /// <exception cref="ArgumentException">A row has not one number a feature, or a name is empty or there twice.</exception>
    public ExternalPeriods(IReadOnlyList<string> names, IReadOnlyDictionary<DateTime, double[]> rows)
        : this(names, new Dictionary<DateTime, double[]>(rows ?? throw new ArgumentNullException(nameof(rows))),
            "external features of periods")
    {
        ExternalFeatures.CheckNames(names, nameof(names));
        foreach ((DateTime start, double[] row) in rows)
        {
            if (row.Length != names.Count || !row.All(double.IsFinite))
                throw new ArgumentException($"The row of {start:O} is not one finite number a feature ({names.Count}).", nameof(rows));
        }
    }

    ExternalPeriods(IReadOnlyList<string> names, Dictionary<DateTime, double[]> rows, string subject)
    {
        Names = [.. names];
        Subject = subject;
        _rows = rows;
        _isDaily = rows.Keys.All(start => start.TimeOfDay == TimeSpan.Zero);
    }

    /// <summary>The names of the features, in the order of the columns.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>What messages call it.</summary>
    internal string Subject { get; }

    /// <summary>
    /// Reads a CSV file: a column <c>date</c>, <c>day</c>, <c>period</c>, <c>time</c>, <c>timestamp</c>, <c>datetime</c> or <c>start</c>
    /// with
    /// the wall-clock start of each period (<c>2016-07-15</c>, <c>2016-07-15 06:00</c>, <c>2016-07</c>), and numbers in all other columns.
    /// </summary>
    /// <param name="path">The file, plain or gzip-compressed.</param>
    /// <exception cref="HotspotException">
    /// The file cannot be read or has no such column, a field is no number, or two rows are for one period.
    /// </exception>
    public static ExternalPeriods Load(string path)
    {
        using ExternalTable table = ExternalTable.Open(path);
        return Read(table);
    }

    /// <summary>Reads the same from a stream, which stays open.</summary>
    /// <param name="stream">CSV, plain or gzip-compressed.</param>
    /// <param name="name">What errors call it.</param>
    /// <exception cref="HotspotException">As for <see cref="Load"/>.</exception>
    public static ExternalPeriods Read(Stream stream, string name)
    {
        using ExternalTable table = ExternalTable.Open(stream, name);
        return Read(table);
    }

    static ExternalPeriods Read(ExternalTable table)
    {
        int time = table.Find("date", "day", "period", "time", "timestamp", "datetime", "start", "periodstart");
        if (time < 0)
            throw new HotspotException(table.Name, $"the header {table.HeaderText}", "a column 'date' with the start of each period",
                "Name the column with the dates 'date'.");
        string[] names = table.Features(time);
        var rows = new Dictionary<DateTime, double[]>();
        while (table.Next())
        {
            if (!DateTime.TryParseExact(table.Text(time), s_times, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime start))
                throw table.Invalid(time, "a date such as 2016-07-15 or 2016-07-15 06:00");
            if (!rows.TryAdd(start, table.Numbers()))
                throw new HotspotException(table.Line, $"'{table.Text(time)}' a second time", "one row a period", "Leave one of them out.");
        }
        return new ExternalPeriods(names, rows, table.Name);
    }

    /// <summary>Refuses rows that begin no period: a day's weather is not its week's.</summary>
    /// <exception cref="HotspotException">A row's time is not the start of a period.</exception>
    internal void Check(Cadence cadence)
    {
        foreach (DateTime start in _rows.Keys)
        {
            if (cadence.StartOf(cadence.IndexOf(start)) != start)
                throw new HotspotException(Subject, $"a row for {Text(start)}",
                    $"the start of a {cadence}, such as {Text(cadence.StartOf(cadence.IndexOf(start) + 1))}",
                    $"Put the values of each {cadence} together in one row, as their mean or sum.");
        }
    }

    /// <summary>The row of a period; null for none.</summary>
    internal double[]? Row(Cadence cadence, long period)
    {
        DateTime start = cadence.StartOf(period);
        return _rows.GetValueOrDefault(_isDaily && cadence.IsSubDaily ? start.Date : start);
    }

    internal static string Text(DateTime time) =>
        time.ToString(time.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
