using HotspotInference.Baselines;
using HotspotInference.Features;
using HotspotInference.Grids;
using HotspotInference.Heatmaps;
using HotspotInference.Periods;
using HotspotInference.Tests.Features;

namespace HotspotInference.Tests.Baselines;

public class SelfExcitingTests
{
    // On the equator, 24 x 24 cells of 222 m.
    static readonly HeatmapSpec s_spec = new() { Grid = new GridSpec(new GeoBounds(0, 20, 0.048, 20.048), 24, 24) };
    static readonly DateTime s_start = new(2010, 1, 1);

    [Theory]
    [InlineData(0.5, 0.1, 300.0, 1)]
    [InlineData(0.3, 0.05, 150.0, 2)]
    [InlineData(0.6, 0.2, 400.0, 3)]
    public void Expectation_maximisation_recovers_a_simulated_process(double theta, double omega, double sigma, int seed)
    {
        HeatmapSeries series = Simulate(1500, theta, omega, sigma, seed);
        SelfExcitingParameters fitted = Fit(series).Parameters[0];
        TestContext.Current.TestOutputHelper!.WriteLine(fitted.ToString());

        // An incident cannot trigger one of its own day here: that share of the followers is lost.
        double seen = theta * (1 - SameDay(omega));
        Assert.Equal(seen, fitted.Productivity, 0.08);
        Assert.Equal(1, fitted.DecayPerDay / omega, 0.25);
        Assert.Equal(1, fitted.SpreadMeters / sigma, 0.15);
        // Nothing is lost: what is not triggered goes on by itself.
        Assert.Equal(1, fitted.Productivity + fitted.BackgroundScale, 0.1);
    }

    [Fact]
    public void Without_followers_little_is_triggered()
    {
        SelfExcitingParameters fitted = Fit(Simulate(1500, 0, 0.1, 300, 4)).Parameters[0];

        Assert.InRange(fitted.Productivity, 0, 0.12);
    }

    [Fact]
    public void Intensity_is_the_sum_over_all_incidents_before()
    {
        HeatmapSeries series = Simulate(200, 0.5, 0.1, 300, 5);
        SelfExcitingForecaster forecaster = Fit(series);
        SelfExcitingParameters of = forecaster.Parameters[0];
        var intensity = new float[576];
        forecaster.PredictIntensity(Cities.State(forecaster.Features, series), 1, intensity);

        double decay = Math.Exp(-of.DecayPerDay), weights = 0;
        var expected = new double[576];
        Array.Fill(expected, of.Floor);
        double[]?[] nears = new double[576][], fars = new double[576][];
        for (int day = 0; day < 200; day++)
            weights += Math.Pow(decay, 199 - day);
        for (int day = 0; day < 200; day++)
        {
            foreach (HeatmapEntry entry in series.Entries(day))
            {
                (double[] near, double[] far) = (nears[entry.Index] ??= SlowKernel.Spread(s_spec.Grid, entry.Index, of.SpreadMeters),
                    fars[entry.Index] ??= SlowKernel.Spread(s_spec.Grid, entry.Index, of.BackgroundBandwidthMeters));
                for (int cell = 0; cell < 576; cell++)
                    expected[cell] += entry.Count * (of.Productivity * Math.Pow(decay, 199 - day) / weights * near[cell]
                        + of.BackgroundScale / 200 * far[cell]);
            }
        }
        for (int cell = 0; cell < 576; cell++)
            // Discounted a little, and cut at four standard deviations.
            Assert.Equal(expected[cell], intensity[cell], 1e-3 * expected[cell] + 1e-6);
    }

    [Fact]
    public void Far_ahead_each_own_incident_has_a_whole_family()
    {
        HeatmapSeries series = Simulate(300, 0.5, 0.1, 300, 6);
        SelfExcitingForecaster forecaster = Fit(series);
        SelfExcitingParameters of = forecaster.Parameters[0];
        CityState city = Cities.State(forecaster.Features, series);
        float[] next = new float[576], second = new float[576], far = new float[576];
        forecaster.PredictIntensity(city, 1, next);
        forecaster.PredictIntensity(city, 2, second);
        forecaster.PredictIntensity(city, 2000, far);

        double perDay = Enumerable.Range(0, 300).Sum(day => series.Total(day, 0)) / 300;
        double own = of.BackgroundScale * perDay + 576 * of.Floor, decay = Math.Exp(-of.DecayPerDay);
        Assert.Equal(1, far.Sum() / (own / (1 - of.Productivity)), 2e-3);
        // What is triggered fades, and what is expected tomorrow adds to it.
        Assert.Equal(1, second.Sum() / (own + decay * (next.Sum() - own) + of.Productivity * (1 - decay) * next.Sum()), 2e-3);
    }

    static SelfExcitingForecaster Fit(HeatmapSeries series) =>
        (SelfExcitingForecaster)new SelfExcitingFitter().Fit(series, Later(series.Periods), TestContext.Current.CancellationToken);

    // The background needs a past: the first third is history alone.
    static PeriodRange Later(PeriodRange periods) =>
        periods with { First = periods.First + periods.Count / 3, Count = periods.Count - periods.Count / 3 };

    // The share of followers on the day of their parent, which falls anywhere in it.
    static double SameDay(double omega) => 1 - (1 - Math.Exp(-omega)) / omega;

    // Families in continuous time and space: own incidents around four places and everywhere, followers after exponential times at Gaussian
    // distances.
    static HeatmapSeries Simulate(int days, double theta, double omega, double sigma, int seed)
    {
        var random = new Random(seed);
        (double X, double Y)[] places = [(0.3, 0.3), (0.7, 0.35), (0.4, 0.75), (0.75, 0.7)];
        const double SideMeters = 0.048 * 111_195;
        var queue = new Queue<(double Time, double X, double Y)>();
        int own = Poisson(random, 6.0 * days);
        for (int i = 0; i < own; i++)
        {
            (double x, double y) = places[random.Next(4)];
            queue.Enqueue(random.Next(3) == 0
                ? (days * random.NextDouble(), SideMeters * random.NextDouble(), SideMeters * random.NextDouble())
                : (days * random.NextDouble(), SideMeters * x + 1200 * Normal(random), SideMeters * y + 1200 * Normal(random)));
        }
        var builder = new HeatmapBuilder(s_spec, new PeriodRange(Cadence.Day, Cadence.Day.IndexOf(s_start), days));
        while (queue.TryDequeue(out (double Time, double X, double Y) of))
        {
            builder.Add(new Incident(s_start.AddDays(of.Time), of.Y / 111_195, 20 + of.X / 111_195, "A"));
            for (int followers = Poisson(random, theta); followers > 0; followers--)
            {
                double time = of.Time - Math.Log(1 - random.NextDouble()) / omega;
                if (time < days)
                    queue.Enqueue((time, of.X + sigma * Normal(random), of.Y + sigma * Normal(random)));
            }
        }
        return builder.Build();
    }

    static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    static int Poisson(Random random, double mean)
    {
        int count = 0;
        for (double time = -Math.Log(1 - random.NextDouble()); time < mean; time -= Math.Log(1 - random.NextDouble()))
            count++;
        return count;
    }
}
