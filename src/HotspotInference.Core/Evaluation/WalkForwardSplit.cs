using System.Globalization;
using HotspotInference.Periods;

namespace HotspotInference.Evaluation;

/// <summary>One split of a walk-forward validation. Immutable.</summary>
/// <param name="Known">What is known before the block; nothing before it is looked at.</param>
/// <param name="Training">The part of it that is learnt; the periods before are history only.</param>
/// <param name="Test">The block that is forecast, directly behind.</param>
public sealed record WalkForwardSplit(PeriodRange Known, PeriodRange Training, PeriodRange Test)
{
    /// <summary>The splits that options make of a series, in the order of time.</summary>
    /// <param name="series">The periods of the series.</param>
    /// <param name="options">How to split.</param>
    /// <exception cref="HotspotException">The series is too short, or a block shorter than the longest horizon.</exception>
    public static IReadOnlyList<WalkForwardSplit> Of(PeriodRange series, WalkForwardOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        int test = options.TestPeriods ?? series.Count / (options.Splits + 1);
        long before = series.Count - (long)test * options.Splits;
        long rolling = options.TrainingPeriods ?? before;
        if (test < 1 || before < 1 || (options.Window == WalkForwardWindow.Rolling && rolling > before))
            throw new HotspotException("walk-forward validation", string.Create(CultureInfo.InvariantCulture,
                    $"{series}, of which {options.Splits} test blocks of {test} leave {before}"),
                options.Window == WalkForwardWindow.Rolling ? $"at least the window's {rolling} before the first block"
                    : "periods before the first block",
                "Take fewer splits, shorter blocks or a shorter window, or give incidents of a longer time.");
        int longest = options.Horizons.DefaultIfEmpty(1).Max();
        if (longest > test)
            throw new HotspotException("horizon", $"{longest} periods", $"at most a test block's {test}",
                "Take a shorter horizon or longer blocks.");
        long window = options.Window == WalkForwardWindow.Rolling ? rolling : int.MaxValue;
        return [.. Enumerable.Range(0, options.Splits).Select(split =>
            Before(series.First + before + (long)split * test, test, window, series, options))];
    }

    /// <summary>The split whose block begins at a period.</summary>
    internal static WalkForwardSplit Before(long first, int test, long window, PeriodRange series, WalkForwardOptions options)
    {
        long from = Math.Max(series.First, first - window);
        var known = series with { First = from, Count = (int)(first - from) };
        int warmUp = options.WarmUp(series.Cadence, known.Count);
        if (warmUp >= known.Count)
            throw new HotspotException("walk-forward validation", $"a warm-up of {warmUp} of {known.Count} periods known",
                "periods left to learn", "Shorten the warm-up, or lengthen the window.");
        return new WalkForwardSplit(known, known with { First = from + warmUp, Count = known.Count - warmUp },
            known with { First = first, Count = test });
    }

    /// <summary>The split that refitting later in the block makes: a rolling window moves along, an expanding one ends later.</summary>
    internal WalkForwardSplit MovedTo(long period, WalkForwardWindow window, int test)
    {
        int step = (int)(period - Test.First);
        return new WalkForwardSplit(Move(Known), Move(Training), Test with { First = period, Count = test });

        PeriodRange Move(PeriodRange range) => window == WalkForwardWindow.Rolling
            ? range with { First = range.First + step }
            : range with { Count = range.Count + step };
    }
}
