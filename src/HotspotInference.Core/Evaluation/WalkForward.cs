using HotspotInference.Heatmaps;
using HotspotInference.Periods;
using HotspotInference.Prediction;

namespace HotspotInference.Evaluation;

/// <summary>
/// Walk-forward validation (rolling-origin evaluation: Tashman, 2000): forecasters are fitted to what lies before a test block and scored
/// on it, block after block. A fit is given a series that ends where the block, or the rest of it after a refit, begins. Thread-safe.
/// </summary>
public static class WalkForward
{
    /// <summary>Validates kinds of forecasters side by side.</summary>
    /// <param name="series">Heat maps, not filled.</param>
    /// <param name="fitters">The kinds of forecasters, with different names.</param>
    /// <param name="options">How to split and what to compare; null for the defaults.</param>
    /// <param name="progress">Receives the share of the work that is done, 0..1.</param>
    /// <param name="cancellationToken">Stops the validation.</param>
    /// <exception cref="HotspotException">
    /// The series is too short, a block shorter than the longest horizon, or as for the fitters, <see cref="ForecastReplay"/> and
    /// <see cref="ForecastScorer"/>.
    /// </exception>
    public static WalkForwardReport Run(HeatmapSeries series, IReadOnlyList<IForecasterFitter> fitters, WalkForwardOptions? options = null,
        IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(series);
        ArgumentNullException.ThrowIfNull(fitters);
        options ??= new WalkForwardOptions();
        IReadOnlyList<WalkForwardSplit> splits = WalkForwardSplit.Of(series.Periods, options);
        int delay = options.Horizons.DefaultIfEmpty(1).Max() - 1;
        WalkForwardScorers[] refits = [.. options.Refits.Select(refit => new WalkForwardScorers(series.Spec, fitters, options, refit, 1))];
        WalkForwardScorers[] horizons = [.. options.Horizons.Select(horizon =>
            new WalkForwardScorers(series.Spec, fitters, options, WalkForwardRefit.Never, horizon))];
        WalkForwardScorers[] frozen = [.. refits.Where(scorers => scorers.Refit == WalkForwardRefit.Never)];
        var steps = new StepProgress(progress, splits.Count * (refits.Length + horizons.Length));
        foreach (WalkForwardSplit split in splits)
        {
            foreach (WalkForwardScorers refitted in refits.Except(frozen))
                Refit(series, fitters, split, refitted, options.Window, steps, cancellationToken);
            if (frozen.Length + horizons.Length == 0)
                continue;
            FittedForecasters.Use(series, fitters, split, fitted =>
            {
                foreach (WalkForwardScorers scorers in frozen)
                    scorers.Replay(series, fitted, split, split.Test, steps, cancellationToken);
                var late = split.Test with { First = split.Test.First + delay, Count = split.Test.Count - delay };
                foreach (WalkForwardScorers scorers in horizons)
                    scorers.Replay(series, fitted, split, late, steps, cancellationToken);
            }, cancellationToken);
        }
        return new WalkForwardReport(options.Window, splits,
            [.. refits.SelectMany(scorers => scorers.Score(cancellationToken))],
            [.. horizons.SelectMany(scorers => scorers.Score(cancellationToken))]);
    }

    /// <summary>
    /// Scores forecasters that know more and more of the past on the last block, the end of what is known the same for all.
    /// </summary>
    /// <param name="series">Heat maps, not filled.</param>
    /// <param name="fitters">The kinds of forecasters.</param>
    /// <param name="knownPeriods">How many periods are known before the block, each at least 1; nothing older is looked at.</param>
    /// <param name="options">
    /// The length of the block, the warm-up and the scoring; null for the defaults. Forecasters are frozen, at horizon 1.
    /// </param>
    /// <param name="progress">Receives the share of the work that is done, 0..1.</param>
    /// <param name="cancellationToken">Stops the validation.</param>
    /// <exception cref="HotspotException">The series is shorter, or as for <see cref="Run"/>.</exception>
    public static IReadOnlyList<LearningCurvePoint> LearningCurve(HeatmapSeries series, IReadOnlyList<IForecasterFitter> fitters,
        IReadOnlyList<int> knownPeriods, WalkForwardOptions? options = null, IProgress<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(series);
        ArgumentNullException.ThrowIfNull(fitters);
        ArgumentNullException.ThrowIfNull(knownPeriods);
        options ??= new WalkForwardOptions();
        PeriodRange test = WalkForwardSplit.Of(series.Periods, options with { Window = WalkForwardWindow.Expanding })[^1].Test;
        var steps = new StepProgress(progress, knownPeriods.Count);
        var points = new List<LearningCurvePoint>();
        foreach (int known in knownPeriods)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(known, 1, nameof(knownPeriods));
            if (known > test.First - series.Periods.First)
                throw new HotspotException("learning curve", $"{known} periods known",
                    $"at most the {test.First - series.Periods.First} before {test}",
                    "Leave the longest out, or give older incidents.");
            WalkForwardSplit split = WalkForwardSplit.Before(test.First, test.Count, known, series.Periods, options);
            var scorers = new WalkForwardScorers(series.Spec, fitters, options, WalkForwardRefit.Never, 1);
            FittedForecasters.Use(series, fitters, split,
                fitted => scorers.Replay(series, fitted, split, split.Test, steps, cancellationToken), cancellationToken);
            points.Add(new LearningCurvePoint(split, [.. scorers.Score(cancellationToken).Select(score => score.Pooled)]));
        }
        return points;
    }

    static void Refit(HeatmapSeries series, IReadOnlyList<IForecasterFitter> fitters, WalkForwardSplit split, WalkForwardScorers scorers,
        WalkForwardWindow window, StepProgress steps, CancellationToken cancellationToken)
    {
        int every = scorers.Refit.PeriodsOf(series.Spec.Cadence)!.Value;
        for (long from = split.Test.First; from < split.Test.End; from += every)
        {
            WalkForwardSplit rest = split.MovedTo(from, window, (int)Math.Min(every, split.Test.End - from));
            FittedForecasters.Use(series, fitters, rest, fitted => scorers.Add(series, fitted, rest, rest.Test, null, cancellationToken),
                cancellationToken);
            steps.Report((rest.Test.End - split.Test.First) / (double)split.Test.Count);
        }
        scorers.EndSplit();
        steps.End();
    }
}
