using System.Globalization;
using HotspotInference.Periods;

namespace HotspotInference.Features;

/// <summary>Features of the whole city at the target period: the model input <c>calendar</c>.</summary>
public sealed record CalendarSpec
{
    const double DaysInYear = 365.2425;
    // Years, to tell a season from a trend; half-lives, to tell a level from one.
    const int YearsNeeded = 2, TotalsNeeded = 4;
    // Keeps the logarithm of a city's mean count finite in quiet times; in incidents a period.
    const double TotalOffset = 0.1;

    /// <summary>How the names of totals begin.</summary>
    public const string TotalPrefix = "total_";

    /// <summary>The value of a total: the logarithm of the city's mean count a period, plus a small constant.</summary>
    /// <param name="meanCount">The mean count, at least 0.</param>
    public static double TotalOf(double meanCount) => Math.Log(meanCount + TotalOffset);

    /// <summary>
    /// Feature names in order: <c>total_H</c> (log of the city's mean count a period at a half-life of H periods, plus a small
    /// constant), <c>monday</c> .. <c>sunday</c> (0 or 1), <c>year_sin_K</c> and <c>year_cos_K</c> (K-th harmonic of the day of
    /// the year), <c>hour_sin_K</c> and <c>hour_cos_K</c> (of the time of day).
    /// </summary>
    public required IReadOnlyList<string> Features { get; init; }

    /// <summary>
    /// The features that suit a cadence: totals of about a day to a year; days of the week where a period is at most a day;
    /// two harmonics of the year; three of the day where several periods make one.
    /// </summary>
    /// <param name="cadence">The length of a period.</param>
    /// <param name="learntDays">
    /// How long is learnt, in days. What changes too slowly to be told from a trend in that time is left out: totals of more than a quarter
    /// of it, and the year where it is shorter than two of them. By default nothing is.
    /// </param>
    public static CalendarSpec Default(Cadence cadence, double learntDays = double.PositiveInfinity)
    {
        IEnumerable<double> halfLives = new double[] { 1, 3, 7, 14, 28, 90, 365 }.Where(days => TotalsNeeded * days <= learntDays)
            .Select(days => Math.Round(days / cadence.Days, 3)).Where(periods => periods >= 1);
        IEnumerable<string> totals = halfLives.Select(periods => string.Create(CultureInfo.InvariantCulture, $"total_{periods}"));
        IEnumerable<string> weekdays = cadence.PeriodsPerDay > 0
            ? ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
            : [];
        IEnumerable<string> hours = cadence.IsSubDaily
            ? ["hour_sin_1", "hour_cos_1", "hour_sin_2", "hour_cos_2", "hour_sin_3", "hour_cos_3"]
            : [];
        IEnumerable<string> year = learntDays >= YearsNeeded * DaysInYear ? ["year_sin_1", "year_cos_1", "year_sin_2", "year_cos_2"] : [];
        return new CalendarSpec { Features = [.. totals, .. weekdays, .. year, .. hours] };
    }

    /// <inheritdoc/>
    public bool Equals(CalendarSpec? other) => other is not null && Features.SequenceEqual(other.Features, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => Features.Count;
}
