using System.Globalization;
using HotspotInference.Cli.Terminal;
using HotspotInference.Heatmaps;
using HotspotInference.Periods;

namespace HotspotInference.Cli.Verbs;

/// <summary>The periods that a replay of a model judges: by default those behind what it learnt, up to the last incident.</summary>
static class ScoredSpan
{
    /// <summary>Chooses the span, with a warning where the model learnt from a part of it.</summary>
    /// <exception cref="BadUsageException">There is no first day, or the last lies before it.</exception>
    /// <exception cref="HotspotException">The span begins behind the last incident.</exception>
    public static PeriodRange Of(HotspotPredictor predictor, HeatmapSeries series, DateOnly? from, DateOnly? to, VerbConsole console)
    {
        Cadence cadence = series.Spec.Cadence;
        DateOnly? learntTo = predictor.Metadata.Validation?.Last ?? predictor.Metadata.Training?.Last;
        // A week that the model has learnt a part of is learnt.
        long? unseen = learntTo is { } learnt ? cadence.IndexOf(learnt.ToDateTime(TimeOnly.MaxValue)) + 1 : null;
        long first = from is { } given ? cadence.IndexOf(given.ToDateTime(TimeOnly.MinValue))
            : unseen ?? throw new BadUsageException(
                "--from: not given, and the model does not say which days it learnt from; expected the first day to score. Give it.");
        DateTime start = cadence.StartOf(first);
        if (first >= series.Periods.End)
            throw new HotspotException("span to score", string.Create(CultureInfo.InvariantCulture,
                    $"from {start:yyyy-MM-dd}{(first == unseen ? ", behind the days that the model learnt from" : "")}"),
                string.Create(CultureInfo.InvariantCulture,
                    $"a first day up to {series.Periods.EndTime.AddTicks(-1):yyyy-MM-dd}, where the incidents end"),
                "Give newer incidents, fit the model to earlier days (--train-to, --validate-to), or give --from.");
        if (first < unseen)
            console.Warning(string.Create(CultureInfo.InvariantCulture,
                $"the model learnt from days up to {learntTo:yyyy-MM-dd}: scores on those flatter it. "
                + $"Score from {cadence.StartOf(unseen.Value):yyyy-MM-dd} on."));
        return to is { } last
            ? BadUsageException.Check(() => PeriodRange.Days(cadence, DateOnly.FromDateTime(start), last))
            : new PeriodRange(cadence, first, (int)(series.Periods.End - first));
    }
}
