using HotspotInference.Baselines;
using HotspotInference.Features;
using HotspotInference.Grids;
using HotspotInference.Heatmaps;

namespace HotspotInference.Tests.Baselines;

public sealed class NextIncidentBaselinesTests
{
    static readonly DateTime s_start = new(2020, 3, 1);
    static readonly GridSpec s_grid = new(new GeoBounds(0, 0, 0.03, 0.04), 3, 4);

    [Fact]
    public void Rates_count_each_incident_half_after_a_half_life()
    {
        PastEvents past = Events((0, 1), (10, 1), (20, 5)).Before(DateTime.MaxValue);
        float[] weighted = new float[12], frequent = new float[12];

        PlaceRates.Weighted(10).Predict(past, weighted);
        PlaceRates.Frequency.Predict(past, frequent);

        double sum = 0.25 + 0.5 + 1 + 12 * 0.1;
        Assert.Equal(Map(0.1 / sum, (1, 0.85 / sum), (5, 1.1 / sum)), weighted, Near);
        Assert.Equal(Map(0.1 / 4.2, (1, 2.1 / 4.2), (5, 1.1 / 4.2)), frequent, Near);
    }

    [Fact]
    public void Near_repeat_falls_with_age_and_distance()
    {
        PastEvents past = Events((0, 0), (2, 6)).Before(DateTime.MaxValue);
        float[] found = new float[12], usual = new float[12];

        new NearRepeat(s_grid, 0.25, ageDays: 4, distanceMeters: 800).Predict(past, found);

        // Anew, from every pair of cell and incident.
        PlaceRates.Weighted(90).Predict(past, usual);
        double[] near = [.. Enumerable.Range(0, 12).Select(cell => Math.Exp(-2 / 4.0) * Weight(cell, 0) + Weight(cell, 6))];
        Assert.Equal([.. near.Select((value, cell) => (float)(0.75 * usual[cell] + 0.25 * value / near.Sum()))], found, Near);

        static double Weight(int a, int b)
        {
            double distance = double.Hypot((a / 4 - b / 4) * s_grid.CellHeightMeters, (a % 4 - b % 4) * s_grid.CellWidthMeters);
            return distance > 4000 ? 0 : Math.Exp(-distance / 800);
        }
    }

    [Fact]
    public void Fit_finds_how_soon_and_how_often_incidents_repeat()
    {
        var random = new Random(4);
        (double, int)[] independent = [.. Enumerable.Range(0, 800).Select(i => (0.3 * i, random.Next(12)))];
        // Of two incidents one repeats the other's cell an hour later.
        (double, int)[] repeated = [.. independent.SelectMany(pair => ((double, int)[])[pair, (pair.Item1 + 1 / 24.0, pair.Item2)])];
        EventSequence repeats = Events(repeated);

        NearRepeat found = NearRepeat.Fit(repeats, DateTime.MaxValue), none = NearRepeat.Fit(Events(independent), DateTime.MaxValue),
            earlier = NearRepeat.Fit(repeats, repeats.TimeOf(600)), same = NearRepeat.Fit(Events(repeated[..600]), DateTime.MaxValue);

        Assert.InRange(found.Share, 0.4, 0.65);
        Assert.InRange(found.AgeDays, 0.04, 1);
        // Long and wide weights only smooth what is usual.
        Assert.InRange(none.AgeDays, 14, 56);
        Assert.Equal((same.Share, same.AgeDays, same.DistanceMeters), (earlier.Share, earlier.AgeDays, earlier.DistanceMeters));
    }

    static EventSequence Events(params (double Days, int Cell)[] events) => EventSequence.Of(events.Select(one =>
        new Incident(s_start.AddDays(one.Days), 0.01 * (3 - one.Cell / 4 - 0.5), 0.01 * (one.Cell % 4 + 0.5))), new HeatmapSpec { Grid = s_grid });

    static float[] Map(double all, params (int Cell, double Value)[] others)
    {
        var map = new float[12];
        Array.Fill(map, (float)all);
        foreach ((int cell, double value) in others)
            map[cell] = (float)value;
        return map;
    }

    static bool Near(float a, float b) => Math.Abs(a - b) < 1e-6;
}
