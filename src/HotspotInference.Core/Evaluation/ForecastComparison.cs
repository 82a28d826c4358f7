using HotspotInference.Heatmaps;
using HotspotInference.Periods;
using HotspotInference.Prediction;

namespace HotspotInference.Evaluation;

/// <summary>
/// Puts models and baselines side by side: all scored over the same periods and cells, the baselines fitted to what lies before.
/// </summary>
public static class ForecastComparison
{
    const int CurvePercent = 20;

    /// <summary>
    /// The scoring of comparisons: hit rates at every whole percent of the area up to 20, for curves; no labels; a week a block.
    /// </summary>
    /// <param name="cadence">The length of a period.</param>
    public static ScoringOptions Scoring(Cadence cadence) => ScoringOptions.Default with
    {
        Coverages = [.. Enumerable.Range(1, CurvePercent).Select(percent => percent / 100.0)],
        LabelPercentiles = [],
        BootstrapBlock = ScoringOptions.WeekOf(cadence),
    };

    /// <summary>The names of the rows, in order: a name that was there before gets a number, such as <c>city (2)</c>.</summary>
    /// <param name="models">The models.</param>
    /// <param name="baselines">What is fitted beside them.</param>
    public static IReadOnlyList<string> Names(IReadOnlyList<IRiskForecaster> models, IReadOnlyList<IForecasterFitter> baselines)
    {
        ArgumentNullException.ThrowIfNull(models);
        ArgumentNullException.ThrowIfNull(baselines);
        // Baselines keep their names, by which they are known.
        var taken = new HashSet<string>(baselines.Select(fitter => fitter.Name));
        return [.. models.Select(model => Free(model.Name)), .. baselines.Select(fitter => fitter.Name)];

        string Free(string name) => taken.Add(name) ? name
            : Enumerable.Range(2, int.MaxValue - 2).Select(number => $"{name} ({number})").First(taken.Add);
    }

    /// <summary>Fits the baselines, and forecasts and scores every period of a span by all, one forecaster after the other: only one's
    /// cell-periods are held at a time.</summary>
    /// <param name="series">Heat maps from where history begins to the end of <paramref name="span"/>, not filled.</param>
    /// <param name="models">What is scored as it is, for heat maps like these and their classes.</param>
    /// <param name="baselines">What is fitted; a fit is given a series that ends with <paramref name="training"/>.</param>
    /// <param name="training">The periods that baselines learn, all before <paramref name="span"/>.</param>
    /// <param name="span">The periods to score; those left out or without data are not scored.</param>
    /// <param name="options">How to score; <see cref="Scoring"/> where null. Label thresholds are not used.</param>
    /// <param name="reference">
    /// The row that all others are compared with, one of <see cref="Names"/>; where null the first model, or the best baseline by average
    /// precision where there is none.
    /// </param>
    /// <param name="progress">Receives the share of the work that is done, 0..1.</param>
    /// <param name="cancellationToken">Stops the comparison.</param>
    /// <exception cref="HotspotException">
    /// There is no such reference, the training is not before the span or not in the series, or as for the fitters,
    /// <see cref="ForecastReplay"/> and <see cref="ForecastScorer"/>.
    /// </exception>
    /// <exception cref="ArgumentException">There is nothing to compare.</exception>
    public static ComparisonReport Run(HeatmapSeries series, IReadOnlyList<IRiskForecaster> models,
        IReadOnlyList<IForecasterFitter> baselines,
        PeriodRange training, PeriodRange span, ScoringOptions? options = null, string? reference = null,
            IProgress<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(series);
        IReadOnlyList<string> names = Names(models, baselines);
        if (names.Count == 0)
            throw new ArgumentException("No forecasters; expected at least one.", nameof(models));
        if (reference is not null)
            CheckReference(reference, names);
        if (training.Count < 1 || training.First < series.Periods.First || training.End > span.First)
            throw new HotspotException("training of the baselines", training.ToString(),
                $"periods from {series.Periods.Start:yyyy-MM-dd} to before the first that is scored, {span.Start:yyyy-MM-dd}",
                "Change the training, or score later days.");
        foreach (IRiskForecaster model in models)
        {
            if (!model.Classes.SequenceEqual(series.Spec.Kinds.Classes))
                throw new HotspotException(model.Name, $"the classes {string.Join(", ", model.Classes)}",
                    $"the heat maps' {string.Join(", ", series.Spec.Kinds.Classes)}", "Leave the model out.");
        }
        options = (options ?? Scoring(series.Spec.Cadence)) with { Thresholds = null };
        bool[] activeCells = ActiveCells.Before(series, span.First);
        var split = new WalkForwardSplit(series.Periods with { Count = (int)(training.End - series.Periods.First) }, training, span);
        var steps = new StepProgress(progress, names.Count);
        var scores = new List<ForecasterScore>();
        foreach (IRiskForecaster model in models)
            Score(model);
        foreach (IForecasterFitter fitter in baselines)
            FittedForecasters.Use(series, [fitter], split, fitted => Score(fitted[0]), cancellationToken);
        return ComparisonReport.Create(scores, models.Count, split, reference);

        void Score(IRiskForecaster forecaster)
        {
            var scorer = new ForecastScorer(series.Spec.Grid, series.Spec.Kinds.Classes, options, span.Count, activeCells);
            new ForecastReplay(series, [forecaster], span).Run(period =>
            {
                if (period.IsScored)
                    scorer.Add(period.Risk(0), period.Actual, intensity: period.Intensity(0));
            }, steps, cancellationToken);
            scores.Add(scorer.Score(names[scores.Count], cancellationToken: cancellationToken));
            steps.End();
        }
    }

    /// <summary>Refuses a reference that is none of the rows.</summary>
    /// <param name="reference">The name given.</param>
    /// <param name="names">The names of the rows.</param>
    /// <returns>The name.</returns>
    /// <exception cref="HotspotException">There is no such row.</exception>
    public static string CheckReference(string reference, IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        return names.Contains(reference) ? reference
            : throw new HotspotException("reference", $"'{reference}'", $"one of {string.Join(", ", names)}", "Choose one of these.");
    }
}
