using HotspotInference.Heatmaps;
using HotspotInference.Periods;
using HotspotInference.Rendering;
using HotspotInference.Tests.Heatmaps;
using HotspotInference.Tests.Rendering;
using HotspotInference.Trends;

namespace HotspotInference.Tests.Trends;

public sealed class TrendAnalysisTests
{
    const int Steps = 12, Days = 7 * Steps, Side = 8;
    static readonly GridSpec s_grid = TestMaps.Grid(Side, Side);
    static readonly TrendOptions s_options = new() { Step = TrendStep.Days(7), NeighbourCells = 0, NeighbourSteps = 0 };

    [Fact]
    public void A_city_of_known_places_shows_their_patterns()
    {
        TrendAnalysis analysis = TrendAnalysis.Run(City(), s_options);

        Assert.Equal(Steps, analysis.Steps.Count);
        Assert.Equal(TrendPattern.PersistentHotSpot, analysis.Patterns[Cell(1, 1)]);
        Assert.Equal(TrendPattern.IntensifyingHotSpot, analysis.Patterns[Cell(1, 6)]);
        Assert.Equal(TrendPattern.NewHotSpot, analysis.Patterns[Cell(6, 1)]);
        Assert.Equal(TrendPattern.HistoricalHotSpot, analysis.Patterns[Cell(6, 6)]);
        Assert.Equal(TrendPattern.NoPattern, analysis.Patterns[Cell(4, 4)]);
        Assert.False(analysis.IsAnalysed[Cell(0, 0)]);
        Assert.Equal(Side * Side - 1, Enum.GetValues<TrendPattern>().Sum(analysis.CountOf));
        Assert.Equal((0.0, 1.0), (analysis.ZScores(3)[Cell(0, 0)], analysis.PValues(3)[Cell(0, 0)]));
        Assert.Equal(7 * 6, analysis.Counts(0)[Cell(1, 1)]);
    }

    [Fact]
    public void Uncorrected_p_values_call_at_least_as_much_significant()
    {
        TrendAnalysis corrected = TrendAnalysis.Run(City(), s_options),
            plain = TrendAnalysis.Run(City(), s_options with { CorrectFalseDiscovery = false });

        Assert.Equal(0.05, plain.LargestSignificant);
        Assert.True(corrected.LargestSignificant < 0.05);
        Assert.Equal(plain.PValues(2), corrected.PValues(2));
    }

    [Fact]
    public void Days_without_data_are_made_up_for()
    {
        // Ten steps of two days with 3 incidents each day; of the second step one day is missing, of the third one is left out.
        HeatmapSeries series = TestMaps.Days("3,1 3,1 . 3,1 9,1 3,1" + string.Concat(Enumerable.Repeat(" 3,1 3,1", 7)), excluded: "01-05");

        TrendAnalysis analysis = TrendAnalysis.Run(series, new TrendOptions { Step = TrendStep.Days(2) });

        Assert.All(Enumerable.Range(0, 10), step => Assert.Equal([6, 2], analysis.Counts(step).ToArray()));
    }

    [Fact]
    public void What_cannot_be_analysed_is_refused()
    {
        HeatmapSeries city = City();
        Refused("9 whole steps of 9d", "at least 10", () => TrendAnalysis.Run(city, new TrendOptions { Step = TrendStep.Days(9) }));
        Refused("'theft'", "one of any", () => TrendAnalysis.Run(city, new TrendOptions { ClassName = "theft" }));
        Refused("without any data", "longer steps", () => TrendAnalysis.Run(
            TestMaps.Days("1 . " + string.Join(' ', Enumerable.Repeat("1", 10))), new TrendOptions { Step = TrendStep.Days(1) }));
        Refused("no incident of class 'any'", "at least one", () => TrendAnalysis.Run(
            TestMaps.Days(string.Join(' ', Enumerable.Repeat("0", 12))), new TrendOptions { Step = TrendStep.Days(1) }));
        Refused("periods of a week", "a day", () => TrendAnalysis.Run(
            TestMaps.Build(new HeatmapSpec { Grid = s_grid, Cadence = Cadence.Week }, [TestMaps.At(s_grid, TestMaps.Start, 1, 1)])));
        Assert.Throws<ArgumentOutOfRangeException>(() => TrendAnalysis.Run(city, s_options with { Significance = 1 }));
    }

    [Fact]
    public void Picture_and_geojson_show_the_cells()
    {
        TrendAnalysis analysis = TrendAnalysis.Run(City(), s_options);
        using MemoryStream picture = new(), json = new();

        TrendMapImage.WritePng(picture, analysis, 400);
        TrendGeoJson.Write(json, analysis);

        var png = new PngReader(picture.ToArray());
        MapFrame frame = RiskMapImage.FrameOf(s_grid, 400);
        Assert.Equal(TrendPalette.Of(TrendPattern.PersistentHotSpot), At(1, 1));
        Assert.Equal(TrendPalette.Of(TrendPattern.NewHotSpot), At(6, 1));
        Assert.Equal(Color.White, At(0, 0));
        using var document = System.Text.Json.JsonDocument.Parse(json.ToArray());
        var features = document.RootElement.GetProperty("features").EnumerateArray()
            .Select(feature => feature.GetProperty("properties")).ToList();
        Assert.Equal(Side * Side - 1, features.Count);
        var hot = features.Single(cell => (cell.GetProperty("row").GetInt32(), cell.GetProperty("column").GetInt32()) == (6, 6));
        Assert.Equal(("historical hot spot", 11), (hot.GetProperty("pattern").GetString(), hot.GetProperty("hot_steps").GetInt32()));

        Color At(int row, int column)
        {
            (int red, int green, int blue) = png[(frame.X(column) + frame.X(column + 1)) / 2, (frame.Y(row) + frame.Y(row + 1)) / 2];
            return new Color((byte)red, (byte)green, (byte)blue);
        }
    }

    static int Cell(int row, int column) => row * Side + column;

    static void Refused(string found, string expected, Action run)
    {
        string message = Assert.Throws<HotspotException>(run).Message;
        Assert.Contains(found, message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    // One incident a week everywhere but in the north-western cell, and four places with more.
    static HeatmapSeries City()
    {
        var incidents = new List<Incident>();
        for (int day = 0; day < Days; day++)
        {
            int step = day / 7;
            for (int cell = day % 7; cell < Side * Side; cell += 7)
                Add(cell / Side, cell % Side, cell == 0 ? 0 : 1);
            Add(1, 1, 6 - (Cell(1, 1) % 7 == day % 7 ? 1 : 0));
            Add(1, 6, 6 + step / 3);
            Add(6, 1, step == Steps - 1 ? 8 : 0);
            Add(6, 6, step == Steps - 1 ? 0 : 6);

            void Add(int row, int column, int count) =>
                incidents.AddRange(Enumerable.Repeat(TestMaps.At(s_grid, TestMaps.Start.AddDays(day), row, column), count));
        }
        return TestMaps.Build(new HeatmapSpec { Grid = s_grid }, incidents);
    }
}
