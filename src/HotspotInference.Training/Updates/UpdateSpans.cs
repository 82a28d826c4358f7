using HotspotInference.Features;
using HotspotInference.Heatmaps;
using HotspotInference.Periods;
using HotspotInference.Prediction;

namespace HotspotInference.Training.Updates;

/// <summary>
/// Which periods an update learns, which decide, and which compare. Of the periods that the model in use has neither learnt nor been
/// validated on the newest compare; as many as validated it then validate before them; all before is learnt.
/// </summary>
/// <param name="Known">The periods that the model in use had learnt.</param>
/// <param name="New">Those after them that are now learnt too.</param>
/// <param name="Validation">Those that decide which epoch is best and give level and thresholds; none where the model had none.</param>
/// <param name="Compared">Those on which both are scored; neither has seen them.</param>
sealed record UpdateSpans(IReadOnlyList<long> Known, IReadOnlyList<long> New, IReadOnlyList<long> Validation, IReadOnlyList<long> Compared)
{
    /// <summary>The fewest periods with which a paired comparison says anything.</summary>
    public const int FewestCompared = 4;

    /// <summary>Learnt, in order.</summary>
    public IReadOnlyList<long> Learnt => [.. Known, .. New];

    /// <summary>Divides the periods of some heat maps.</summary>
    /// <param name="model">The model in use.</param>
    /// <param name="series">Heat maps to the last period that is known.</param>
    /// <exception cref="HotspotException">Too few periods are new.</exception>
    public static UpdateSpans Of(ModelMetadata model, HeatmapSeries series)
    {
        Cadence cadence = series.Spec.Cadence;
        long first = cadence.IndexOf(model.Training!.Value.First.ToDateTime(TimeOnly.MinValue));
        long learntEnd = EndOf(model.Training.Value.Last), seenEnd = model.Validation is { } validation
            ? EndOf(validation.Last) : learntEnd;
        // Whether a period is a target does not depend on how missing maps are made up.
        long[] targets = [.. new HeatmapWindows(series.Fill(), model.Features.Maps!, model.Horizon)
            .Targets(new PeriodRange(cadence, first, (int)(series.Periods.End - first))).Periods];
        int fresh = targets.Count(target => target >= seenEnd), held = targets.Count(target => target >= learntEnd && target < seenEnd);
        if (fresh < 2 * FewestCompared)
            throw new HotspotException("update",
                $"{fresh} periods to forecast since {model.Validation?.Last ?? model.Training.Value.Last:yyyy-MM-dd}, what the model knows",
                $"at least {2 * FewestCompared}, half to learn and half to compare",
                "Give --incidents that hold the old and the new ones, or wait for more.");
        int compared = held == 0 ? fresh / 2 : Math.Min(fresh / 2, Math.Max(held, FewestCompared));
        long[] before = targets[..^compared], learnt = before[..^held];
        return new UpdateSpans([.. learnt.Where(target => target < learntEnd)], [.. learnt.Where(target => target >= learntEnd)],
            before[^held..], targets[^compared..]);

        long EndOf(DateOnly day) => cadence.IndexOf(day.ToDateTime(TimeOnly.MaxValue)) + 1;
    }

    /// <summary>The new periods and a sample of those known, so that what was learnt is not forgotten.</summary>
    /// <param name="replay">How many known ones for each new one.</param>
    /// <param name="seed">Seed of the sample.</param>
    public IReadOnlyList<long> Replay(double replay, int seed)
    {
        long[] known = [.. Known];
        new Random(seed).Shuffle(known);
        return [.. known.Take((int)Math.Min(known.Length, Math.Round(replay * New.Count))).Order(), .. New];
    }
}
