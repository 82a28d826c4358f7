using HotspotInference.Features;
using HotspotInference.Heatmaps;

namespace HotspotInference.Tests.Features;

public class CityStateSerializationTests
{
    static readonly FeatureSpec s_everything = new()
    {
        Maps = new MapWindowSpec { Lags = MapWindowSpec.LastPeriods(10), Channels = ["any"], BinaryThreshold = null },
        History = new HistorySpec { HalfLives = [3, double.PositiveInfinity], Smoothings = [0, 1.2], Channels = ["any"] },
        Calendar = new CalendarSpec { Features = ["total_3", "total_30", "monday"] },
    };

    [Theory]
    [InlineData(FillMethod.Zero)]
    [InlineData(FillMethod.WeekdayMean)]
    [InlineData(FillMethod.Ewma)]
    [InlineData(FillMethod.Linear)]
    public void A_state_read_back_goes_on_as_the_one_written(FillMethod filling)
    {
        HeatmapSpec spec = Cities.Spec with { MissingPeriods = MissingPeriods.EmptyPeriods, Filling = filling };
        List<Incident> incidents = Cities.RandomIncidents(60);
        incidents.RemoveAll(incident => incident.Time.Day is > 12 and < 18 or 29);
        HeatmapSeries series = Cities.Series(spec, incidents, 60);
        // Cut in the middle of a gap: the filler's memory must survive too.
        CityState written = Cities.State(s_everything, series.Slice(series.Periods with { Count = 46 }));

        CityState read = ReadBack(written);

        for (int day = 46; day < 60; day++)
        {
            Assert.Equal(Cities.Maps(written), Cities.Maps(read));
            Assert.Equal(Cities.History(written), Cities.History(read));
            Assert.Equal(Cities.Calendar(written), Cities.Calendar(read));
            written.Append(series, day);
            read.Append(series, day);
        }
        Assert.Equal(written.FirstPeriod, read.FirstPeriod);
        Assert.Equal(written.Heatmaps, read.Heatmaps);
        Assert.Equal(written.Features, read.Features);
    }

    [Fact]
    public void A_small_state_takes_few_bytes()
    {
        // 35 cells x (10 sparse maps + 4 rates of 4 bytes, 2 of them with as much again for what is rounded off): about 1 kB of numbers and
        // 1 kB of settings.
        Assert.InRange(Bytes(Some()).Length, 1000, 4000);
    }

    [Fact]
    public void A_rate_takes_four_bytes_a_cell()
    {
        int cells = 20 * 20, few = Length([3, 7]), more = Length([3, 7, 30]);

        // And a few for its numbers of periods and the half-life by name.
        Assert.InRange(more - few, cells * sizeof(float), cells * sizeof(float) + 200);

        static int Length(double[] halfLives) => Bytes(new CityState(
            Cities.Spec with { Grid = new GridSpec(Cities.Spec.Grid.Bounds, 20, 20) },
            new FeatureSpec { History = new HistorySpec { HalfLives = halfLives, Channels = ["any"] } }, Cities.FirstPeriod)).Length;
    }

    [Fact]
    public void Any_damaged_byte_is_noticed()
    {
        byte[] good = Bytes(Some());
        for (int i = 0; i < good.Length; i += 7)
        {
            byte[] damaged = [.. good];
            damaged[i] ^= 0x10;
            Assert.Throws<HotspotException>(() => CityState.Load(new MemoryStream(damaged)));
        }
    }

    [Fact]
    public void A_truncated_state_is_refused_with_both_lengths()
    {
        byte[] good = Bytes(Some());

        HotspotException error = Assert.Throws<HotspotException>(() => CityState.Load(new MemoryStream(good[..^5]), "dc.state"));

        Assert.Equal("dc.state", error.Subject);
        Assert.Contains($"{good.Length - 5}", error.Found, StringComparison.Ordinal);
        Assert.Contains($"{good.Length}", error.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_version_is_refused_by_number()
    {
        byte[] bytes = Bytes(Some());
        bytes[7] = 9;

        Assert.Contains("version 9", Assert.Throws<HotspotException>(() => CityState.Load(new MemoryStream(bytes))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stream_that_holds_something_else_is_refused() =>
        Assert.Contains("a city state", Assert.Throws<HotspotException>(() => CityState.Load(new MemoryStream("date,lat,lon"u8.ToArray()))).Message, StringComparison.Ordinal);

    static CityState Some() => Cities.State(s_everything, Cities.Series(Cities.Spec, Cities.RandomIncidents(20), 20));

    static CityState ReadBack(CityState city) => CityState.Load(new MemoryStream(Bytes(city)));

    static byte[] Bytes(CityState city)
    {
        using var stream = new MemoryStream();
        city.Save(stream);
        return stream.ToArray();
    }
}
