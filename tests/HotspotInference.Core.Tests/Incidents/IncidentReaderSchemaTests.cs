using HotspotInference.Incidents;

namespace HotspotInference.Tests.Incidents;

public class IncidentReaderSchemaTests
{
    static readonly DateTime s_time = new(2016, 3, 14, 21, 5, 0);

    [Theory]
    [InlineData("timestamp,latitude,longitude,type,source\n2016-03-14 21:05:00,38.9,-77.01,Theft,x\n")]
    [InlineData("Coverage Area,Incident ID,Date Time,Type,Longitude-100meter,Latitude-100meter\nDC,5,2016-03-14 21:05:00.000000,Theft,-77.01,38.9\n")]
    [InlineData("#,INCIDENT TITLE,INCIDENT DATE,LOCATION,DESCRIPTION,CATEGORY,LATITUDE,LONGITUDE\n1,t,2016-03-14 21:05:00,DC,\"long, text\",Theft,38.9,-77.01\n")]
    [InlineData("ID,Date,Primary Type,Latitude,Longitude\n7,03/14/2016 09:05:00 PM,Theft,38.9,-77.01\n")]
    [InlineData("date,time,lat,lng,category\n03/14/16,21:05,38.9,-77.01,Theft\n")]
    [InlineData("Date;Time;Lat;Lon;Kind\n14.03.2016;21:05;38.9;-77.01;Theft\n")]
    [InlineData("\uFEFFTIMESTAMP\tLATITUDE\tLONGITUDE\tTYPE\n2016-03-14T21:05\t 38.9 \t-77.01\t Theft\n")]
    public void KnownHeader_isReadWithoutOptions(string text)
    {
        (List<Incident> incidents, IncidentReadReport report) = Csv.Read(text);

        Incident incident = Assert.Single(incidents);
        Assert.Equal(s_time, incident.Time);
        Assert.Equal(38.9, incident.Latitude);
        Assert.Equal(-77.01, incident.Longitude);
        Assert.Equal("Theft", incident.Kinds);
        Assert.Equal(0, report.Rejected);
    }

    /// <summary>Fields are looked at before they are decoded: written in another way they must be the same.</summary>
    [Theory]
    [InlineData("\"2016-03-14 21:05:00\",\"38.9\",\"-77.01\",\"Theft\",\"Here, \"\"there\"\"\"\n")]
    [InlineData(" 2016-03-14 21:05:00 , 38.9,\t-77.01 , Theft ,\"Here, \"\"there\"\"\" \n")]
    [InlineData("2016-03-14 21:05:0,3.89e1,-0077.010,\"Theft\",\"Here, \"\"there\"\"\"\n")]
    [InlineData("2016-03-14 21:05:00.0,38.90000000000000000,-77.0100000000000000,Theft;,\"Here, \"\"there\"\"\"\n")]
    public void FieldsWrittenOtherwise_areTheSameIncident(string row)
    {
        const string Plain = "2016-03-14 21:05:00,38.9,-77.01,Theft,\"Here, \"\"there\"\"\"\n";

        // Before it, after it and again: what was kept of one is not taken for the other.
        (List<Incident> incidents, IncidentReadReport report) = Csv.Read("timestamp,latitude,longitude,type,city\n" + Plain + row + Plain + row);

        Assert.Equal(3, report.Duplicates);
        Assert.All(incidents, (incident, i) =>
            Assert.Equal(new Incident(s_time, 38.9, -77.01, "Theft") { Id = i, Place = "Here, \"there\"" }, incident));
    }

    [Fact]
    public void NamedColumns_areReadWhateverTheirNames()
    {
        var options = new IncidentReaderOptions { TimeColumn = "when", LatitudeColumn = "Y", LongitudeColumn = "X", KindColumn = "what",
            PlaceColumn = "where" };

        (List<Incident> incidents, _) = Csv.Read("what,where,X,Y,When\nTheft,Delhi,77.2,28.6,2016-03-14 21:05\n", options);

        Assert.Equal(new Incident(s_time, 28.6, 77.2, "Theft") { Place = "Delhi" }, Assert.Single(incidents));
    }

    [Fact]
    public void DateAndClockColumns_areJoined()
    {
        var options = new IncidentReaderOptions { DateColumn = "d", ClockColumn = "t", DateFormat = "d/M/yy" };

        (List<Incident> incidents, IncidentReadReport report) = Csv.Read("d,t,lat,lon\n14/3/16,9:05 pm,38.9,-77\n", options);

        Assert.Equal(s_time, incidents[0].Time);
        Assert.Equal("d/M/yy h:m tt", report.Sources[0].Schema.TimeFormat);
    }

    [Fact]
    public void DateColumnThatHoldsMidnights_takesItsClockFromTheColumnBesideIt()
    {
        (List<Incident> incidents,
            _) = Csv.Read("date,time,lat,lon\n03/14/2016 12:00:00 AM,2105,38.9,-77\n03/15/2016 12:00:00 AM,0005,38.9,-77\n");

        Assert.Equal([s_time, new DateTime(2016, 3, 15, 0, 5, 0)], incidents.Select(incident => incident.Time));
    }

    [Fact]
    public void TimeColumnWithAClock_leavesTheClockColumnAlone()
    {
        (List<Incident> incidents, _) = Csv.Read("timestamp,time,lat,lon\n2016-03-14 21:05,99,38.9,-77\n");

        Assert.Equal(s_time, incidents[0].Time);
    }

    [Theory]
    [InlineData("2016-03-14 21:05", 21)]
    [InlineData("2016-03-14", 0)]
    public void TimeColumnWithoutADateBeside_isBoth(string time, int hour)
    {
        (List<Incident> incidents, _) = Csv.Read($"time,lat,lon\n{time},38.9,-77\n");

        Assert.Equal((s_time.Date, hour), (incidents[0].Time.Date, incidents[0].Time.Hour));
    }

    [Fact]
    public void DateWithoutClock_isMidnightAndNoted()
    {
        (List<Incident> incidents, IncidentReadReport report) = Csv.Read("date,lat,lon\n2016-03-14,38.9,-77\n");

        Assert.Equal(s_time.Date, incidents[0].Time);
        Assert.Contains("midnight", Assert.Single(report.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void FlagColumns_namedOrFoundGiveSeveralKinds()
    {
        const string text =
            "date,time,lat,lon,Stalking,Assault,n\n03/14/16,21:05,38.9,-77,1,0,5\n03/15/16,21:05,38.9,-77,1,1,6\n03/16/16,21:05,38.9,-77,0,0,7\n";

        (List<Incident> found, IncidentReadReport report) = Csv.Read(text);
        (List<Incident> named, IncidentReadReport namedReport) = Csv.Read(text,
            new IncidentReaderOptions { KindColumns = ["Stalking", "Assault"] });

        Assert.Equal(["Stalking", "Stalking;Assault", ""], found.Select(incident => incident.Kinds.ToString()));
        Assert.Equal(found, named);
        Assert.Contains(report.Notes, note => note.Contains("Stalking, Assault", StringComparison.Ordinal));
        Assert.DoesNotContain(namedReport.Notes, note => note.Contains("Stalking", StringComparison.Ordinal));
        Assert.Equal([new KindCount("Stalking", 2), new KindCount("Assault", 1)], report.Kinds);
        Assert.Equal(1, report.WithoutKind);
    }

    [Fact]
    public void OneFlagColumn_isNotTakenForAKind()
    {
        (List<Incident> incidents, _) = Csv.Read("timestamp,lat,lon,arrest\n2016-03-14 21:05,38.9,-77,1\n");

        Assert.Empty(incidents[0].Kinds);
    }

    [Fact]
    public void UshahidiCategories_areSplitAtCommas_andPlaceIsRead()
    {
        (List<Incident> incidents, IncidentReadReport report) = Csv.Read(
            "#,INCIDENT TITLE,INCIDENT DATE,LOCATION,DESCRIPTION,CATEGORY,LATITUDE,LONGITUDE\n"
            + "1,a,2013-01-02 22:00:00,\"Connaught Place, Delhi\",\"he said \"\"hi\"\"\nand left\",\"Catcalls/Whistles, Touching /Groping, \",28.63,77.22\n"
            + "2,b,2013-01-03 22:00:00,Mumbai,x,Stalking,19.07,72.87\n");

        Assert.Equal(["Catcalls/Whistles", "Touching /Groping"], incidents[0].Kinds);
        Assert.Equal("Connaught Place, Delhi", incidents[0].Place);
        Assert.Equal("Stalking", incidents[1].Kinds);
        Assert.Equal(["Catcalls/Whistles", "Touching /Groping", "Stalking"], report.Kinds.Select(kind => kind.Name));
    }

    [Fact]
    public void CommaInAKind_staysWhereNoSchemaSplits()
    {
        (List<Incident> incidents, _) = Csv.Read("date,lat,lon,category\n2016-03-14 21:05,37.7,-122.4,\"SEX OFFENSES, FORCIBLE\"\n");

        Assert.Equal("SEX OFFENSES, FORCIBLE", Assert.Single(incidents[0].Kinds));
    }

    [Fact]
    public void KindSeparator_splitsAnyColumn()
    {
        (List<Incident> incidents, _) = Csv.Read("date,lat,lon,category\n2016-03-14 21:05,37.7,-122.4,A | B\n",
            new IncidentReaderOptions { KindSeparator = '|', Delimiter = ',' });

        Assert.Equal(["A", "B"], incidents[0].Kinds);
    }

    [Theory]
    [InlineData("timestamp,type\n2016-03-14,x\n", "latitude", "--latitude-column")]
    [InlineData("timestamp,latitude\n2016-03-14,1\n", "longitude", "--longitude-column")]
    [InlineData("latitude,longitude\n1,2\n", "times", "--time-column")]
    [InlineData("row,col,when,category,count\n0,7,0,1,1\n", "latitude", "--latitude-column")]
    public void MissingColumn_isAnErrorWithTheHeaderAndTheOption(string text, string expected, string option)
    {
        HotspotException error = Csv.Fails(text);

        Assert.Equal("test.csv", error.Subject);
        Assert.Contains(text.Split('\n')[0], error.Found, StringComparison.Ordinal);
        Assert.Contains(expected, error.Expected, StringComparison.Ordinal);
        Assert.Contains(option, error.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("timestamp,datetime,latitude,longitude\n2016-03-14,2016-03-14,1,2\n", "--time-column")]
    [InlineData("timestamp,latitude,lat,longitude\n2016-03-14,1,1,2\n", "--latitude-column")]
    [InlineData("timestamp,latitude,latitude,longitude\n2016-03-14,1,1,2\n", "--latitude-column")]
    [InlineData("timestamp,latitude,longitude,type,category\n2016-03-14,1,2,a,b\n", "--kind-column")]
    public void SeveralColumnsForOneRole_areAnError(string text, string option) =>
        Assert.Contains(option, Csv.Fails(text).Remedy, StringComparison.Ordinal);

    [Fact]
    public void NamedColumnThatIsMissing_isAnErrorAndNotDetectedInstead()
    {
        HotspotException error = Csv.Fails(Csv.Header + "2016-03-14,1,2,a\n", new IncidentReaderOptions { TimeColumn = "tiem" });

        Assert.Contains("no column 'tiem'", error.Found, StringComparison.Ordinal);
        Assert.Contains("--time-column", error.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Sources_mayHaveDifferentSchemas_andIdsRunOn()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            string first = Path.Combine(folder, "a.csv"), second = Path.Combine(folder, "b.csv.gz");
            File.WriteAllText(first, Csv.Header + "2016-03-14 21:05,38.9,-77,A\n2016-03-15 21:05,38.9,-77,B\n");
            File.WriteAllBytes(second, Csv.Gzip("date;time;lat;lon;kind\n14.03.2016;21:05;38.9;-77;B\n"));

            (IReadOnlyList<Incident> incidents, IncidentReadReport report) =
                IncidentReader.ReadAll([first, second], token: TestContext.Current.CancellationToken);

            Assert.Equal([0, 1, 2], incidents.Select(incident => incident.Id));
            Assert.Equal([first, second], report.Sources.Select(source => source.Name));
            Assert.Equal([2L, 1L], report.Sources.Select(source => source.UsableRows));
            Assert.Equal([',', ';'], report.Sources.Select(source => source.Schema.Delimiter));
            Assert.Equal([new KindCount("A", 1), new KindCount("B", 2)], report.Kinds);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
