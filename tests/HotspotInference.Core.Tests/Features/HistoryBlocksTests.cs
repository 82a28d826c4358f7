using HotspotInference.Features;
using HotspotInference.Heatmaps;
using HotspotInference.Incidents;
using HotspotInference.Periods;

namespace HotspotInference.Tests.Features;

/// <summary>Rates of binary maps, of phases, and of several blocks.</summary>
public class HistoryBlocksTests
{
    const int Days = 40;

    static readonly HistorySpec s_plain = new() { HalfLives = [5, 30], Smoothings = [0, 1.2], Channels = [KindEncoding.AnyClass] };

    [Fact]
    public void Binary_rates_are_those_of_maps_whose_counts_are_cut_at_the_threshold()
    {
        List<Incident> incidents = Cities.RandomIncidents(Days);
        // One incident for each cell and day that had any.
        IEnumerable<Incident> once = incidents.DistinctBy(incident =>
            (incident.Time.Date, Cities.Spec.Grid.CellOf(incident.Latitude, incident.Longitude)));

        float[] rates = Rates(s_plain with { BinaryThreshold = 1 }, incidents);

        Assert.NotEqual(incidents.Count, once.Count());
        AssertClose(Rates(s_plain, once), rates);
    }

    [Fact]
    public void A_binary_threshold_leaves_lower_counts_out()
    {
        List<Incident> incidents = Cities.RandomIncidents(Days);
        IEnumerable<Incident> twice = incidents.GroupBy(incident =>
            (incident.Time.Date, Cities.Spec.Grid.CellOf(incident.Latitude, incident.Longitude)))
            .Where(cell => cell.Count() >= 2).Select(cell => cell.First());

        AssertClose(Rates(s_plain, twice), Rates(s_plain with { BinaryThreshold = 2 }, incidents));
    }

    [Theory]
    // 2016-01-01 is a Friday; 40 days end on Tuesday the 9th of February.
    [InlineData(1, false)]
    [InlineData(4, true)]
    [InlineData(5, true)]
    [InlineData(6, false)]
    public void Rates_of_the_week_part_see_only_the_days_of_the_targets_part(int horizon, bool isWeekend)
    {
        List<Incident> incidents = Cities.RandomIncidents(Days);
        HeatmapSeries series = Cities.Series(Cities.Spec, incidents, Days);
        HistorySpec spec = s_plain with { Phase = HistoryPhase.WeekPart };

        float[] rates = Cities.History(Cities.State(new FeatureSpec { History = spec }, series), horizon);

        var expected = new double[Cities.Spec.Grid.CellCount];
        double periods = 0, decay = Math.Pow(0.5, 1 / 5.0);
        var map = new float[expected.Length];
        for (int day = 0; day < Days; day++)
        {
            if (Cities.FirstDay.AddDays(day).DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday != isWeekend)
                continue;
            series.CopyTo(day, map);
            for (int cell = 0; cell < expected.Length; cell++)
                expected[cell] = expected[cell] * decay + map[cell];
            periods = periods * decay + 1;
        }
        // The first block of features: half-life 5, not smoothed.
        for (int cell = 0; cell < expected.Length; cell++)
            Assert.Equal(expected[cell] / periods, rates[cell], 1e-6);
    }

    [Fact]
    public void Rates_of_the_time_of_day_see_only_the_hours_of_the_targets_time()
    {
        HeatmapSpec hourly = Cities.Spec with { Cadence = Cadence.Hour };
        (double latitude, double longitude) = hourly.Grid.CellCenter(2, 3);
        DateTime start = Cities.FirstDay.ToDateTime(TimeOnly.MinValue);
        // One a day at 10:30, for four days.
        Incident[] incidents = [.. Enumerable.Range(0, 4)
            .Select(day => new Incident(start.AddDays(day).AddHours(10.5), latitude, longitude))];
        var builder = new HeatmapBuilder(hourly, new PeriodRange(Cadence.Hour, Cadence.Hour.IndexOf(start), 96));
        builder.AddRange(incidents);
        var spec = new HistorySpec { HalfLives = [double.PositiveInfinity], Channels = [KindEncoding.AnyClass],
            Phase = HistoryPhase.TimeOfDay };
        CityState city = Cities.State(new FeatureSpec { History = spec }, builder.Build());

        // The block of 10:00 and 11:00: four incidents in eight hours.
        int cell = 2 * hourly.Grid.Columns + 3;
        Assert.Equal(0.5f, Cities.History(city, 11)[cell]);
        Assert.Equal(0.5f, Cities.History(city, 12)[cell]);
        Assert.Equal(0, Cities.History(city, 13)[cell]);
        Assert.Equal(0, Cities.History(city, 10)[cell]);
    }

    [Fact]
    public void More_rates_follow_in_order()
    {
        List<Incident> incidents = Cities.RandomIncidents(Days);
        HistorySpec binary = s_plain with { HalfLives = [7], BinaryThreshold = 1 }, weekly = s_plain with { Phase = HistoryPhase.WeekPart };
        HistorySpec all = s_plain with { More = [binary, weekly] };

        float[] rates = Rates(all, incidents);

        Assert.Equal(10, all.FeatureCount);
        Assert.Equal(all.FeatureCount, all.Features.Count());
        Assert.Equal(new HistoryFeature(KindEncoding.AnyClass, 7, 1.2, 1, HistoryPhase.All), all.Features.ElementAt(5));
        AssertClose([.. Rates(s_plain, incidents), .. Rates(binary, incidents), .. Rates(weekly, incidents)], rates);
    }

    [Theory]
    [InlineData("week", "")]
    [InlineData("day", "WeekPart 28 512")]
    // Two and six periods of a half-life's days lie in one block of two hours.
    [InlineData("hour", "WeekPart 672 12288, TimeOfDay 56 1024")]
    [InlineData("20min", "WeekPart 2016 36864, TimeOfDay 168 3072")]
    [InlineData("6h", "WeekPart 112 2048, TimeOfDay 28 512")]
    public void Extended_rates_are_the_default_of_binary_maps_and_of_the_phases_that_a_cadence_knows(string cadence, string phases)
    {
        HeatmapSpec heatmaps = Cities.Spec with { Cadence = Cadence.Parse(cadence), Kinds = KindEncoding.Of("A") };

        HistorySpec plain = HistorySpec.Default(heatmaps), extended = HistorySpec.Extended(heatmaps);

        Assert.Equal(plain, extended with { More = [] });
        Assert.Equal(plain with { BinaryThreshold = 1 }, extended.More[0]);
        Assert.Equal(phases,
            string.Join(", ", extended.More.Skip(1).Select(block => $"{block.Phase} {string.Join(' ', block.HalfLives)}")));
        Assert.All(extended.More.Skip(1), block => Assert.Equal(plain with { HalfLives = block.HalfLives, Phase = block.Phase }, block));
        // A state takes them.
        Assert.Equal(extended.FeatureCount * heatmaps.Grid.CellCount,
            Cities.History(new CityState(heatmaps, new FeatureSpec { History = extended }, 100)).Length);
    }

    [Fact]
    public void A_state_with_several_blocks_survives_being_saved()
    {
        HeatmapSeries series = Cities.Series(Cities.Spec, Cities.RandomIncidents(Days), Days);
        var features =
            new FeatureSpec { History = s_plain with { More = [s_plain with { BinaryThreshold = 1, Phase = HistoryPhase.WeekPart }] } };
        CityState city = Cities.State(features, series);
        using var stream = new MemoryStream();
        city.Save(stream);
        stream.Position = 0;

        CityState loaded = CityState.Load(stream);

        Assert.Equal(features, loaded.Features);
        Assert.Equal(Cities.History(city, 3), Cities.History(loaded, 3));
    }

    [Fact]
    public void A_phase_that_a_cadence_does_not_know_is_refused()
    {
        var features = new FeatureSpec { History = s_plain with { Phase = HistoryPhase.WeekPart } };

        var error = Assert.Throws<HotspotException>(() => new CityState(Cities.Spec with { Cadence = Cadence.Week }, features, 100));

        Assert.Contains("WeekPart with a cadence of a week", error.Message, StringComparison.Ordinal);
    }

    static float[] Rates(HistorySpec spec, IEnumerable<Incident> incidents) =>
        Cities.History(Cities.State(new FeatureSpec { History = spec }, Cities.Series(Cities.Spec, incidents, Days)));

    static void AssertClose(float[] expected, float[] found)
    {
        Assert.Equal(expected.Length, found.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], found[i], 1e-6f);
    }
}
