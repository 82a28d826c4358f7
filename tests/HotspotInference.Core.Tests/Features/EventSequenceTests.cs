using HotspotInference.Features;
using HotspotInference.Grids;
using HotspotInference.Heatmaps;
using HotspotInference.Incidents;
using HotspotInference.Periods;

namespace HotspotInference.Tests.Features;

public sealed class EventSequenceTests
{
    static readonly DateTime s_start = new(2020, 3, 1);

    static readonly HeatmapSpec s_spec = new()
    {
        Grid = new GridSpec(new GeoBounds(0, 0, 0.03, 0.04), 3, 4),
        Kinds = KindEncoding.Of("shots"),
        ExcludedDays = ExcludedDays.Parse("03-02..03-02"),
    };

    [Fact]
    public void Features_are_cell_and_intervals_from_the_incident_before()
    {
        EventSequence events = EventSequence.Of(
        [
            At(0, 0.005, 0.005), At(1.5, 0.025, 0.035), At(1.75, 0.025, 0.034), At(4, 0.015, 0.034),
        ], s_spec);
        var spec = new EventSpec { Steps = 3 };
        float[] features = new float[12];

        events.Before(DateTime.MaxValue).CopyFeatures(spec, features);

        // On the equator a degree is 111,195 m on a sphere of the Earth's mean radius, to the east as to the north.
        double diagonal = 111_195 * double.Hypot(0.02, 0.03);
        Assert.Equal([0, 3, 1.5f, (float)diagonal, 0, 3, 0.25f, 111.195f, 1, 3, 2.25f, 1111.95f], features, (a, b) => Math.Abs(a - b) < 0.05);
    }

    [Fact]
    public void Only_incidents_that_count_are_kept_in_the_order_of_time_and_place()
    {
        Incident[] incidents =
        [
            At(5, 0.005, 0.035), At(5, 0.005, 0.005), At(2, 0.5, 0.005), At(3, 0.005, 0.005) with { Kinds = "fireworks" }, At(-30, 0.005, 0.005),
            At(30, 0.005, 0.015), At(50, 0.025, 0.015), At(1, 0.025, 0.005),
        ];

        EventSequence events = EventSequence.Of(incidents, s_spec, new DateOnly(2020, 3, 1));
        EventSequence reversed = EventSequence.Of(incidents.Reverse(), s_spec, new DateOnly(2020, 3, 1));

        Assert.Equal([0, 8, 11, 1], Enumerable.Range(0, events.Count).Select(events.CellOf));
        Assert.Equal([0, 8, 11, 1], Enumerable.Range(0, events.Count).Select(reversed.CellOf));
        Assert.Equal(s_start.AddHours(50), events.TimeOf(3));
    }

    [Fact]
    public void Past_ends_strictly_before_the_moment_and_shows_nothing_later()
    {
        EventSequence events = EventSequence.Of([At(1, 0, 0), At(2, 0, 0), At(2, 0.01, 0), At(3, 0, 0)], s_spec);

        PastEvents past = events.Before(s_start.AddHours(2));

        Assert.Equal([0, 1, 3, 4], new[] { 1, 2, 3, 4 }.Select(hour => events.Before(s_start.AddHours(hour)).Count));
        Assert.Equal(1, past.Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => past.TimeOf(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => past.CellOf(1));
        Assert.Throws<HotspotException>(() => past.CopyFeatures(new EventSpec { Steps = 1 }, new float[4]));
        Assert.Throws<ArgumentException>(() => past.CopyFeatures(new EventSpec { Steps = 1 }, new float[5]));
    }

    static Incident At(double hours, double latitude, double longitude) => new(s_start.AddHours(hours), latitude, longitude, "shots");
}
