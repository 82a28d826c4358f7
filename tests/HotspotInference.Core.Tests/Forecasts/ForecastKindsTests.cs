
namespace HotspotInference.Tests.Forecasts;

public class ForecastKindsTests
{
    // Two cells: a is likelier in the western, b in the eastern.
    static readonly float[] s_kind = [0.75f, 0.25f, 0.25f, 0.75f];

    [Fact]
    public void Kinds_of_a_cell_are_told_the_most_probable_first()
    {
        HotspotForecast forecast = Forecast(s_kind);

        Assert.True(forecast.HasKind);
        Assert.Equal(["a", "b"], forecast.Kinds);
        Assert.Equal([new("a", 0.75), new("b", 0.25)], forecast.KindsOf(0, 0));
        Assert.Equal([new("b", 0.75), new("a", 0.25)], forecast.KindsAt(10.005, 20.015));
    }

    [Fact]
    public void Kinds_can_have_names_that_are_no_classes() =>
        Assert.Equal("night", new HotspotForecast(Sample.Grid(1, 2), ["any"], Sample.Day, Sample.Day.AddDays(1), new float[2], kind: s_kind,
            kinds: ["day", "night"]).KindsOf(0, 1)[0].Kind);

    [Fact]
    public void Forecast_without_kinds_tells_none()
    {
        HotspotForecast forecast = Forecast([]);

        Assert.False(forecast.HasKind);
        Assert.Empty(forecast.Kinds);
        Assert.Empty(forecast.KindsOf(0, 1));
    }

    [Fact]
    public void Place_outside_is_refused()
    {
        Assert.Throws<HotspotException>(() => Forecast(s_kind).KindsAt(20, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => Forecast(s_kind).KindsOf(0, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => Forecast(s_kind).KindsOf(-1, 0));
    }

    [Theory]
    [InlineData(0.75f, 0.5f)]
    [InlineData(1.5f, -0.5f)]
    [InlineData(float.NaN, 0.5f)]
    public void Probabilities_that_do_not_sum_to_1_are_refused_with_their_cell(float first, float second)
    {
        HotspotException failure = Assert.Throws<HotspotException>(() => Forecast([0.75f, first, 0.25f, second]));

        Assert.Contains("column 1", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Kinds_of_another_number_are_refused() => Assert.Throws<ArgumentException>(() => Forecast([1, 1]));

    static HotspotForecast Forecast(float[] kind) =>
        new(Sample.Grid(1, 2), ["a", "b", "any"], Sample.Day, Sample.Day.AddDays(1), new float[6], kind: kind);
}
