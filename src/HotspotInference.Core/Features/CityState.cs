using System.Globalization;
using HotspotInference.Heatmaps;
using HotspotInference.Periods;

namespace HotspotInference.Features;

/// <summary>
/// What a city needs to forecast its next period: its last maps, the running rates of its cells and its recent totals. Small,
/// updated in place by one new period at a time, never by a pass over the past, and it cannot hold the period that is to be forecast.
/// Not thread-safe: one city, one owner. Many cities share one predictor.
/// </summary>
public sealed partial class CityState
{
    readonly HistoryRates? _history;
    readonly CalendarFeatures? _calendar;
    readonly RecentMaps? _maps;

    /// <summary>An empty state.</summary>
    /// <param name="heatmaps">How the maps are made.</param>
    /// <param name="features">What is to be kept.</param>
    /// <param name="firstPeriod">The number of the first period that it will be told of.</param>
    /// <exception cref="HotspotException">The features do not fit the maps, or a lag, half-life or width is out of range.</exception>
    public CityState(HeatmapSpec heatmaps, FeatureSpec features, long firstPeriod)
    {
        ArgumentNullException.ThrowIfNull(heatmaps);
        ArgumentNullException.ThrowIfNull(features);
        FeatureSpecValidation.Validate(features);
        Heatmaps = heatmaps;
        Features = features;
        FirstPeriod = NextPeriod = firstPeriod;
        _history = features.History is { } history ? new HistoryRates(history, heatmaps) : null;
        _calendar = features.Calendar is { } calendar ? new CalendarFeatures(calendar, heatmaps) : null;
        _maps = features.Maps is { } maps ? new RecentMaps(maps, heatmaps) : null;
    }

    /// <summary>How the maps are made.</summary>
    public HeatmapSpec Heatmaps { get; }

    /// <summary>What is kept.</summary>
    public FeatureSpec Features { get; }

    /// <summary>The number of the first period that it was told of.</summary>
    public long FirstPeriod { get; }

    /// <summary>The number of the first period that it does not know: the one that is forecast at horizon 1.</summary>
    public long NextPeriod { get; private set; }

    /// <summary>Wall-clock start of <see cref="NextPeriod"/>: everything before is known, nothing from here on.</summary>
    public DateTime KnownUntil => Heatmaps.Cadence.StartOf(NextPeriod);

    /// <summary>Tells the city of one more period.</summary>
    /// <param name="series">
    /// Heat maps made as <see cref="Heatmaps"/> says. Missing maps are made up from what the state knows, unless the series was filled:
    /// then they are taken as they are, with whatever of the future a filling that is not causal has put into them.
    /// </param>
    /// <param name="position">The position in the series; it must be that of <see cref="NextPeriod"/>.</param>
    /// <exception cref="ArgumentException">The series was made in another way, or the period is not the next one.</exception>
    public void Append(HeatmapSeries series, int position)
    {
        ArgumentNullException.ThrowIfNull(series);
        if (!series.Spec.Equals(Heatmaps))
            throw new ArgumentException("The heat maps were made in another way than the state's.", nameof(series));
        if (series.Periods.First + position != NextPeriod)
            throw new ArgumentException(
                $"The period at {position} is number {series.Periods.First + position}; expected {NextPeriod}, the next of the state.",
                nameof(position));
        AppendPeriod(series.Entries(position), series.IsMissing(position), series.IsFilled);
    }

    /// <summary>Tells the city of new incidents and of all periods up to and including a day.</summary>
    /// <param name="incidents">The incidents since <see cref="KnownUntil"/>, in any order.</param>
    /// <param name="through">
    /// The last day that is known in full. Days without incidents up to here are taken as quiet, or as missing where
    /// <see cref="HeatmapSpec.MissingPeriods"/> says so.
    /// </param>
    /// <returns>
    /// How many incidents were placed, and why others were not: outside the area, before or after the new periods, of other kinds.
    /// </returns>
    /// <exception cref="HotspotException">The day is known already, or does not end a period.</exception>
    public PlacementReport Append(IEnumerable<Incident> incidents, DateOnly through)
    {
        ArgumentNullException.ThrowIfNull(incidents);
        PeriodRange periods = NewPeriods(through);
        var builder = new HeatmapBuilder(Heatmaps, periods, incidents);
        builder.AddRange(incidents);
        HeatmapSeries series = builder.Build();
        for (int i = 0; i < periods.Count; i++)
            AppendPeriod(series.Entries(i), series.IsMissing(i), isFilled: false);
        return builder.Report;
    }

    /// <summary>Writes the maps before a period, for the model input <c>maps</c>.</summary>
    /// <param name="horizon">How many periods ahead the target lies, at least 1; every lag must be at least this.</param>
    /// <param name="maps">Receives <c>[time, channel, row, column]</c>.</param>
    /// <exception cref="InvalidOperationException">The state keeps no maps.</exception>
    /// <exception cref="ArgumentException"><paramref name="maps"/> has another length.</exception>
    /// <exception cref="HotspotException">The window reaches past the last known period, or before the first.</exception>
    public void CopyMaps(int horizon, Span<float> maps)
    {
        RecentMaps recent = _maps ?? throw NotKept("maps");
        // Earlier targets' windows are overwritten.
        ArgumentOutOfRangeException.ThrowIfLessThan(horizon, 1);
        CheckLength(maps.Length, recent.Spec.Lags.Count * recent.Spec.Channels.Count * Heatmaps.Grid.CellCount,
            "lags x channels x rows x columns", nameof(maps));
        long target = NextPeriod + horizon - 1;
        CheckWindow(recent, target);
        recent.CopyTo(target, maps);
    }

    void CheckWindow(RecentMaps recent, long target)
    {
        foreach (int lag in recent.Spec.Lags)
        {
            if (target - lag >= NextPeriod)
                throw new HotspotException("window",
                    $"the map of {Time(target - lag)}, past the last known period, which ends at {Time(NextPeriod)}",
                    $"a target no more than {recent.Spec.Lags.Min()} periods ahead",
                        "Append the periods up to the target, or ask for a nearer one.");
            if (target - lag < FirstPeriod)
                throw new HotspotException("window",
                    $"the map of {Time(target - lag)}, before the first known period, {Time(FirstPeriod)}",
                    $"at least {recent.Spec.Lags.Max()} known periods before the target", "Give incidents from an earlier date on.");
        }

        string Time(long period) => Heatmaps.Cadence.StartOf(period).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
    }

    /// <summary>Writes the running rates, for the model input <c>history</c>.</summary>
    /// <param name="horizon">How many periods ahead the target lies, at least 1: rates of a phase are those of the target's.</param>
    /// <param name="history">Receives <c>[feature, row, column]</c>, counts a period.</param>
    /// <exception cref="InvalidOperationException">The state keeps no rates.</exception>
    /// <exception cref="ArgumentException"><paramref name="history"/> has another length.</exception>
    public void CopyHistory(int horizon, Span<float> history)
    {
        HistoryRates rates = _history ?? throw NotKept("history");
        ArgumentOutOfRangeException.ThrowIfLessThan(horizon, 1);
        CheckLength(history.Length, Features.History!.FeatureCount * Heatmaps.Grid.CellCount, "features x rows x columns", nameof(history));
        rates.CopyTo(NextPeriod + horizon - 1, history);
    }

    /// <summary>Writes the features of the whole city, for the model input <c>calendar</c>.</summary>
    /// <param name="horizon">How many periods ahead the target lies, at least 1.</param>
    /// <param name="calendar">Receives <c>[feature]</c>.</param>
    /// <exception cref="InvalidOperationException">The state keeps no calendar features.</exception>
    /// <exception cref="ArgumentException"><paramref name="calendar"/> has another length.</exception>
    public void CopyCalendar(int horizon, Span<float> calendar)
    {
        CalendarFeatures features = _calendar ?? throw NotKept("calendar");
        ArgumentOutOfRangeException.ThrowIfLessThan(horizon, 1);
        CheckLength(calendar.Length, Features.Calendar!.Features.Count, "features", nameof(calendar));
        features.CopyTo(NextPeriod + horizon - 1, calendar);
    }

    void AppendPeriod(ReadOnlySpan<HeatmapEntry> entries, bool isMissing, bool isFilled)
    {
        if (isMissing && !isFilled)
            _maps?.AppendMissing(NextPeriod);
        else
            _maps?.Append(NextPeriod, entries, isReal: !isMissing);
        // A period without data, or with data that is not to be learnt from, leaves no trace in rates and totals.
        if (!isMissing && !Heatmaps.ExcludedDays.Contains(Heatmaps.Cadence, NextPeriod))
        {
            _history?.Append(NextPeriod, entries);
            _calendar?.Append(entries);
        }
        NextPeriod++;
    }

    PeriodRange NewPeriods(DateOnly through)
    {
        DateTime end = through.AddDays(1).ToDateTime(TimeOnly.MinValue);
        long next = Heatmaps.Cadence.IndexOf(end);
        if (end <= KnownUntil)
            throw Invalid($"a day on or after {Day(KnownUntil)}, the first that is not known",
                "Append each period once; late reports of known periods cannot be added.");
        if (Heatmaps.Cadence.StartOf(next) != end)
            throw Invalid($"the last day of a {Heatmaps.Cadence}, such as {Day(Heatmaps.Cadence.StartOf(next + 1).AddDays(-1))}",
                "Append whole periods only.");
        return new PeriodRange(Heatmaps.Cadence, NextPeriod, checked((int)(next - NextPeriod)));

        HotspotException Invalid(string expected, string remedy) =>
            new("through", through.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), expected, remedy);

        static string Day(DateTime time) => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    static void CheckLength(int length, int expected, string sizes, string parameter)
    {
        if (length != expected)
            throw new ArgumentException($"The span has {length} elements; expected {sizes} = {expected}.", parameter);
    }

    static InvalidOperationException NotKept(string what) => new($"The state keeps no {what}: its FeatureSpec does not ask for it.");
}
