using HotspotInference.Features;
using HotspotInference.Grids;
using HotspotInference.Heatmaps;

namespace HotspotInference.Tests.Features;

/// <summary>States that versions before this one wrote, whose rates are in double precision.</summary>
public sealed class EarlierCityStateTests
{
    static readonly HeatmapSpec s_heatmaps = new() { Grid = new GridSpec(new GeoBounds(10, 20, 10.2, 20.2), 2, 2) };

    static readonly FeatureSpec s_features = new()
    {
        History = new HistorySpec
        {
            HalfLives = [3, double.PositiveInfinity],
            Smoothings = [0, 1.2],
            Channels = ["any"],
            More = [new HistorySpec { HalfLives = [5], Channels = ["any"], Phase = HistoryPhase.WeekPart }],
        },
        Calendar = new CalendarSpec { Features = ["total_3"] },
    };

    // Written by version 1 from the incidents of 20 days.
    const string Written = """
        SFNDSVRZAAHSBAAArwF7ImFyZWEiOnsic291dGgiOjEwLCJ3ZXN0IjoyMCwibm9ydGgiOjEwLjIsImVhc3QiOjIwLjJ9LCJyb3dzIjoyLCJjb2x1bW5zIjoyLCJj
        YWRlbmNlIjoiZGF5Iiwia2luZHMiOltdLCJtaXNzaW5nX3BlcmlvZHMiOiJub25lIiwiZ2FwcyI6IiIsImZpbGxpbmciOiJ6ZXJvIiwiZXhjbHVkZWRfZGF5cyI6
        IiJ9nwZ7Im1hcHMiOm51bGwsImhpc3RvcnkiOnsiaGFsZl9saXZlcyI6WzMsIkluZmluaXR5Il0sInNtb290aGluZ3MiOlswLDEuMl0sImNoYW5uZWxzIjpbImFu
        eSJdLCJiaW5hcnlfdGhyZXNob2xkIjpudWxsLCJwaGFzZSI6MCwibW9yZSI6W3siaGFsZl9saXZlcyI6WzVdLCJzbW9vdGhpbmdzIjpbMF0sImNoYW5uZWxzIjpb
        ImFueSJdLCJiaW5hcnlfdGhyZXNob2xkIjpudWxsLCJwaGFzZSI6MSwibW9yZSI6W10sImZlYXR1cmVzIjpbeyJjaGFubmVsIjoiYW55IiwiaGFsZl9saWZlIjo1
        LCJzbW9vdGhpbmciOjAsImJpbmFyeV90aHJlc2hvbGQiOm51bGwsInBoYXNlIjoxfV19XSwiZmVhdHVyZXMiOlt7ImNoYW5uZWwiOiJhbnkiLCJoYWxmX2xpZmUi
        OjMsInNtb290aGluZyI6MCwiYmluYXJ5X3RocmVzaG9sZCI6bnVsbCwicGhhc2UiOjB9LHsiY2hhbm5lbCI6ImFueSIsImhhbGZfbGlmZSI6Mywic21vb3RoaW5n
        IjoxLjIsImJpbmFyeV90aHJlc2hvbGQiOm51bGwsInBoYXNlIjowfSx7ImNoYW5uZWwiOiJhbnkiLCJoYWxmX2xpZmUiOiJJbmZpbml0eSIsInNtb290aGluZyI6
        MCwiYmluYXJ5X3RocmVzaG9sZCI6bnVsbCwicGhhc2UiOjB9LHsiY2hhbm5lbCI6ImFueSIsImhhbGZfbGlmZSI6IkluZmluaXR5Iiwic21vb3RoaW5nIjoxLjIs
        ImJpbmFyeV90aHJlc2hvbGQiOm51bGwsInBoYXNlIjowfSx7ImNoYW5uZWwiOiJhbnkiLCJoYWxmX2xpZmUiOjUsInNtb290aGluZyI6MCwiYmluYXJ5X3RocmVz
        aG9sZCI6bnVsbCwicGhhc2UiOjF9XX0sImNhbGVuZGFyIjp7ImZlYXR1cmVzIjpbInRvdGFsXzMiXX192zoLAAAAAADvOgsAAAAAANP7tsU2Wv0/37rGHW3cBkDi
        e4mhC4ICQC2gSNYFEgJAwE45HRMuAkDkt1XrfvUCQA/oIG7pOAJAJ2bEgR7BAkAAAAAAAAAkQAAAAAAAACRAAAAAAAAAJEAAAAAAAAAiQOF7nhaopyNAkH2saKqD
        I0CQfaxoqoMjQAGJCBgDUSNACYxmxcwyE0AAAAAAAAA0QHy4hHXgtwNAlf3Z2zl8EkDdzjUxLXYGQEH4zda4bQtAtqncKVqOBkB05rqGEWHyP3IA2xVFVwdAymPL
        ME8e9z/ZxEKMlnYaQCxZIFc2cxFANhUdfmaHIkAJjGbFzDITQAoq2/Iim1504VW3en7bu+3kZTyqNA/Jr97L/EOuBqyu
        """;

    [Fact]
    public void A_state_with_rates_in_double_precision_is_the_one_that_its_incidents_make()
    {
        CityState read = Read(), made = Made();

        Assert.Equal(made.Features, read.Features);
        Assert.Equal(made.NextPeriod, read.NextPeriod);
        // Friday, and the Monday of another part of the week than the last day before.
        foreach (int horizon in new[] { 1, 4 })
            AssertClose(Cities.History(made, horizon), Cities.History(read, horizon));
        Assert.Equal(Cities.Calendar(made), Cities.Calendar(read));
    }

    [Fact]
    public void A_state_with_rates_in_double_precision_goes_on()
    {
        CityState read = Read(), made = Made();
        for (int day = 20; day < 80; day++)
        {
            read.Append(Incidents(day), Cities.FirstDay.AddDays(day));
            made.Append(Incidents(day), Cities.FirstDay.AddDays(day));
            AssertClose(Cities.History(made), Cities.History(read));
        }
        using var stream = new MemoryStream();
        read.Save(stream);
        stream.Position = 0;

        Assert.Equal(Cities.History(read), Cities.History(CityState.Load(stream)));
    }

    static CityState Read() => CityState.Load(new MemoryStream(Convert.FromBase64String(Written)));

    static CityState Made()
    {
        var city = new CityState(s_heatmaps, s_features, Cities.FirstPeriod);
        city.Append(Enumerable.Range(0, 20).SelectMany(Incidents), Cities.FirstDay.AddDays(19));
        return city;
    }

    static IEnumerable<Incident> Incidents(int day)
    {
        for (int i = 0; i <= day % 3; i++)
        {
            (double latitude, double longitude) = s_heatmaps.Grid.CellCenter((day + i) % 2, day / 2 % 2);
            yield return new Incident(Cities.FirstDay.ToDateTime(TimeOnly.MinValue).AddDays(day).AddHours(i + 1), latitude, longitude);
        }
    }

    static void AssertClose(float[] expected, float[] found)
    {
        Assert.Equal(expected.Length, found.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], found[i], 3e-7f * expected[i]);
    }
}
