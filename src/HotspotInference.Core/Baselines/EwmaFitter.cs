using HotspotInference.Heatmaps;
using HotspotInference.Periods;
using HotspotInference.Prediction;

namespace HotspotInference.Baselines;

/// <summary>
/// Fits an exponentially weighted mean for each class: the half-life, a scale and a floor by Poisson maximum likelihood, each training
/// period scored from what came before it. With <c>isWeekly</c> also city-wide factors for the days of the week.
/// </summary>
/// <param name="isWeekly">Whether the days of the week have factors; without effect where periods are longer than a day.</param>
public sealed class EwmaFitter(bool isWeekly = false) : IForecasterFitter
{
    // Incidents that speak for a factor of 1 before any was counted.
    const double PriorIncidents = 20;
    const double Precision = 1e-3;
    // Half-life and factors depend on each other but little.
    const int WeekdayRounds = 2;

    /// <inheritdoc/>
    public string Name => isWeekly ? "EWMA x weekday" : "EWMA fitted";

    /// <inheritdoc/>
    /// <returns>A <see cref="FittedRateForecaster"/>.</returns>
    public IRiskForecaster Fit(HeatmapSeries series, PeriodRange training, CancellationToken cancellationToken = default)
    {
        TrainingEvents[] events = TrainingEvents.Collect(series, training, cancellationToken);
        return new FittedRateForecaster(Name, series.Spec, [.. events.Select(of => Fit(of, cancellationToken))]);
    }

    FittedRate Fit(TrainingEvents events, CancellationToken cancellationToken)
    {
        int[] weekdays = [.. events.Numbers.Skip(events.FirstTarget).Select(number => Weekdays.Of(events.Spec.Cadence, number))];
        double[] factors = [1, 1, 1, 1, 1, 1, 1], counts = events.TargetCounts();
        var scores = new double[events.TargetEntries];
        var sums = new double[events.Targets];
        double halfLife = 0;
        ScaleAndFloor fit = default;
        for (int round = 0; round < (isWeekly ? WeekdayRounds : 1); round++)
        {
            // From half a period, where nothing but the last counts, to where nothing is forgotten.
            halfLife = LogSearch.Maximize(h => Score(h).LogLikelihood, 0.5, Math.Max(2, 30.0 * events.Periods),
                Precision, cancellationToken);
            fit = Score(halfLife);
            if (isWeekly)
                factors = Factors(events, weekdays, sums, fit);
        }
        fit = Score(halfLife);
        return new FittedRate
        {
            HalfLifeDays = halfLife * events.Spec.Cadence.Days,
            Scale = fit.Scale,
            Floor = fit.Floor,
            WeekdayFactors = factors,
            LogLikelihood = fit.LogLikelihood + LogFactors(events, weekdays, factors),
        };

        ScaleAndFloor Score(double halfLife)
        {
            RateScores.Run(events, halfLife, 0, scores, sums);
            double exposure = 0, floorExposure = 0;
            for (int t = 0; t < sums.Length; t++)
            {
                exposure += factors[weekdays[t]] * sums[t];
                floorExposure += factors[weekdays[t]] * events.Spec.Grid.CellCount;
            }
            return ScaleAndFloor.Fit(scores, counts, exposure, floorExposure);
        }
    }

    // Counted over expected, each with some incidents more that were as expected: with few incidents the factors stay near 1.
    static double[] Factors(TrainingEvents events, int[] weekdays, double[] sums, ScaleAndFloor fit)
    {
        double[] counted = new double[7], expected = new double[7];
        for (int t = 0; t < sums.Length; t++)
        {
            counted[weekdays[t]] += events.Total(events.FirstTarget + t);
            expected[weekdays[t]] += fit.Scale * sums[t] + fit.Floor * events.Spec.Grid.CellCount;
        }
        // The level is the scale's.
        double level = counted.Sum() / expected.Sum();
        return [.. counted.Select((count, day) => (count + PriorIncidents) / (expected[day] * level + PriorIncidents))];
    }

    static double LogFactors(TrainingEvents events, int[] weekdays, double[] factors)
    {
        double sum = 0;
        for (int t = 0; t < weekdays.Length; t++)
            sum += events.Total(events.FirstTarget + t) * Math.Log(factors[weekdays[t]]);
        return sum;
    }
}
