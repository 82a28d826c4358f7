using HotspotInference.Heatmaps;
using HotspotInference.Periods;
using HotspotInference.Prediction;

namespace HotspotInference.Evaluation;

/// <summary>Scores every fitter at one refit interval and horizon: block by block, and all blocks together.</summary>
sealed class WalkForwardScorers
{
    readonly HeatmapSpec _spec;
    readonly IReadOnlyList<IForecasterFitter> _fitters;
    readonly ScoringOptions _options;
    readonly int _horizon;
    readonly ForecastScorer[] _pooled;
    readonly List<ForecasterScore>[] _splits;
    ForecastScorer[] _block;
    int _fits;

    public WalkForwardScorers(HeatmapSpec spec, IReadOnlyList<IForecasterFitter> fitters, WalkForwardOptions options,
        WalkForwardRefit refit, int horizon)
    {
        _spec = spec;
        _fitters = fitters;
        _options = options.ScoringFor(spec.Cadence);
        Refit = refit;
        _horizon = horizon;
        _pooled = NewScorers(_options);
        _block = NewScorers(WithoutIntervals);
        _splits = [.. fitters.Select(_ => new List<ForecasterScore>())];
    }

    public WalkForwardRefit Refit { get; }

    ScoringOptions WithoutIntervals => _options with { BootstrapDraws = 0 };

    /// <summary>Scores a block that one fit serves.</summary>
    public void Replay(HeatmapSeries series, IReadOnlyList<IRiskForecaster> fitted, WalkForwardSplit split,
        PeriodRange span, StepProgress steps,
        CancellationToken cancellationToken)
    {
        Add(series, fitted, split, span, steps, cancellationToken);
        EndSplit();
        steps.End();
    }

    /// <summary>
    /// Forecasts and adds periods; nothing before what is known is told to any state, and nothing behind the periods is at hand.
    /// </summary>
    public void Add(HeatmapSeries series, IReadOnlyList<IRiskForecaster> fitted, WalkForwardSplit split, PeriodRange span,
        IProgress<double>? progress, CancellationToken cancellationToken)
    {
        HeatmapSeries told = series.Slice(split.Known with { Count = (int)(span.End - split.Known.First) });
        new ForecastReplay(told, fitted, span, _horizon).Run(period =>
        {
            for (int i = 0; period.IsScored && i < _pooled.Length; i++)
            {
                _pooled[i].Add(period.Risk(i), period.Actual, intensity: period.Intensity(i));
                _block[i].Add(period.Risk(i), period.Actual, intensity: period.Intensity(i));
            }
        }, progress, cancellationToken);
        _fits++;
    }

    public void EndSplit()
    {
        for (int i = 0; i < _block.Length; i++)
            _splits[i].Add(_block[i].Score(_fitters[i].Name));
        _block = NewScorers(WithoutIntervals);
    }

    public IEnumerable<WalkForwardScore> Score(CancellationToken cancellationToken) => _fitters.Select((fitter, i) =>
        new WalkForwardScore(fitter.Name, Refit, _horizon, _fits, _splits[i],
            _pooled[i].Score(fitter.Name, cancellationToken: cancellationToken)));

    ForecastScorer[] NewScorers(ScoringOptions options) =>
        [.. _fitters.Select(_ => new ForecastScorer(_spec.Grid, _spec.Kinds.Classes, options))];
}
