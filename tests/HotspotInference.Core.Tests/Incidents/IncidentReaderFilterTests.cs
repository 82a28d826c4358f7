using HotspotInference.Incidents;

namespace HotspotInference.Tests.Incidents;

public class IncidentReaderFilterTests
{
    const string Text = """
        timestamp,latitude,longitude,type,city
        2016-03-13 23:59:59.9,38.9,-77,A,Here
        2016-03-14 00:00:00,38.9,-77,A,Here
        2016-03-15 23:59:59.9,38.9,-77,A;B,here
        2016-03-15 12:00:00,38.9,-77,B,Here
        2016-03-15 12:00:00,38.9,-77,C,Here
        2016-03-15 12:00:00,38.9,-77,A,There
        2016-03-15 12:00:00,38.9,-77,A,
        2016-03-16 00:00:00,38.9,-77,A,Here

        """;

    [Fact]
    public void Filters_countWhatEachLeavesOut()
    {
        var options = new IncidentReaderOptions
        {
            From = new DateOnly(2016, 3, 14),
            To = new DateOnly(2016, 3, 15),
            Kinds = ["A", "B"],
            Place = "Here",
        };

        (List<Incident> incidents, IncidentReadReport report) = Csv.Read(Text, options);

        Assert.Equal(["A", "A;B", "B"], incidents.Select(incident => incident.Kinds.ToString()));
        Assert.Equal([0, 1, 2], incidents.Select(incident => incident.Id));
        Assert.Equal((2, 1, 2), (report.OutsideSpan, report.OfOtherKinds, report.InOtherPlaces));
        Assert.Equal((8, 3, 0), (report.RowsRead, report.Accepted, report.Rejected));
        Assert.Equal([new KindCount("A", 2), new KindCount("B", 2)], report.Kinds);
        Assert.Contains("left out: 2 outside the span, 1 of other kinds, 2 in other places", report.ToString(), StringComparison.Ordinal);
        Assert.Equal(new DateTime(2016, 3, 14), report.First);
        Assert.Equal(new DateTime(2016, 3, 15, 23, 59, 59, 900), report.Last);
    }

    [Fact]
    public void NoFilter_leavesNothingOut()
    {
        (List<Incident> incidents, IncidentReadReport report) = Csv.Read(Text);

        Assert.Equal(8, incidents.Count);
        Assert.Equal((0, 0, 0), (report.OutsideSpan, report.OfOtherKinds, report.InOtherPlaces));
    }

    [Fact]
    public void FiltersThatLeaveNothing_areNoError()
    {
        (List<Incident> incidents, IncidentReadReport report) = Csv.Read(Text, new IncidentReaderOptions { Kinds = ["D"] });

        Assert.Empty(incidents);
        Assert.Equal(8, report.OfOtherKinds);
        Assert.Contains("'D'", Assert.Single(report.Notes), StringComparison.Ordinal);
        Assert.Null(report.First);
        Assert.Null(report.Last);
    }

    [Fact]
    public void Duplicates_areEqualInTimePositionAndKinds()
    {
        const string text = Csv.Header
            + "2016-03-14 21:05:00,38.9,-77.01,A\n"
            + "2016-03-14 21:05:01,38.9,-77.01,A\n"
            + "2016-03-14 21:05:00,38.91,-77.01,A\n"
            + "2016-03-14 21:05:00,38.9,-77.02,A\n"
            + "2016-03-14 21:05:00,38.9,-77.01,B\n"
            + "2016-03-14 21:05:00,38.9,-77.01,A;B\n"
            + "2016-03-14 21:05,38.9,-77.01,A\n"
            + "2016-03-14 21:05:00.000,38.90,-77.010, A \n"
            + "2016-03-14 21:05:00,38.9,-77.01,A;B\n";

        (List<Incident> kept, IncidentReadReport report) = Csv.Read(text);
        (List<Incident> removed, IncidentReadReport removedReport) = Csv.Read(text, new IncidentReaderOptions { RemoveDuplicates = true });

        // The seventh row is in another format and is rejected.
        Assert.Equal((8, 2, 0, 1), (kept.Count, report.Duplicates, report.DuplicatesRemoved, report.Rejected));
        Assert.Equal((6, 2, 2, 1), (removed.Count, removedReport.Duplicates, removedReport.DuplicatesRemoved, removedReport.Rejected));
        Assert.Equal([0, 1, 2, 3, 4, 5], removed.Select(incident => incident.Id));
    }

    [Theory]
    [InlineData(null, 4, 0)]
    [InlineData(3, 4, 0)]
    [InlineData(2, 3, 2)]
    [InlineData(1, 1, 5)]
    [InlineData(0, 0, 11)]
    public void DuplicateDays_countsTheIncidentsOfDaysThatWereGivenUp(int? days, int found, int notChecked)
    {
        // Days in the order 3 3 2 2 2 3 1 3 2 2 3: with two at a time the first of the month takes the place of the second, which then
        // comes back.
        const string text = Csv.Header
            + "2016-03-03 01:00:00,38.9,-77.01,A\n2016-03-03 01:00:00,38.9,-77.01,A\n"
            + "2016-03-02 01:00:00,38.9,-77.01,A\n2016-03-02 02:00:00,38.9,-77.01,A\n2016-03-02 03:00:00,38.9,-77.01,A\n"
            + "2016-03-03 02:00:00,38.9,-77.01,A\n2016-03-01 01:00:00,38.9,-77.01,A\n2016-03-03 01:00:00,38.9,-77.01,A\n"
            + "2016-03-02 01:00:00,38.9,-77.01,A\n2016-03-02 05:00:00,38.9,-77.01,A\n2016-03-03 02:00:00,38.9,-77.01,A\n";

        (List<Incident> incidents, IncidentReadReport report) = Csv.Read(text, new IncidentReaderOptions { DuplicateDays = days });

        Assert.Equal((11, found, notChecked), (incidents.Count, report.Duplicates, report.UncheckedForDuplicates));
        Assert.Equal(notChecked > 0, report.ToString().Contains($"{notChecked} incidents not checked for duplicates", StringComparison.Ordinal));
    }

    [Fact]
    public void KindMap_renamesBeforeFiltersAndCounts()
    {
        using Stream file = Csv.Stream("from,to\nRape,severe\n\"Murder, first\",severe\n");
        var options = new IncidentReaderOptions { KindMap = KindMapFile.Read(file, "map.csv"), Kinds = ["severe", "Theft"] };

        (List<Incident> incidents, IncidentReadReport report) = Csv.Read(
            Csv.Header + "2016-03-14,1,2,Rape\n2016-03-14,1,2,Theft\n2016-03-14,1,2,\"Murder, first\"\n2016-03-14,1,2,Rape;Theft\n2016-03-14,1,2,Fraud\n", options);

        Assert.Equal(["severe", "Theft", "severe", "severe;Theft"], incidents.Select(incident => incident.Kinds.ToString()));
        Assert.Equal(1, report.OfOtherKinds);
        Assert.Equal(1, report.Duplicates);
        Assert.Equal([new KindCount("severe", 3), new KindCount("Theft", 2)], report.Kinds);
    }

    [Theory]
    [InlineData("from,to\nRape\n", "1 fields")]
    [InlineData("from,to\nRape,\n", "'Rape' and ''")]
    [InlineData("from,to\nRape,a\nRape,b\n", "'Rape' a second time")]
    public void KindMap_thatIsNotTwoColumns_isAnErrorWithItsLine(string text, string found)
    {
        using Stream file = Csv.Stream(text);

        HotspotException error = Assert.Throws<HotspotException>(() => KindMapFile.Read(file, "map.csv"));

        Assert.StartsWith("map.csv line ", error.Subject, StringComparison.Ordinal);
        Assert.Contains(found, error.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void EncodeKinds_takesTheOrderOfFirstMention()
    {
        (_, IncidentReadReport report) = Csv.Read(Csv.Header + "2016-03-14,1,2,Single\n2016-03-14,1,2,Firecracker\n2016-03-14,1,2,Multiple\n2016-03-15,1,2,Single\n");

        Assert.Equal(["Single", "Firecracker", "Multiple", "any"], report.EncodeKinds().Classes);
    }
}
