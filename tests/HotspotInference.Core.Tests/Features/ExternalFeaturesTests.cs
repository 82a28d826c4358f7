using System.Globalization;
using System.Text;
using HotspotInference.Features;
using HotspotInference.Grids;
using HotspotInference.Heatmaps;
using HotspotInference.Incidents;
using HotspotInference.Periods;

namespace HotspotInference.Tests.Features;

public sealed class ExternalFeaturesTests
{
    static readonly GridSpec s_grid = new(new GeoBounds(0, 0, 2, 3), 2, 3);
    static readonly HeatmapSpec s_daily = new() { Grid = s_grid };

    // 2020-01-01 to 2020-01-06.
    const string Weather = "date,rain,holiday\n2020-01-01,1,1\n2020-01-02,3,0\n2020-01-03,5,0\n2020-01-04,7,1\n2020-01-05,90,0\n2020-01-06,91,0\n";

    [Fact]
    public void Tables_fill_the_map_of_each_feature_in_the_order_asked()
    {
        var external = new ExternalFeatures(s_daily, Periods(Weather), Cells("row,column,income\n0,0,1\n0,1,2\n0,2,3\n1,0,4\n1,1,5\n1,2,6\n"));
        var values = new float[18];

        external.CopyTo([new("income", ExternalSource.Cell), new("holiday", ExternalSource.Period), new("rain", ExternalSource.Period) { Lag = 2 }],
            Day("2020-01-04"), values);

        Assert.Equal(["rain", "holiday", "income"], external.Names);
        // The rain is that of two days before.
        Assert.Equal([1, 2, 3, 4, 5, 6, 1, 1, 1, 1, 1, 1, 3, 3, 3, 3, 3, 3], values);
    }

    [Fact]
    public void Features_are_standardised_by_the_periods_learnt_alone()
    {
        var cells = Cells("row,column,income\n0,0,1\n0,1,1\n0,2,1\n1,0,5\n1,1,5\n1,2,5\n");
        long[] learnt = [Day("2020-01-01"), Day("2020-01-02"), Day("2020-01-03"), Day("2020-01-04")];

        IReadOnlyList<ExternalFeature> features = new ExternalFeatures(s_daily, Periods(Weather), cells).Standardized(learnt);
        IReadOnlyList<ExternalFeature> lagged = new ExternalFeatures(s_daily, Periods(Weather), cells).Standardized(learnt[1..], lag: 1);
        string other = Weather.Replace("90", "-5", StringComparison.Ordinal).Replace("91", "1e6", StringComparison.Ordinal);

        // Of 1, 3, 5, 7 the mean is 4 and the variance (9 + 1 + 1 + 9) / 4; of the flags 1, 0, 0, 1 a half and a quarter.
        Assert.Equal([("rain", 4, Math.Sqrt(5)), ("holiday", 0.5, 0.5), ("income", 3.0, 2.0)], features.Select(f => (f.Name, f.Mean, f.Scale)));
        Assert.Equal([ExternalSource.Period, ExternalSource.Period, ExternalSource.Cell], features.Select(f => f.Source));
        Assert.Equal([(1, 3.0), (1, 1.0 / 3), (0, 3.0)], lagged.Select(f => (f.Lag, f.Mean)));
        Assert.Equal(features, new ExternalFeatures(s_daily, Periods(other), cells).Standardized(learnt));
    }

    [Fact]
    public void Rows_of_days_serve_every_period_of_their_day()
    {
        var spec = new HeatmapSpec { Grid = s_grid, Cadence = Cadence.Parse("6h") };
        var values = new float[6];

        new ExternalFeatures(spec, Periods(Weather)).CopyTo([new("rain", ExternalSource.Period)],
            spec.Cadence.IndexOf(new DateTime(2020, 1, 3, 18, 0, 0)), values);

        Assert.All(values, value => Assert.Equal(5, value));
    }

    [Fact]
    public void Places_are_found_by_row_and_column_by_coordinates_and_by_id()
    {
        string[] rows = [.. Enumerable.Range(0, 6).Select(cell => $"{cell / 3},{cell % 3},{cell}")];
        string[] points = [.. Enumerable.Range(0, 6).Select(cell => (Center: s_grid.CellCenter(cell / 3, cell % 3), cell))
            .Select(at => string.Create(CultureInfo.InvariantCulture, $"{at.Center.Latitude},{at.Center.Longitude},{at.cell}"))];
        string[] ids = [.. Enumerable.Range(0, 6).Select(cell => (Center: s_grid.CellCenter(cell / 3, cell % 3), cell))
            .Select(at => string.Create(CultureInfo.InvariantCulture, $"{LocationId.Of(at.Center.Latitude, at.Center.Longitude)},{at.cell}"))];

        float[] byRow = Values(Cells("row,column,n\n" + string.Join('\n', rows.Reverse())));
        ExternalCells byPoint = Cells("Latitude,Longitude,n\n" + string.Join('\n', points.Append("50,50,9")));

        Assert.Equal([0, 1, 2, 3, 4, 5], byRow);
        Assert.Equal(byRow, Values(byPoint));
        Assert.Equal(1, byPoint.Outside);
        Assert.Equal(byRow, Values(Cells("location_id,n\n" + string.Join('\n', ids))));

        static float[] Values(ExternalCells cells)
        {
            var values = new float[6];
            new ExternalFeatures(s_daily, null, cells).CopyTo([new("n", ExternalSource.Cell)], 0, values);
            return values;
        }
    }

    [Theory]
    [InlineData("day,rain\n2020-01-01,wet\n", "t line 2: 'wet' in column rain; expected a number")]
    [InlineData("date,rain\n2020-01-01,\n", "t line 2: nothing in column rain; expected a number")]
    [InlineData("date,rain\n2020-01-01,1\n2020-01-01,2\n", "t line 3: '2020-01-01' a second time; expected one row a period")]
    [InlineData("date,rain\n1/2/2020,1\n", "t line 2: '1/2/2020' in column date; expected a date such as 2016-07-15")]
    [InlineData("when,rain\n2020-01-01,1\n", "t: the header when,rain; expected a column 'date'")]
    [InlineData("date\n2020-01-01\n", "t: the header date; expected one or more columns of numbers")]
    [InlineData("date,rain,rain\n2020-01-01,1,2\n", "t: the header date,rain,rain; expected one or more columns of numbers, each with a name of its own")]
    [InlineData("date,rain\n2020-01-01,1,2\n", "t line 2: 3 fields; expected 2 as in the header")]
    public void Table_of_periods_that_cannot_be_used_is_refused(string csv, string message) =>
        Assert.StartsWith(message, Assert.Throws<HotspotException>(() => Periods(csv)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("row,column,n\n0,0,1\n", "t: no row for 5 of the 6 cells, the first row 0, column 1; expected one row for each cell")]
    [InlineData("row,column,n\n0,3,1\n", "t line 2: '3' in column column; expected a whole number from 0 to 2")]
    [InlineData("row,column,n\n0,0,1\n0,0,1\n", "t line 3: row 0, column 0 a second time; expected one row a cell")]
    [InlineData("lat,n\n0,1\n", "t: the header lat,n; expected either row and column, or latitude and longitude, or location_id")]
    [InlineData("row,column,lat,lon,n\n0,0,1,1,1\n", "t: the header row,column,lat,lon,n; expected either row and column, or")]
    public void Table_of_cells_that_cannot_be_used_is_refused(string csv, string message) =>
        Assert.StartsWith(message, Assert.Throws<HotspotException>(() => Cells(csv)).Message, StringComparison.Ordinal);

    [Fact]
    public void What_is_missing_is_named_with_the_period_and_the_remedy()
    {
        var external = new ExternalFeatures(s_daily, Periods(Weather));
        var values = new float[12];
        ExternalFeature rain = new("rain", ExternalSource.Period) { Lag = 1 }, income = new("income", ExternalSource.Cell);

        Assert.Equal("external features: rain, holiday, to forecast 2020-01-04; expected also income (of cells), wind (of periods). "
            + "Add the columns, with these names, to the table of periods or of cells.",
            Assert.Throws<HotspotException>(() => external.CopyTo([income, new("wind", ExternalSource.Period)], Day("2020-01-04"), values)).Message);
        Assert.Equal("t: no row for 2020-01-07, to forecast 2020-01-08; expected one with rain (of periods, 1 before). "
            + "Add the period to the table: a value that is not known is not made up.",
            Assert.Throws<HotspotException>(() => external.CopyTo([rain], Day("2020-01-08"), values.AsSpan(0, 6))).Message);
        Assert.Throws<ArgumentException>(() => external.CopyTo([rain], Day("2020-01-03"), values));
    }

    [Fact]
    public void Tables_that_do_not_fit_each_other_or_the_heat_maps_are_refused()
    {
        ExternalCells cells = Cells("row,column,rain\n0,0,1\n0,1,2\n0,2,3\n1,0,4\n1,1,5\n1,2,6\n");
        var weekly = new HeatmapSpec { Grid = s_grid, Cadence = Cadence.Week };
        var coarser = new HeatmapSpec { Grid = new GridSpec(s_grid.Bounds, 1, 3) };
        var constant = new ExternalFeatures(s_daily, Periods("date,snow\n2020-01-01,0\n2020-01-02,0\n2020-01-03,1\n"));

        Assert.Contains("'rain' for periods and for cells", Refusal(() => new ExternalFeatures(s_daily, Periods(Weather), cells)), StringComparison.Ordinal);
        Assert.Contains("the start of a week, such as 2020-01-06", Refusal(() => new ExternalFeatures(weekly, Periods(Weather))), StringComparison.Ordinal);
        Assert.Contains("the grid of the heat maps", Refusal(() => new ExternalFeatures(coarser, null, cells)), StringComparison.Ordinal);
        Assert.Equal("external feature 'snow': the value 0 in every period to learn; expected values that differ. Leave the column out.",
            Refusal(() => constant.Standardized([Day("2020-01-01"), Day("2020-01-02")])));

        static string Refusal(Func<object> make) => Assert.Throws<HotspotException>(make).Message;
    }

    static long Day(string day) => Cadence.Day.IndexOf(DateTime.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture));

    static ExternalPeriods Periods(string csv) => ExternalPeriods.Read(new MemoryStream(Encoding.UTF8.GetBytes(csv)), "t");

    static ExternalCells Cells(string csv) => ExternalCells.Read(new MemoryStream(Encoding.UTF8.GetBytes(csv)), "t", s_grid);
}
