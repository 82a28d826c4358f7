using HotspotInference.Baselines;
using HotspotInference.Features;
using HotspotInference.Grids;
using HotspotInference.Heatmaps;
using HotspotInference.Periods;
using HotspotInference.Tests.Features;

namespace HotspotInference.Tests.Baselines;

public class ProspectiveTests
{
    // On the equator, five rows of 111.13 m and columns of 111.32 m: half a cell is 55.61 m.
    static readonly HeatmapSpec s_spec = new() { Grid = new GridSpec(new GeoBounds(0, 20, 0.005, 20.005), 5, 5),
        ExcludedDays = ExcludedDays.Parse("03-02") };
    static readonly DateOnly s_first = new(2017, 1, 1);

    [Fact]
    public void Score_is_the_sum_over_distance_and_age_worked_by_hand()
    {
        // 80 days: the one to forecast is March 22nd, day 80.
        HeatmapSeries series = Series(80, (79, 0, 0), (73, 0, 0), (19, 0, 0), (18, 0, 0), (60, 0, 0), (72, 0, 3));
        var forecaster = (ProspectiveForecaster)new ProspectiveFitter().Fit(series, series.Periods, TestContext.Current.CancellationToken);
        var score = new float[25];
        forecaster.Score(State(forecaster.Features, series), 1, score);

        // In its own cell: 1 day old and 7 days old (one whole week) and 61 days (eight); 62 days is too old; day 60 is March 2nd, left
        // out. From three columns away, 333.6 m or six half cells: 8 days, one week.
        double own = 1 + 1 / 2.0 + 1 / 9.0;
        Assert.Equal(own + 1 / 2.0 / 7, score[0], 1e-6);
        // One column away: two half cells, from the other two columns: four.
        Assert.Equal(own / 3 + 1 / 2.0 / 5, score[1], 1e-6);
        // One row and one column, 157 m: two whole half cells.
        Assert.Equal(own / 3 + 1 / 2.0 / 1 * (1 / (1 + 4.0)), score[5 + 1], 1e-6);
        // Four columns away, 445 m, is out of reach of the first and next to the other; so are three rows and
        // three columns, 472 m, and three rows alone are 5.995 half cells: five whole ones.
        Assert.Equal(1 / 2.0 / 3, score[4], 1e-6);
        Assert.Equal(1 / 2.0 / 6, score[3 * 5 + 3], 1e-6);

        // A week ahead all are a week older, and those of 61 days are out.
        forecaster.Score(State(forecaster.Features, series), 8, score);
        Assert.Equal(1 / 2.0 + 1 / 3.0 + 1 / 3.0 / 7, score[0], 1e-6);
    }

    [Fact]
    public void Scaling_leaves_the_order_of_cells()
    {
        HeatmapSeries series = Series(80, [.. Enumerable.Range(0, 80).Select(day => (day, day * day % 5, day * day * day % 5))]);
        var forecaster = (ProspectiveForecaster)new ProspectiveFitter().Fit(series, series.Periods, TestContext.Current.CancellationToken);
        CityState city = State(forecaster.Features, series);
        float[] score = new float[25], intensity = new float[25];

        forecaster.Score(city, 1, score);
        forecaster.PredictIntensity(city, 1, intensity);

        Assert.True(forecaster.Scales[0] > 0 && forecaster.Floors[0] > 0);
        for (int i = 0; i < 25; i++)
            Assert.Equal(forecaster.Scales[0] * score[i] + forecaster.Floors[0], intensity[i], 1e-6);
    }

    [Fact]
    public void Mean_of_the_last_days_skips_days_left_out_missing_and_not_yet_known()
    {
        HeatmapSpec spec = s_spec with { MissingPeriods = MissingPeriods.DeclaredGaps,
            Gaps = new DeclaredGaps([(new(2017, 3, 5), new(2017, 3, 6))]) };
        // Day 60 is left out, days 63 and 64 are missing; of days 59 to 66 five count.
        HeatmapSeries series = Series(67, spec, (58, 0, 0), (59, 0, 0), (60, 0, 0), (66, 0, 0), (66, 0, 0), (65, 0, 1));
        var forecaster = new RecentMeanForecaster(spec, 8);
        var intensity = new float[25];

        forecaster.PredictIntensity(State(forecaster.Features, series), 1, intensity);
        Assert.Equal((3 / 5f, 1 / 5f), (intensity[0], intensity[1]));
        Assert.Equal(24, intensity.Length - 1);

        HeatmapSeries young = Series(2, spec, (0, 0, 0));
        forecaster.PredictIntensity(State(forecaster.Features, young), 1, intensity);
        Assert.Equal(0.5f, intensity[0]);
    }

    [Fact]
    public void Settings_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ProspectiveFitter(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ProspectiveFitter(windowDays: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RecentMeanForecaster(s_spec, 0));
    }

    static CityState State(FeatureSpec features, HeatmapSeries series) => Cities.State(features, series);

    static HeatmapSeries Series(int days, params (int Day, int Row, int Column)[] incidents) => Series(days, s_spec, incidents);

    static HeatmapSeries Series(int days, HeatmapSpec spec, params (int Day, int Row, int Column)[] incidents)
    {
        var builder = new HeatmapBuilder(spec, PeriodRange.Days(Cadence.Day, s_first, s_first.AddDays(days - 1)));
        builder.AddRange(incidents.Select(of => new Incident(s_first.AddDays(of.Day).ToDateTime(new TimeOnly(12, 0)),
            0.0005 + 0.001 * (4 - of.Row), 20.0005 + 0.001 * of.Column, "A")));
        return builder.Build();
    }
}
