using HotspotInference.Features;
using HotspotInference.Heatmaps;
using HotspotInference.Periods;

namespace HotspotInference.Tests.Features;

public class CalendarFeaturesTests
{
    [Fact]
    public void Totals_are_logs_of_the_discounted_mean_of_the_whole_city()
    {
        // Three days with 4, 0 and 2 incidents; half-life 1: (2 + 0/2 + 4/4) / (1 + 1/2 + 1/4) = 12/7 a day.
        HeatmapSeries series = Cities.Series(Cities.Spec, [.. At(0, 4), .. At(2, 2)], 3);

        float[] calendar = Cities.Calendar(Cities.State(Calendar("total_1"), series));

        Assert.Equal(Math.Log(12 / 7.0 + 0.1), calendar[0], 1e-6);
    }

    [Fact]
    public void Totals_count_an_incident_of_several_kinds_once()
    {
        HeatmapSpec spec = Cities.Spec with { Kinds = HotspotInference.Incidents.KindEncoding.Of("A", "B") };
        Incident both = At(0, 1)[0] with { Kinds = new(["A", "B"]) };

        float[] calendar = Cities.Calendar(Cities.State(Calendar("total_7"), Cities.Series(spec, [both], 1)));

        Assert.Equal(Math.Log(1.1), calendar[0], 1e-6);
    }

    [Fact]
    public void The_weekday_is_that_of_the_target()
    {
        // 2016-01-01 was a Friday, so that the first unknown day after three is Monday the 4th.
        CityState city = Cities.State(Calendar("monday", "tuesday", "sunday"), Cities.Series(Cities.Spec, [], 3));

        Assert.Equal([1f, 0, 0], Cities.Calendar(city));
        Assert.Equal([0f, 1, 0], Cities.Calendar(city, horizon: 2));
        Assert.Equal([0f, 0, 1], Cities.Calendar(city, horizon: 7));
    }

    [Fact]
    public void Harmonics_turn_once_a_year_and_once_a_day()
    {
        // 2015-07-02 12:00 is the middle of a year of 365 days.
        HeatmapSpec spec = Cities.Spec with { Cadence = Cadence.Every(TimeSpan.FromHours(12)) };
        var city = new CityState(spec, Calendar("year_sin_1", "year_cos_1", "year_cos_2", "hour_sin_1", "hour_cos_1"),
            spec.Cadence.IndexOf(new DateTime(2015, 7, 2, 12, 0, 0)));

        float[] expected = [0, -1, 1, 0, -1];

        Assert.Equal(expected, Cities.Calendar(city).Select(value => MathF.Round(value, 5) + 0f));
    }

    [Theory]
    [InlineData("total_0")]
    [InlineData("total_x")]
    [InlineData("year_sin_1.5")]
    [InlineData("moonday")]
    [InlineData("")]
    public void An_unknown_feature_is_refused_by_name(string name)
    {
        HotspotException error = Assert.Throws<HotspotException>(() => new CityState(Cities.Spec, Calendar(name), 0));

        Assert.Contains($"'{name}'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hour", 24)]
    [InlineData("day", 18)]
    [InlineData("week", 9)]
    [InlineData("month", 6)]
    public void The_default_of_each_cadence_is_accepted(string cadence, int features)
    {
        HeatmapSpec spec = Cities.Spec with { Cadence = Cadence.Parse(cadence) };
        CalendarSpec calendar = CalendarSpec.Default(spec.Cadence);

        Assert.Equal(features, Cities.Calendar(new CityState(spec, new FeatureSpec { Calendar = calendar }, 100)).Length);
        Assert.Contains("year_cos_2", calendar.Features);
    }

    [Theory]
    // Four half-lives, to the day.
    [InlineData("day", 111, 4, false)]
    [InlineData("day", 112, 5, false)]
    [InlineData("day", 360, 6, false)]
    [InlineData("day", 1459, 6, true)]
    [InlineData("day", 1460, 7, true)]
    // Two years of 365.2425 days.
    [InlineData("day", 730, 6, false)]
    [InlineData("day", 731, 6, true)]
    [InlineData("week", 27, 0, false)]
    [InlineData("week", 28, 1, false)]
    [InlineData("hour", 3, 0, false)]
    [InlineData("hour", 4, 1, false)]
    public void The_default_leaves_out_what_cannot_be_told_from_a_trend_in_the_days_learnt(string cadence, int days,
        int totals, bool knowsTheYear)
    {
        IReadOnlyList<string> features = CalendarSpec.Default(Cadence.Parse(cadence), days).Features;

        Assert.Equal(totals, features.Count(feature => feature.StartsWith("total_", StringComparison.Ordinal)));
        Assert.Equal(knowsTheYear ? 4 : 0, features.Count(feature => feature.StartsWith("year_", StringComparison.Ordinal)));
        // What comes round every week and day is told apart in any time.
        Assert.Equal(cadence != "week", features.Contains("sunday"));
        Assert.Equal(cadence == "hour" ? 6 : 0, features.Count(feature => feature.StartsWith("hour_", StringComparison.Ordinal)));
    }

    static FeatureSpec Calendar(params string[] features) => new() { Calendar = new CalendarSpec { Features = features } };

    static List<Incident> At(int day, int count) =>
        [.. Enumerable.Repeat(new Incident(Cities.FirstDay.AddDays(day).ToDateTime(new TimeOnly(13, 0)), 10.2, 20.3), count)];
}
