using HotspotInference.Features;
using HotspotInference.Heatmaps;
using HotspotInference.Incidents;
using HotspotInference.Periods;

namespace HotspotInference.Tests.Features;

public class HistoryFeaturesTests
{
    const int Days = 40;

    [Theory]
    [InlineData(0)]
    [InlineData(2.5)]
    [InlineData(90)]
    [InlineData(double.PositiveInfinity)]
    public void Rates_equal_the_discounted_sum_over_the_discounted_days(double halfLife)
    {
        HeatmapSeries series = Cities.Series(Cities.Spec, Cities.RandomIncidents(Days), Days);

        float[] rates = Cities.History(Cities.State(History(halfLife), series));

        AssertRates(series, halfLife, skipped: _ => false, rates);
    }

    [Fact]
    public void Excluded_and_missing_days_are_skipped_in_sum_and_count()
    {
        HeatmapSpec spec = Cities.Spec with
        {
            ExcludedDays = ExcludedDays.Parse("01-05..01-08"),
            MissingPeriods = MissingPeriods.DeclaredGaps,
            Gaps = DeclaredGaps.Parse("2016-01-20..2016-01-22"),
        };
        HeatmapSeries series = Cities.Series(spec, Cities.RandomIncidents(Days), Days);

        float[] rates = Cities.History(Cities.State(History(5), series));

        AssertRates(series, 5, skipped: day => day is >= 4 and <= 7 or >= 19 and <= 21, rates);
    }

    [Fact]
    public void Smoothed_rates_equal_scipys_gaussian_filter()
    {
        // scipy.ndimage.gaussian_filter(a, sigma, mode='reflect') for a 4 x 5 map with 1 at (0, 0) and 2 at (2, 3).
        double[] wide =
        [
            0.32502086, 0.19652476, 0.10141260, 0.07673606, 0.06280810, 0.18787621, 0.14044243, 0.14318921, 0.16990264, 0.15140973,
            0.06638716, 0.08863615, 0.17349896, 0.24249051, 0.22078077, 0.01988003, 0.05824315, 0.15182878, 0.22088236, 0.20204953,
        ];
        double[] narrow =
        [
            0.68780964, 0.13941811, 0.00297788, 0.00340707, 0.00086273, 0.13940494, 0.02910409, 0.05522813, 0.21975648, 0.05564633,
            0.00212832, 0.00383844, 0.21976307, 0.88130955, 0.22316355, 0.00000000, 0.00086273, 0.05564633, 0.22316355, 0.05650906,
        ];
        HeatmapSpec spec = new() { Grid = new GridSpec(Cities.Spec.Grid.Bounds, 4, 5) };
        DateTime time = Cities.FirstDay.ToDateTime(TimeOnly.MinValue);
        (double lat, double lon) = spec.Grid.CellCenter(0, 0);
        (double lat2, double lon2) = spec.Grid.CellCenter(2, 3);
        HeatmapSeries series = Cities.Series(spec, [new(time, lat, lon), new(time, lat2, lon2), new(time, lat2, lon2)], 1);
        var features = new FeatureSpec { History = new HistorySpec { HalfLives = [7], Smoothings = [1.2, 0.6], Channels = [KindEncoding.AnyClass] } };

        float[] rates = Cities.History(Cities.State(features, series));

        for (int i = 0; i < 20; i++)
        {
            Assert.Equal(wide[i], rates[i], 1e-6);
            Assert.Equal(narrow[i], rates[20 + i], 1e-6);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(512)]
    [InlineData(double.PositiveInfinity)]
    public void Smoothed_rates_of_years_are_those_of_double_precision(double halfLife)
    {
        const int ManyDays = 1000;
        HeatmapSeries series = Cities.Series(Cities.Spec, Cities.RandomIncidents(ManyDays), ManyDays);
        HistorySpec counts = new() { HalfLives = [halfLife], Smoothings = [0, 1.2], Channels = [KindEncoding.AnyClass] };
        HistorySpec both = counts with { More = [counts with { BinaryThreshold = 1 }] };

        float[] rates = Cities.History(Cities.State(new FeatureSpec { History = both }, series));

        int cells = Cities.Spec.Grid.CellCount;
        for (int feature = 0; feature < both.FeatureCount; feature++)
        {
            var kernel = new SlowSmoothing(counts.Smoothings[feature % 2], Cities.Spec.Grid);
            double[] sums = new double[cells];
            double decay = Math.Pow(0.5, 1 / halfLife), periods = 0;
            for (int day = 0; day < ManyDays; day++)
            {
                for (int i = 0; i < cells; i++)
                    sums[i] *= decay;
                foreach (HeatmapEntry entry in series.Entries(day))
                    kernel.Add(feature < 2 ? entry.Count : 1, entry.Index, sums);
                periods = periods * decay + 1;
            }
            for (int i = 0; i < cells; i++)
                Assert.Equal(sums[i] / periods, rates[feature * cells + i], 3e-6 * sums[i] / periods);
        }
    }

    [Fact]
    public void Smoothing_wider_than_the_grid_loses_no_count()
    {
        // scipy.ndimage.gaussian_filter of a 3 x 2 map with 1 at (1, 1), sigma 2.5.
        double[] expected = [0.16659115, 0.16673946, 0.16659523, 0.16674354, 0.16659115, 0.16673946];
        HeatmapSpec spec = new() { Grid = new GridSpec(Cities.Spec.Grid.Bounds, 3, 2) };
        (double lat, double lon) = spec.Grid.CellCenter(1, 1);
        HeatmapSeries series = Cities.Series(spec, [new(Cities.FirstDay.ToDateTime(TimeOnly.MinValue), lat, lon)], 1);
        var features = new FeatureSpec { History = new HistorySpec { HalfLives = [7], Smoothings = [2.5], Channels = [KindEncoding.AnyClass] } };

        float[] rates = Cities.History(Cities.State(features, series));

        Assert.Equal(1, rates.Sum(), 1e-6);
        for (int i = 0; i < 6; i++)
            Assert.Equal(expected[i], rates[i], 1e-6);
    }

    [Fact]
    public void Features_are_in_the_order_channel_half_life_smoothing()
    {
        HeatmapSpec spec = Cities.Spec with { Kinds = KindEncoding.Of("A", "B") };
        HeatmapSeries series = Cities.Series(spec, Cities.RandomIncidents(Days), Days);
        var all = new FeatureSpec { History = new HistorySpec { HalfLives = [3, 30], Smoothings = [0, 1], Channels = ["B", "any"] } };
        float[] rates = Cities.History(Cities.State(all, series));
        int cells = spec.Grid.CellCount, feature = 0;

        foreach (string channel in new[] { "B", "any" })
            foreach (double halfLife in new[] { 3.0, 30 })
                foreach (double width in new[] { 0.0, 1 })
                {
                    var one = new FeatureSpec { History = new HistorySpec { HalfLives = [halfLife], Smoothings = [width], Channels = [channel] } };
                    Assert.Equal(Cities.History(Cities.State(one, series)), rates.AsSpan(feature++ * cells, cells).ToArray());
                }
    }

    [Fact]
    public void Rates_before_the_first_period_are_zero()
    {
        var city = new CityState(Cities.Spec, History(7), Cities.FirstPeriod);

        Assert.All(Cities.History(city), rate => Assert.Equal(0, rate));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    public void A_half_life_out_of_range_is_refused(double halfLife) =>
        Assert.Contains("half-lives", Assert.Throws<HotspotException>(() => new CityState(Cities.Spec, History(halfLife), 0)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_channel_that_is_no_class_is_refused_by_name()
    {
        var features = new FeatureSpec { History = new HistorySpec { HalfLives = [7], Channels = ["rain"] } };

        HotspotException error = Assert.Throws<HotspotException>(() => new CityState(Cities.Spec, features, 0));

        Assert.Contains("'rain'", error.Found, StringComparison.Ordinal);
    }

    static FeatureSpec History(double halfLife) =>
        new() { History = new HistorySpec { HalfLives = [halfLife], Channels = [KindEncoding.AnyClass] } };

    // From the definition, one cell at a time, with a weight for each day.
    static void AssertRates(HeatmapSeries series, double halfLife, Func<int, bool> skipped, float[] rates)
    {
        var map = new float[series.Spec.MapLength];
        var sums = new double[map.Length];
        double weights = 0;
        int age = 0;
        for (int day = series.Periods.Count - 1; day >= 0; day--)
        {
            if (skipped(day))
                continue;
            double weight = halfLife == 0 ? (age == 0 ? 1 : 0) : Math.Exp(-Math.Log(2) * age / halfLife);
            age++;
            weights += weight;
            series.CopyTo(day, map);
            for (int i = 0; i < map.Length; i++)
                sums[i] += weight * map[i];
        }
        for (int i = 0; i < sums.Length; i++)
            Assert.Equal(sums[i] / weights, rates[i], 1e-6);
    }
}
