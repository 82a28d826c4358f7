using HotspotInference.Baselines;
using HotspotInference.Heatmaps;
using HotspotInference.Onnx.History;
using HotspotInference.Periods;
using HotspotInference.Prediction;

namespace HotspotInference.Cli.Verbs;

/// <summary>What <c>compare</c>, <c>validate</c> and <c>evaluate</c> fit: every baseline, and the history model in both forms.</summary>
static class StandardForecasters
{
    public static IReadOnlyList<IForecasterFitter> All { get; } =
        [.. StandardBaselines.All, new HistoryForecasterFitter(), new HistoryForecasterFitter(HistoryLikelihood.Occurrence)];

    /// <summary>The forecaster of a name.</summary>
    /// <exception cref="HotspotException">There is none.</exception>
    public static IForecasterFitter Named(string name) => All.FirstOrDefault(fitter => fitter.Name == name)
        ?? throw new HotspotException("forecaster", $"'{name}'", $"all, or of {string.Join(", ", All.Select(fitter => fitter.Name))}",
            "Choose of these.");

    /// <summary>The days that are learnt for a span that is scored: all before it, but for a first part that is history only.</summary>
    /// <param name="series">The heat maps, from where history begins.</param>
    /// <param name="scored">The span.</param>
    /// <param name="from">The first day learnt; null for the usual warm-up.</param>
    /// <param name="to">The last day learnt; null for that before the span.</param>
    /// <exception cref="BadUsageException">The days are out of order, or not before the span.</exception>
    public static PeriodRange TrainingBefore(HeatmapSeries series, PeriodRange scored, DateOnly? from = null, DateOnly? to = null)
    {
        var first = DateOnly.FromDateTime(series.Periods.Start);
        DateOnly end = DateOnly.FromDateTime(scored.Start).AddDays(-1), last = to ?? end;
        if (last > end)
            throw new BadUsageException(FormattableString.Invariant(
                $"--train-to: {last:yyyy-MM-dd}; expected a day before the first that is scored, {end.AddDays(1):yyyy-MM-dd}. ")
                + "Change one of them.");
        DateOnly start = from ?? (last > first ? first.AddDays(HistoryModel.WarmUp(new DaySpan(first, last))) : first);
        if (start < first || start > last)
            throw new BadUsageException(FormattableString.Invariant(
                $"training of the baselines: {start:yyyy-MM-dd} to {last:yyyy-MM-dd}; expected days in order, from {first:yyyy-MM-dd} on, ")
                + "where history begins. Change the days, or give older incidents.");
        PeriodRange days = PeriodRange.Days(series.Spec.Cadence, start, last);
        // A week that is scored in part is not learnt.
        return days.End <= scored.First ? days : days with { Count = (int)Math.Max(0, scored.First - days.First) };
    }
}
