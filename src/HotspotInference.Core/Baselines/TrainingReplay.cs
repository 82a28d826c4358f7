using HotspotInference.Features;
using HotspotInference.Heatmaps;
using HotspotInference.Periods;

namespace HotspotInference.Baselines;

/// <summary>Walks a city's state through the past, as a forecaster will meet it.</summary>
static class TrainingReplay
{
    /// <summary>Shows the state before each period that is learnt.</summary>
    /// <param name="series">Heat maps, of which nothing from the end of training on is looked at.</param>
    /// <param name="training">The training span.</param>
    /// <param name="features">What the state keeps.</param>
    /// <param name="visit">Called with the state, and the position in the series of the period that it does not know yet.</param>
    /// <param name="cancellationToken">Stops the walk.</param>
    public static void Run(HeatmapSeries series, PeriodRange training, FeatureSpec features, Action<CityState, int> visit,
        CancellationToken cancellationToken)
    {
        (long[] numbers, int firstTarget) = TrainingEvents.Counted(series, training);
        var city = new CityState(series.Spec, features, series.Periods.First);
        for (int k = firstTarget; k < numbers.Length; k++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            while (city.NextPeriod < numbers[k])
                city.Append(series, (int)(city.NextPeriod - series.Periods.First));
            visit(city, (int)(numbers[k] - series.Periods.First));
        }
    }
}
