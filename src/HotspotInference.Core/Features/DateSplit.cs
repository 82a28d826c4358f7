using System.Globalization;
using HotspotInference.Periods;

namespace HotspotInference.Features;

/// <summary>
/// The spans whose periods are the targets of training, of validation and of the test, one after the other. Windows reach back only, so
/// that nothing of a later span is seen in an earlier one (see <see cref="HeatmapWindows.IsCausal"/> for the exception). Immutable.
/// </summary>
public sealed record DateSplit
{
    /// <summary>Splits by spans, which may have periods between them that none uses.</summary>
    /// <param name="train">At least one period.</param>
    /// <param name="validation">May have no periods.</param>
    /// <param name="test">At least one period.</param>
    /// <exception cref="HotspotException">
    /// The spans differ in cadence, overlap, are out of order, or hold no period where one is needed.
    /// </exception>
    public DateSplit(PeriodRange train, PeriodRange validation, PeriodRange test)
    {
        if (train.Cadence != validation.Cadence || train.Cadence != test.Cadence)
            throw Invalid($"periods of a {train.Cadence}, a {validation.Cadence} and a {test.Cadence}", "spans of one cadence");
        if (train.Count < 1 || validation.Count < 0 || test.Count < 1)
            throw Invalid(Format(train, validation, test), "at least one period to train on and one to test on");
        if (train.End > test.First || (validation.Count > 0 && (train.End > validation.First || validation.End > test.First)))
            throw Invalid(Format(train, validation, test), "training before validation before test, without overlap");
        Train = train;
        Validation = validation;
        Test = test;
    }

    /// <summary>The periods to train on.</summary>
    public PeriodRange Train { get; }

    /// <summary>The periods to choose settings and thresholds on; may be none.</summary>
    public PeriodRange Validation { get; }

    /// <summary>The periods to report figures on.</summary>
    public PeriodRange Test { get; }

    /// <summary>
    /// Trains on what is before a day and tests on the rest, without validation (the Omdena article: before 2016-07, and the second half of
    /// 2016). A week or month that contains the day belongs to the test.
    /// </summary>
    /// <exception cref="HotspotException">One part would have no period.</exception>
    public static DateSplit ByDate(PeriodRange span, DateOnly testFrom) => ByDates(span, testFrom, testFrom);

    /// <summary>
    /// Trains on what is before a day, validates on what is between two, and tests on the rest. A week or month that contains a day belongs
    /// to the later part.
    /// </summary>
    /// <exception cref="HotspotException">The days are out of order, or training or test would have no period.</exception>
    public static DateSplit ByDates(PeriodRange span, DateOnly validationFrom, DateOnly testFrom) =>
        Cut(span, IndexOf(span, validationFrom), IndexOf(span, testFrom), span.End);

    /// <summary>
    /// Gives each part a number of years, from the start of the span (the ShotSpotter report: 5, 1 and 1). The test ends early where the
    /// span does; periods after the last year are in no part.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A number of years is negative, or 0 for training or test.</exception>
    /// <exception cref="HotspotException">The span ends before the test begins.</exception>
    public static DateSplit ByYears(PeriodRange span, int train, int validation, int test)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(train, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(validation);
        ArgumentOutOfRangeException.ThrowIfLessThan(test, 1);
        var start = DateOnly.FromDateTime(span.Start);
        return Cut(span, IndexOf(span, start.AddYears(train)), IndexOf(span, start.AddYears(train + validation)),
            Math.Min(span.End, IndexOf(span, start.AddYears(train + validation + test))));
    }

    /// <summary>Gives training and validation a share of the periods, rounded to whole ones, and the rest to the test.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A share is not in 0..1, or the two are above 1.</exception>
    /// <exception cref="HotspotException">Training or test would have no period.</exception>
    public static DateSplit ByShare(PeriodRange span, double train, double validation)
    {
        if (!(train is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(train), train, "Expected a share in 0..1.");
        if (!(validation >= 0 && train + validation <= 1))
            throw new ArgumentOutOfRangeException(nameof(validation), validation,
                "Expected a share in 0..1 that leaves something to the test.");
        return Cut(span, span.First + (long)Math.Round(train * span.Count),
            span.First + (long)Math.Round((train + validation) * span.Count), span.End);
    }

    /// <summary>The three spans.</summary>
    public override string ToString() => Format(Train, Validation, Test);

    static DateSplit Cut(PeriodRange span, long validation, long test, long end)
    {
        if (!(span.First < validation && validation <= test && test < end))
            throw Invalid(string.Create(CultureInfo.InvariantCulture,
                $"validation from {span.Cadence.StartOf(validation):yyyy-MM-dd} "
                + $"and test from {span.Cadence.StartOf(test):yyyy-MM-dd} in {span}"),
                "in this order within the span, with periods before and after");
        return new DateSplit(new PeriodRange(span.Cadence, span.First, (int)(validation - span.First)),
            new PeriodRange(span.Cadence, validation, (int)(test - validation)),
            new PeriodRange(span.Cadence, test, (int)(end - test)));
    }

    static long IndexOf(PeriodRange span, DateOnly day) => span.Cadence.IndexOf(day.ToDateTime(TimeOnly.MinValue));

    static string Format(PeriodRange train, PeriodRange validation, PeriodRange test) =>
        $"train {train}; validation {validation}; test {test}";

    static HotspotException Invalid(string found, string expected) => new("split", found, expected, "Choose other dates.");
}
