using HotspotInference.Baselines;
using HotspotInference.Heatmaps;
using HotspotInference.Periods;
using HotspotInference.Prediction;
using HotspotInference.Tests.Features;

namespace HotspotInference.Tests.Baselines;

/// <summary>Fitted half-lives, bandwidths and weekday factors against slow loops over every cell and period.</summary>
public class FittedRateTests
{
    const int Days = 150, FirstTarget = 30;

    static readonly HeatmapSpec s_spec = Cities.Spec with { ExcludedDays = ExcludedDays.Parse("03-01..03-04") };

    [Fact]
    public void Half_life_is_the_likeliest_of_all()
    {
        HeatmapSeries series = Cities.Series(s_spec, Drifting(), Days);
        FittedRate fitted = Fit(new EwmaFitter(), series);

        Assert.InRange(fitted.HalfLifeDays, 1, 100);
        Assert.Equal(Likelihood(Slow(series, fitted.HalfLifeDays, 0), fitted.Scale, fitted.Floor), fitted.LogLikelihood,
            1e-6 * Math.Abs(fitted.LogLikelihood));
        foreach (double halfLife in Steps(0.5, 2000, 40))
            Assert.True(Best(Slow(series, halfLife, 0)) <= fitted.LogLikelihood + 1e-3);
    }

    [Fact]
    public void Bandwidth_is_the_likeliest_of_all()
    {
        HeatmapSeries series = Cities.Series(s_spec, Smooth(), Days);
        FittedRate fitted = Fit(new KernelDensityFitter(200), series);

        Assert.Equal(200, fitted.HalfLifeDays);
        // The slow kernel is not cut at four standard deviations.
        Assert.Equal(Likelihood(Slow(series, 200, fitted.BandwidthMeters), fitted.Scale, fitted.Floor), fitted.LogLikelihood,
            1e-4 * Math.Abs(fitted.LogLikelihood));
        (double best, double bandwidth) = Steps(2000, 18000, 16).Max(bandwidth => (Best(Slow(series, 200, bandwidth)), bandwidth));
        Assert.InRange(best - fitted.LogLikelihood, -0.5, 0.1);
        Assert.InRange(bandwidth, 2100, 17000);
        Assert.Equal(1, fitted.BandwidthMeters / bandwidth, 0.16);
    }

    [Fact]
    public void Weekday_factors_are_counted_over_expected_and_shrunk()
    {
        // Ten incidents on Saturdays, two on other days, everywhere alike: the rate expects the mean of 22 / 7 each day.
        var random = new Random(5);
        List<Incident> incidents = [.. Enumerable.Range(0, 700)
            .SelectMany(day => Enumerable.Range(0, Cities.FirstDay.AddDays(day).DayOfWeek == DayOfWeek.Saturday ? 10 : 2)
            .Select(_ => At(day, random.Next(5), random.Next(7))))];
        HeatmapSeries series = Cities.Series(Cities.Spec, incidents, 700);

        FittedRate fitted = Fit(new EwmaFitter(isWeekly: true), series);

        // Days 30 to 699 hold 96 Saturdays: (960 + 20) / (96 x 22 / 7 + 20), and for the others (2 x 95.67 + 20) / (95.67 x 22 / 7 + 20).
        Assert.Equal(3.046, fitted.WeekdayFactors[6], 0.03);
        Assert.All(fitted.WeekdayFactors.Take(6), factor => Assert.Equal(0.659, factor, 0.015));
        var forecaster = (FittedRateForecaster)new EwmaFitter(isWeekly: true)
            .Fit(series, series.Periods, TestContext.Current.CancellationToken);
        float[] saturday = new float[35], sunday = new float[35];
        // The series ends on the last day of November 2017, a Thursday.
        Assert.Equal(DayOfWeek.Thursday, Cities.FirstDay.AddDays(699).DayOfWeek);
        forecaster.PredictIntensity(Cities.State(forecaster.Features, series), 2, saturday);
        forecaster.PredictIntensity(Cities.State(forecaster.Features, series), 3, sunday);
        Assert.Equal(fitted.WeekdayFactors[6] / fitted.WeekdayFactors[0], saturday.Sum() / sunday.Sum(), 0.05);
    }

    [Fact]
    public void Weeks_have_no_weekdays()
    {
        HeatmapSpec weekly = Cities.Spec with { Cadence = Cadence.Week };
        HeatmapSeries series = TestMapsOf(weekly);

        Assert.Equal(Fit(new EwmaFitter(), series, 0).HalfLifeDays, Fit(new EwmaFitter(isWeekly: true), series, 0).HalfLifeDays, 0.1);

        static HeatmapSeries TestMapsOf(HeatmapSpec spec)
        {
            var builder = new HeatmapBuilder(spec, PeriodRange.Days(spec.Cadence, new DateOnly(2016, 1, 4), new DateOnly(2016, 5, 29)));
            builder.AddRange(Drifting());
            return builder.Build();
        }
    }

    [Fact]
    public void A_half_life_of_kernel_density_that_is_not_above_zero_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new KernelDensityFitter(0));

    static FittedRate Fit(IForecasterFitter fitter, HeatmapSeries series, int first = FirstTarget) =>
        ((FittedRateForecaster)fitter.Fit(series,
            series.Periods with { First = series.Periods.First + first, Count = series.Periods.Count - first },
            TestContext.Current.CancellationToken)).Rates[0];

    static double Likelihood(List<(double Rate, double Count)> slow, double scale, double floor) =>
        slow.Sum(of => (of.Count > 0 ? of.Count * Math.Log(scale * of.Rate + floor) : 0) - scale * of.Rate - floor);

    // Over many scales, with the floor that makes as many expected as there were.
    static double Best(List<(double Rate, double Count)> slow)
    {
        double counts = slow.Sum(of => of.Count), rates = slow.Sum(of => of.Rate);
        return Steps(0.1, 1.2, 60).Max(scale => Likelihood(slow, scale, Math.Max(1e-6, (counts - scale * rates) / slow.Count)));
    }

    // Every cell and period, in double.
    static List<(double Rate, double Count)> Slow(HeatmapSeries series, double halfLife, double bandwidth)
    {
        GridSpec grid = series.Spec.Grid;
        double[][] spread = [.. Enumerable.Range(0, 35).Select(source => SlowKernel.Spread(grid, source, bandwidth))];
        var past = new List<float[]>();
        var slow = new List<(double, double)>();
        for (int day = 0; day < Days; day++)
        {
            if (series.Spec.ExcludedDays.Contains(Cities.FirstDay.AddDays(day)))
                continue;
            var map = new float[35];
            series.CopyTo(day, map);
            if (day >= FirstTarget)
            {
                var rates = new double[35];
                double weights = 0;
                for (int age = 0; age < past.Count; age++)
                {
                    double weight = Math.Pow(0.5, age / halfLife);
                    weights += weight;
                    for (int source = 0; source < 35; source++)
                        for (int cell = 0; cell < 35 && past[^(age + 1)][source] > 0; cell++)
                            rates[cell] += weight * past[^(age + 1)][source] * spread[source][cell];
                }
                for (int cell = 0; cell < 35; cell++)
                    slow.Add((rates[cell] / weights, map[cell]));
            }
            past.Add(map);
        }
        return slow;
    }

    // Two incidents a day, one of them near a place that moves every forty days.
    static List<Incident> Drifting()
    {
        var random = new Random(3);
        return [.. Enumerable.Range(0, Days).SelectMany(day => Enumerable.Range(0, 2).Select(i =>
            i == 0 ? At(day, random.Next(5), random.Next(7))
                : At(day, (day / 40 + random.Next(3)) % 5, (day / 40 * 2 + random.Next(3)) % 7)))];
    }

    // One a day, more towards the middle.
    static List<Incident> Smooth()
    {
        var random = new Random(4);
        return [.. Enumerable.Range(0, Days)
            .Select(day => At(day, (random.Next(5) + random.Next(5)) / 2, (random.Next(7) + random.Next(7)) / 2))];
    }

    static Incident At(int day, int row, int column) =>
        new(Cities.FirstDay.AddDays(day).ToDateTime(new TimeOnly(12, 0)), 10.05 + 0.1 * row, 20.05 + 0.1 * column, "A");

    static IEnumerable<double> Steps(double first, double last, int count) =>
        Enumerable.Range(0, count).Select(i => first * Math.Pow(last / first, i / (count - 1.0)));
}
