using HotspotInference.Features;
using HotspotInference.Heatmaps;
using HotspotInference.Periods;
using HotspotInference.Prediction;

namespace HotspotInference.Evaluation;

/// <summary>
/// Walks through the past as it came: each period is forecast from a state that was told only of the periods before, and told to
/// the state afterwards. What a forecaster could not have known it cannot see here, whatever it does.
/// </summary>
public sealed class ForecastReplay
{
    readonly HeatmapSeries _series;
    readonly IReadOnlyList<IRiskForecaster> _forecasters;
    readonly PeriodRange _span;
    readonly int _horizon;

    /// <summary>Prepares a replay.</summary>
    /// <param name="series">
    /// Heat maps from where the forecasters' history begins to the end of <paramref name="span"/>, not filled: each state makes up missing
    /// maps from what it knows. A series filled by a method that looks ahead is refused unless <paramref name="allowLeaky"/>.
    /// </param>
    /// <param name="forecasters">The forecasters, all made for heat maps like these.</param>
    /// <param name="span">The periods to forecast.</param>
    /// <param name="horizon">How many periods ahead each is forecast: 1 knows all periods before it.</param>
    /// <param name="allowLeaky">Lets a series through whose made-up maps look ahead, to show what that does to scores.</param>
    /// <exception cref="HotspotException">The span is not in the series, heat maps differ, or the series looks ahead.</exception>
    /// <exception cref="ArgumentException"><paramref name="span"/> is of another cadence.</exception>
    public ForecastReplay(HeatmapSeries series, IReadOnlyList<IRiskForecaster> forecasters, PeriodRange span, int horizon = 1,
        bool allowLeaky = false)
    {
        ArgumentNullException.ThrowIfNull(series);
        ArgumentNullException.ThrowIfNull(forecasters);
        ArgumentOutOfRangeException.ThrowIfLessThan(horizon, 1);
        if (span.Cadence != series.Spec.Cadence)
            throw new ArgumentException($"The periods are of a {span.Cadence}; expected the heat maps' {series.Spec.Cadence}.",
                nameof(span));
        _series = series;
        _forecasters = forecasters;
        _span = span;
        _horizon = horizon;
        foreach (IRiskForecaster forecaster in forecasters)
        {
            if (!forecaster.Heatmaps.Equals(series.Spec))
                throw new HotspotException(forecaster.Name, "heat maps that are made in another way than those to forecast",
                    "the same area, grid, cadence, kinds and days left out", "Score each model on heat maps of its own specification.");
        }
        if (span.Count < 1 || span.First < series.Periods.First + horizon || span.End > series.Periods.End)
            throw new HotspotException("span to forecast", span.ToString(),
                $"periods within {series.Periods}, with at least {horizon} before the first",
                "Narrow the span, or give incidents that cover it and some time before.");
        if (IsLeaky && !allowLeaky)
            throw new HotspotException("heat maps", $"missing maps filled by '{series.Spec.Filling}', which looks ahead",
                "maps made from the past alone",
                "Give the series before it was filled, or allow leaky scores; every number is then marked leaky.");
    }

    /// <summary>Whether made-up maps hold something of the future, so that scores mean nothing.</summary>
    public bool IsLeaky => _series.IsFilled && !_series.Spec.IsCausal;

    /// <summary>Forecasts every period of the span in the order of time.</summary>
    /// <param name="visit">Called once a period.</param>
    /// <param name="progress">Receives the share of the periods that is done, 0..1.</param>
    /// <param name="cancellationToken">Stops the replay.</param>
    /// <exception cref="HotspotException">
    /// A forecaster cannot forecast that far ahead, or its window reaches back before the series.
    /// </exception>
    public void Run(Action<ReplayedPeriod> visit, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(visit);
        HeatmapSpec spec = _series.Spec;
        // Forecasters that need to know the same share a state.
        var cities = new Dictionary<FeatureSpec, CityState>();
        foreach (IRiskForecaster forecaster in _forecasters)
            cities.TryAdd(forecaster.Features, new CityState(spec, forecaster.Features, _series.Periods.First));
        float[][] risks = [.. _forecasters.Select(forecaster => new float[forecaster.Classes.Count * spec.Grid.CellCount])];
        float[][] intensities = [.. _forecasters.Select((forecaster, i) =>
            forecaster is IIntensityForecaster { HasIntensity: true } ? new float[risks[i].Length] : [])];
        var actual = new float[spec.MapLength];

        for (long target = _series.Periods.First + _horizon; target < _span.End; target++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (CityState city in cities.Values)
                city.Append(_series, (int)(target - _horizon - _series.Periods.First));
            if (target < _span.First)
                continue;
            for (int i = 0; i < _forecasters.Count; i++)
                Predict(_forecasters[i], cities[_forecasters[i].Features], risks[i], intensities[i]);
            int position = _series.PositionOf(target);
            _series.CopyTo(position, actual);
            bool isScored = !_series.IsMissing(position) && !spec.ExcludedDays.Contains(spec.Cadence, target);
            visit(new ReplayedPeriod(target, spec.Cadence.StartOf(target), isScored, actual, risks, intensities));
            progress?.Report((target - _span.First + 1) / (double)_span.Count);
        }
    }

    void Predict(IRiskForecaster forecaster, CityState city, float[] risk, float[] intensity)
    {
        if (intensity.Length > 0)
            ((IIntensityForecaster)forecaster).Predict(city, _horizon, risk, intensity);
        else
            forecaster.Predict(city, _horizon, risk);
    }
}
