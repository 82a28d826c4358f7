using HotspotInference.Baselines;
using HotspotInference.Heatmaps;
using HotspotInference.Periods;
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

        Assert.InRange(fitted.HalfLifeDays, 2, 60);
        Assert.Equal(SlowLikelihood(series, fitted), fitted.LogLikelihood, 1e-6 * Math.Abs(fitted.LogLikelihood));
        foreach (double halfLife in Steps(0.5, 2000, 40))
            foreach (double scale in Steps(0.2, 1.2, 12))
                Assert.True(SlowLikelihood(series, fitted with { HalfLifeDays = halfLife, Scale = scale, Floor = FloorFor(series, scale, halfLife, 0) }) <= fitted.LogLikelihood + 1e-4);
    }

    [Fact]
    public void Bandwidth_is_the_likeliest_of_all()
    {
        HeatmapSeries series = Cities.Series(s_spec, Smooth(), Days);
        FittedRate fitted = Fit(new KernelDensityFitter(200), series);

        Assert.Equal(200, fitted.HalfLifeDays);
        Assert.Equal(SlowLikelihood(series, fitted), fitted.LogLikelihood, 1e-4 * Math.Abs(fitted.LogLikelihood));
        double best = double.NegativeInfinity, bestBandwidth = 0;
        foreach (double bandwidth in Steps(2000, 16000, 16))
        {
            double likelihood = Steps(0.3, 1, 12).Max(scale => SlowLikelihood(series,
                fitted with { BandwidthMeters = bandwidth, Scale = scale, Floor = FloorFor(series, scale, 200, bandwidth) }));
            if (likelihood > best)
                (best, bestBandwidth) = (likelihood, bandwidth);
        }
        Assert.True(best <= fitted.LogLikelihood + 1e-3);
        Assert.Equal(best, fitted.LogLikelihood, 0.5);
        Assert.Equal(1, fitted.BandwidthMeters / bestBandwidth, 0.16);
    }

    [Fact]
    public void Weekday_factors_are_counted_over_expected_and_shrunk()
    {
        // Ten incidents on Saturdays, two on other days, everywhere alike: the rate expects the mean of 22 / 7 each day.
        var random = new Random(5);
        List<Incident> incidents = [.. Enumerable.Range(0, 700).SelectMany(day => Enumerable.Range(0, Cities.FirstDay.AddDays(day).DayOfWeek == DayOfWeek.Saturday ? 10 : 2)
            .Select(_ => At(day, random.Next(5), random.Next(7))))];
        HeatmapSeries series = Cities.Series(Cities.Spec, incidents, 700);

        FittedRate fitted = Fit(new EwmaFitter(isWeekly: true), series);

        // Days 30 to 699 hold 96 Saturdays: (960 + 20) / (96 x 22 / 7 + 20), and for the others (2 x 95.67 + 20) / (95.67 x 22 / 7 + 20).
        Assert.Equal(3.046, fitted.WeekdayFactors[6], 0.03);
        Assert.All(fitted.WeekdayFactors.Take(6), factor => Assert.Equal(0.659, factor, 0.015));
        var forecaster = (FittedRateForecaster)new EwmaFitter(isWeekly: true).Fit(series, series.Periods, TestContext.Current.CancellationToken);
        float[] saturday = new float[35], sunday = new float[35];
        // The series ends on the last day of November 2017, a Wednesday.
        Assert.Equal(DayOfWeek.Wednesday, Cities.FirstDay.AddDays(699).DayOfWeek);
        forecaster.PredictIntensity(Cities.State(forecaster.Features, series), 3, saturday);
        forecaster.PredictIntensity(Cities.State(forecaster.Features, series), 4, sunday);
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

    static FittedRate Fit(HotspotInference.Prediction.IForecasterFitter fitter, HeatmapSeries series, int first = FirstTarget) =>
        ((FittedRateForecaster)fitter.Fit(series, series.Periods with { First = series.Periods.First + first, Count = series.Periods.Count - first },
            TestContext.Current.CancellationToken)).Rates[0];

    // Every cell and period, in double.
    static double SlowLikelihood(HeatmapSeries series, FittedRate rate)
    {
        double sum = 0;
        foreach ((double expected, double count) in Slow(series, rate.HalfLifeDays, rate.BandwidthMeters))
        {
            double mean = rate.Scale * expected + rate.Floor;
            sum += (count > 0 ? count * Math.Log(mean) : 0) - mean;
        }
        return sum;
    }

    // The floor that makes as many expected as there were.
    static double FloorFor(HeatmapSeries series, double scale, double halfLife, double bandwidth)
    {
        double counts = 0, rates = 0;
        int cells = 0;
        foreach ((double rate, double count) in Slow(series, halfLife, bandwidth))
            (counts, rates, cells) = (counts + count, rates + rate, cells + 1);
        return Math.Max(1e-6, (counts - scale * rates) / cells);
    }

    static IEnumerable<(double Rate, double Count)> Slow(HeatmapSeries series, double halfLife, double bandwidth)
    {
        GridSpec grid = series.Spec.Grid;
        double[][] spread = [.. Enumerable.Range(0, 35).Select(source => SlowKernel.Spread(grid, source, bandwidth))];
        var past = new List<float[]>();
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
                    yield return (rates[cell] / weights, map[cell]);
            }
            past.Add(map);
        }
    }

    // Six incidents a day around a place that moves every three weeks.
    static List<Incident> Drifting()
    {
        var random = new Random(3);
        return [.. Enumerable.Range(0, Days).SelectMany(day => Enumerable.Range(0, 6).Select(i =>
            i == 0 ? At(day, random.Next(5), random.Next(7)) : At(day, day / 21 % 5, (day / 21 * 2 + random.Next(2)) % 7)))];
    }

    // One a day, more towards the middle.
    static List<Incident> Smooth()
    {
        var random = new Random(4);
        return [.. Enumerable.Range(0, Days).Select(day => At(day, (random.Next(5) + random.Next(5)) / 2, (random.Next(7) + random.Next(7)) / 2))];
    }

    static Incident At(int day, int row, int column) =>
        new(Cities.FirstDay.AddDays(day).ToDateTime(new TimeOnly(12, 0)), 10.05 + 0.1 * row, 20.05 + 0.1 * column, "A");

    static IEnumerable<double> Steps(double first, double last, int count) =>
        Enumerable.Range(0, count).Select(i => first * Math.Pow(last / first, i / (count - 1.0)));
}
