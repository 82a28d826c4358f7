using System.Globalization;
using HotspotInference.Grids;
using HotspotInference.Heatmaps;
using HotspotInference.Incidents;
using HotspotInference.Periods;

namespace HotspotInference.Tests.Incidents;

/// <summary>Sparse tensors of counts, <c>row,col,day,category,count</c>.</summary>
public sealed class TensorTests
{
    const string Header = "row,col,day,category,count\n";
    static readonly TensorOptions s_tensor = new() { FirstDays = [new DateOnly(2016, 1, 1)] };
    static readonly IncidentReaderOptions s_options = new() { Tensor = s_tensor };

    [Fact]
    public void A_count_is_as_many_incidents_at_the_centre_of_its_cell()
    {
        var options = new IncidentReaderOptions
        {
            Tensor = s_tensor with { CellsPerDegreeLatitude = 2, CellsPerDegreeLongitude = 4, OriginLatitude = 50, OriginLongitude = -8 },
            KindMap = new Dictionary<string, string> { ["1"] = "theft" },
        };

        (List<Incident> incidents, IncidentReadReport report) = Csv.Read(Header + "0,0,0,0,1\n1,3,31,1,2\n5,5,1,3,0\n", options);

        Assert.Equal(
            [(new DateTime(2016, 1, 1), 50.25, -7.875, "0", 0), (new DateTime(2016, 2, 1), 50.75, -7.125, "theft", 1),
            (new DateTime(2016, 2, 1), 50.75, -7.125, "theft", 2)],
            incidents.Select(incident => (incident.Time, incident.Latitude, incident.Longitude, incident.Kinds.ToString(), incident.Id)));
        Assert.Equal((3, 3, 0, 0), (report.RowsRead, report.Accepted, report.Rejected, report.Duplicates));
        Assert.Contains("days from 2016-01-01", report.Sources[0].ToString(), StringComparison.Ordinal);
        Assert.Contains(report.Notes, note => note.Contains("--area 50,-8,53,-6.5 --grid 6x6", StringComparison.Ordinal));
    }

    [Fact]
    public void Equal_incidents_of_a_count_are_kept_where_duplicates_are_removed() =>
        Assert.Equal(7, Csv.Read(Header + "0,0,0,0,7\n", s_options with { RemoveDuplicates = true }).Incidents.Count);

    [Theory]
    [InlineData("0,0,,0,1", RejectionReason.TimeMissing)]
    [InlineData("0,0,x,0,1", RejectionReason.TimeUnreadable)]
    [InlineData("0,0,-1,0,1", RejectionReason.TimeImpossible)]
    [InlineData("0,0,9999999,0,1", RejectionReason.TimeImpossible)]
    [InlineData(",0,0,0,1", RejectionReason.LatitudeMissing)]
    [InlineData("0.5,0,0,0,1", RejectionReason.LatitudeUnreadable)]
    [InlineData("-1,0,0,0,1", RejectionReason.LatitudeOutOfRange)]
    [InlineData("9999,0,0,0,1", RejectionReason.LatitudeOutOfRange)]
    [InlineData("0,,0,0,1", RejectionReason.LongitudeMissing)]
    [InlineData("0,a,0,0,1", RejectionReason.LongitudeUnreadable)]
    [InlineData("0,99999,0,0,1", RejectionReason.LongitudeOutOfRange)]
    [InlineData("0,0,0,0,", RejectionReason.CountUnreadable)]
    [InlineData("0,0,0,0,1.5", RejectionReason.CountUnreadable)]
    [InlineData("0,0,0,0,-2", RejectionReason.CountUnreadable)]
    [InlineData("0,0,0,0,2000000", RejectionReason.CountUnreadable)]
    [InlineData("0,0,0,0", RejectionReason.FieldCount)]
    public void A_row_that_cannot_be_used_is_counted_by_reason(string row, RejectionReason reason)
    {
        IncidentReadReport report = Csv.Read(Header + "0,0,0,0,1\n" + row + "\n", s_options).Report;

        Assert.Equal(reason, Assert.Single(report.Rejections).Reason);
        Assert.Contains("test.csv line 3", Csv.Fails(Header + "0,0,0,0,1\n" + row + "\n", s_options with { Strict = true }).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_tensor_without_the_date_of_its_first_day_is_refused()
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, Header + "0,0,0,0,1\n");
            Assert.Contains("--first-day", Csv.Fails(Header + "0,0,0,0,1\n").Message, StringComparison.Ordinal);
            string message = Assert.Throws<HotspotException>(() => IncidentReader.ReadAll([file, file], s_options)).Message;
            Assert.Contains("source 2, with 1 first days given", message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Cells_and_origin_out_of_range_are_refused()
    {
        Assert.Contains("above 0", Csv.Fails(Header, new() { Tensor = s_tensor with { CellsPerDegreeLatitude = 0 } }).Message,
            StringComparison.Ordinal);
        Assert.Contains("-90 to 90", Csv.Fails(Header, new() { Tensor = s_tensor with { OriginLatitude = 91 } }).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sthsl-chi", "2016-01-01", 609, 14, 12)]
    [InlineData("sthsl-nyc", "2014-01-01", 608, 16, 16)]
    public void The_published_tensors_come_out_as_maps_exactly(string name, string firstDay, int trainingDays, int rows, int columns)
    {
        string[] files = [$"{name}-trn.csv.gz", $"{name}-val.csv.gz"];
        var first = DateOnly.ParseExact(firstDay, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        TensorOptions tensor = s_tensor with { FirstDays = [first, first.AddDays(trainingDays)] };
        var area = new GeoBounds(40, 0, 40 + rows / 37.0, columns / 28.0);
        var spec = new HeatmapSpec { Grid = new GridSpec(area, rows, columns), Kinds = KindEncoding.Of("0", "1", "2", "3") };
        var builder = new HeatmapBuilder(spec, PeriodRange.Days(Cadence.Day, first, first.AddDays(trainingDays + 29)));

        builder.AddRange(new IncidentReader(files.Select(RealData.PathOf), new IncidentReaderOptions { Tensor = tensor }).Read());

        HeatmapSeries series = builder.Build();
        var expected = new float[trainingDays + 30, 4, rows, columns];
        for (int file = 0; file < files.Length; file++)
        {
            foreach (string line in RealData.Lines(files[file]).Skip(1))
            {
                int[] values = [.. line.Split(',').Select(value => int.Parse(value, CultureInfo.InvariantCulture))];
                expected[file * trainingDays + values[2], values[3], rows - 1 - values[0], values[1]] += values[4];
            }
        }
        var map = new float[spec.MapLength];
        for (int day = 0; day < series.Periods.Count; day++)
        {
            series.CopyTo(day, map);
            for (int i = 0; i < 4 * rows * columns; i++)
                Assert.Equal(expected[day, i / (rows * columns), i / columns % rows, i % columns], map[i]);
        }
    }
}
