using HotspotInference.Baselines;
using HotspotInference.Heatmaps;
using HotspotInference.Periods;
using HotspotInference.Prediction;

namespace HotspotInference.Evaluation;

/// <summary>Scores a forecaster beside the baselines that it has to beat, over the same periods and cells.</summary>
public static class ForecastEvaluation
{
    /// <summary>
    /// The baselines that every report shows: the historical average, an exponentially weighted mean of 90 days and the last period.
    /// </summary>
    /// <param name="heatmaps">How the heat maps are made.</param>
    public static IReadOnlyList<IRiskForecaster> DefaultBaselines(HeatmapSpec heatmaps) =>
        [RateForecaster.HistoricalAverage(heatmaps), RateForecaster.Ewma(heatmaps), RateForecaster.LastPeriod(heatmaps)];

    /// <summary>Forecasts every period of a span as it came, and scores the forecasts.</summary>
    /// <param name="series">Heat maps from where history begins to the end of <paramref name="span"/>.</param>
    /// <param name="model">The forecaster that is judged.</param>
    /// <param name="baselines">What it is compared with, for the same classes.</param>
    /// <param name="span">The periods to score; those left out or without data are not scored.</param>
    /// <param name="options">How to score; <see cref="ScoringOptions.Default"/> where null. Its thresholds are the model's own: baselines'
    /// labels always use each period's percentiles.</param>
    /// <param name="horizon">How many periods ahead each period is forecast.</param>
    /// <param name="allowLeaky">Scores heat maps whose filling looks ahead, with every number marked leaky.</param>
    /// <param name="visit">Called once a period, with the model as forecaster 0; null for none. A dump is written here.</param>
    /// <param name="progress">Receives the share of the periods that is done, 0..1.</param>
    /// <param name="cancellationToken">Stops the evaluation.</param>
    /// <exception cref="HotspotException">As for <see cref="ForecastReplay"/> and <see cref="ForecastScorer"/>.</exception>
    public static EvaluationReport Run(HeatmapSeries series, IRiskForecaster model,
        IReadOnlyList<IRiskForecaster> baselines, PeriodRange span,
        ScoringOptions? options = null, int horizon = 1, bool allowLeaky = false, Action<ReplayedPeriod>? visit = null,
        IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(series);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(baselines);
        options ??= ScoringOptions.Default with { BootstrapBlock = ScoringOptions.WeekOf(series.Spec.Cadence) };
        ScoringOptions baselineOptions = options with { Thresholds = null };
        IRiskForecaster[] forecasters = [model, .. baselines];
        bool[] activeCells = ActiveCells.Before(series, span.First);
        ForecastScorer[] scorers = [.. forecasters.Select((forecaster, i) =>
            new ForecastScorer(series.Spec.Grid, forecaster.Classes, i == 0 ? options : baselineOptions, span.Count, activeCells))];

        var replay = new ForecastReplay(series, forecasters, span, horizon, allowLeaky);
        replay.Run(period =>
        {
            visit?.Invoke(period);
            for (int i = 0; period.IsScored && i < scorers.Length; i++)
                scorers[i].Add(period.Risk(i), period.Actual, intensity: period.Intensity(i));
        }, progress, cancellationToken);

        ForecasterScore[] scores = [.. scorers.Select((scorer, i) => scorer.Score(forecasters[i].Name, replay.IsLeaky, cancellationToken))];
        return EvaluationReport.Create(scores[0], scores[1..], span);
    }
}
