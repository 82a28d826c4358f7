using HotspotInference.Evaluation;
using HotspotInference.Features;
using HotspotInference.Grids;
using HotspotInference.Heatmaps;
using HotspotInference.Periods;
using HotspotInference.Prediction;

namespace HotspotInference.Tests.Prediction;

/// <summary>What every <see cref="IRiskForecaster"/> promises.</summary>
static class RiskForecasterConformance
{
    const int Periods = 40;

    /// <summary>Fails where a forecaster breaks a promise.</summary>
    /// <param name="forecaster">The forecaster, for heat maps without kinds or of kinds named as its classes.</param>
    /// <param name="horizon">A horizon that it can forecast.</param>
    public static void Check(IRiskForecaster forecaster, int horizon = 1)
    {
        HeatmapSpec spec = forecaster.Heatmaps;
        Assert.NotEmpty(forecaster.Name);
        Assert.NotEmpty(forecaster.Classes);
        List<Incident> incidents = Incidents(spec);
        CityState city = State(forecaster, Series(spec, incidents));
        int length = forecaster.Classes.Count * spec.Grid.CellCount;

        float[] risk = Predict(city, length);
        Assert.All(risk, p => Assert.InRange(p, 0, 1));
        Assert.True(risk.Distinct().Count() > 1);
        Assert.Equal(risk, Predict(city, length));
        Assert.Equal(risk, Predict(State(forecaster, Series(spec, incidents)), length));
        if (forecaster is IIntensityForecaster { HasIntensity: true } counting)
        {
            float[] same = new float[length], expected = new float[length];
            counting.Predict(city, horizon, same, expected);
            Assert.Equal(risk, same);
            // As many are expected as there is risk of at least one, or more.
            Assert.All(expected.Zip(risk), pair => Assert.True(float.IsFinite(pair.First) && pair.First >= pair.Second * (1 - 1e-5f)));
            Assert.ThrowsAny<ArgumentException>(() => counting.Predict(city, horizon, same, new float[length + 1]));
            Assert.ThrowsAny<ArgumentException>(() => counting.Predict(city, horizon, new float[length + 1], expected));
        }
        SeesNothingOfItsTarget();
        Refusals();

        float[] Predict(CityState city, int length)
        {
            var risk = new float[length];
            Array.Fill(risk, float.NaN);
            forecaster.Predict(city, horizon, risk);
            return risk;
        }

        void SeesNothingOfItsTarget()
        {
            const int Target = 30;
            DateTime firstUnknown = spec.Cadence.StartOf(First(spec) + Target - horizon + 1);
            Assert.Equal(RiskOfTarget(incidents), RiskOfTarget(Moved(incident => incident.Time >= firstUnknown)));
            Assert.NotEqual(RiskOfTarget(incidents), RiskOfTarget(Moved(incident => incident.Time < firstUnknown)));

            List<Incident> Moved(Predicate<Incident> isMoved) => [.. incidents.Select(incident => isMoved(incident)
                ? incident with { Latitude = spec.Grid.Bounds.South, Longitude = spec.Grid.Bounds.West }
                : incident)];

            float[] RiskOfTarget(List<Incident> incidents)
            {
                float[] risk = [];
                HeatmapSeries series = Series(spec, incidents);
                new ForecastReplay(series, [forecaster], series.Periods with { First = series.Periods.First + Target, Count = 1 }, horizon)
                    .Run(period => risk = period.Risk(0).ToArray());
                return risk;
            }
        }

        void Refusals()
        {
            foreach (int wrong in (int[])[0, length - 1, length + 1, 2 * length])
                Assert.Contains("expected", Assert.ThrowsAny<ArgumentException>(() => Predict(city, wrong)).Message,
                    StringComparison.Ordinal);
            foreach (int wrong in (int[])[0, -1])
                Assert.Throws<ArgumentOutOfRangeException>(() => forecaster.Predict(city, wrong, new float[length]));
            Assert.Throws<ArgumentNullException>(() => forecaster.Predict(null!, horizon, new float[length]));

            HeatmapSpec elsewhere = spec with { Grid = new GridSpec(new GeoBounds(1, 2, 3, 4), spec.Grid.Rows, spec.Grid.Columns) };
            Refused(new CityState(elsewhere, forecaster.Features, First(spec)));
            Refused(new CityState(spec, new FeatureSpec { Calendar = new CalendarSpec { Features = ["year_sin_9"] } }, First(spec)));

            void Refused(CityState other) =>
                Assert.Contains("another", Assert.Throws<ArgumentException>(() => Predict(other, length)).Message,
                    StringComparison.Ordinal);
        }
    }

    static long First(HeatmapSpec spec) => spec.Cadence.IndexOf(new DateTime(2016, 3, 1));

    static CityState State(IRiskForecaster forecaster, HeatmapSeries series)
    {
        var city = new CityState(series.Spec, forecaster.Features, series.Periods.First);
        for (int i = 0; i < series.Periods.Count; i++)
            city.Append(series, i);
        return city;
    }

    static HeatmapSeries Series(HeatmapSpec spec, List<Incident> incidents)
    {
        var builder = new HeatmapBuilder(spec, new PeriodRange(spec.Cadence, First(spec), Periods));
        builder.AddRange(incidents);
        Assert.Equal(incidents.Count, builder.Report.Placed);
        return builder.Build();
    }

    // More towards the north-east, five a period, the kinds in turn.
    static List<Incident> Incidents(HeatmapSpec spec)
    {
        var random = new Random(17);
        GeoBounds bounds = spec.Grid.Bounds;
        DateTime start = spec.Cadence.StartOf(First(spec));
        double days = (spec.Cadence.StartOf(First(spec) + Periods) - start).TotalDays;
        return [.. Enumerable.Range(0, 5 * Periods).Select(i => new Incident(
            start.AddDays(days * random.NextDouble()),
            bounds.South + (bounds.North - bounds.South) * Math.Sqrt(random.NextDouble()),
            bounds.West + (bounds.East - bounds.West) * Math.Sqrt(random.NextDouble()),
            spec.Kinds.Groups.Count == 0 ? "kind" : spec.Kinds.Groups[i % spec.Kinds.Groups.Count].Name))];
    }
}
