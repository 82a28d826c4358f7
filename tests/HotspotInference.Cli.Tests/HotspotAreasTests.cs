using System.Text.Json;
using HotspotInference.Forecasts;
using HotspotInference.Grids;
using NetTopologySuite.Geometries;

namespace HotspotInference.Cli.Tests;

public class HotspotAreasTests
{
    [Fact]
    public void Ring_of_cells_is_an_area_with_a_hole_and_no_corner_too_many()
    {
        JsonElement[] areas = Areas(
            "####.",
            "#..#.",
            "####.",
            "....#");

        Assert.Equal(2, areas.Length);
        (JsonElement lone, JsonElement around) = (areas[0], areas[1]);
        // Counter-clockwise around, clockwise in the hole (RFC 7946, 3.1.6), corners alone, closed.
        double[][][] rings = Rings(around);
        Assert.Equal([5, 5], rings.Select(ring => ring.Length));
        Assert.Equal([12, -2], rings.Select(ring => Math.Round(Shoelace(ring) / 1e-4)));
        Assert.All(rings, ring => Assert.Equal(ring[0], ring[^1]));
        Assert.Equal(10, around.GetProperty("properties").GetProperty("cells").GetInt32());
        // A corner in common is no edge.
        Assert.Equal(1, lone.GetProperty("properties").GetProperty("cells").GetInt32());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Areas_are_valid_polygons_over_exactly_the_hot_cells(int seed)
    {
        // Twelve by fifteen cells, half of them hot: every way in which cells can meet.
        var random = new Random(seed);
        string[] rows = [.. Enumerable.Range(0, 12).Select(_ => string.Concat(Enumerable.Range(0, 15).Select(_ => random.Next(2) == 0 ? '#' : '.')))];

        JsonElement[] areas = Areas(rows);

        Polygon[] polygons = [.. areas.Select(area =>
        {
            LinearRing[] rings = [.. Rings(area).Select(ring => new LinearRing([.. ring.Select(point => new Coordinate(point[0], point[1]))]))];
            return new Polygon(rings[0], rings[1..]);
        })];
        Assert.All(polygons, polygon => Assert.True(polygon.IsValid));
        Assert.Equal(Components(rows), polygons.Length);
        Assert.Equal(rows.Sum(row => row.Count(cell => cell == '#')), areas.Sum(area => area.GetProperty("properties").GetProperty("cells").GetInt32()));
        for (int row = 0; row < 12; row++)
        {
            for (int column = 0; column < 15; column++)
            {
                (double latitude, double longitude) = Grid(rows).CellCenter(row, column);
                Assert.Equal(rows[row][column] == '#' ? 1 : 0, polygons.Count(polygon => polygon.Contains(new Point(longitude, latitude))));
            }
        }
    }

    [Fact]
    public void No_hot_cells_make_an_empty_collection() => Assert.Empty(Areas("..", ".."));

    [Fact]
    public void First_is_the_area_with_the_highest_risk()
    {
        JsonElement[] areas = Areas("#.#", "...");

        // The later cell has the higher risk.
        Assert.True(Rings(areas[0])[0].Min(point => point[0]) > Rings(areas[1])[0].Max(point => point[0]));
        Assert.Equal(0.502, areas[0].GetProperty("properties").GetProperty("risk_highest").GetSingle(), 1e-6);
    }

    static GridSpec Grid(string[] rows) => new(new GeoBounds(10, 20, 10 + rows.Length * 0.01, 20 + rows[0].Length * 0.01), rows.Length, rows[0].Length);

    static JsonElement[] Areas(params string[] rows)
    {
        float[] risk = [.. string.Concat(rows).Select((cell, i) => cell == '#' ? 0.5f + 0.001f * i : 0.1f)];
        var forecast = new HotspotForecast(Grid(rows), ["any"], new DateTime(2016, 7, 15), new DateTime(2016, 7, 16), risk);
        using var stream = new MemoryStream();
        HotspotAreas.Write(stream, forecast, forecast.Hotspots(RiskThreshold.Given(0.4)));
        JsonElement collection = JsonDocument.Parse(stream.ToArray()).RootElement;
        Assert.Equal("FeatureCollection", collection.GetProperty("type").GetString());
        return [.. collection.GetProperty("features").EnumerateArray()];
    }

    static double[][][] Rings(JsonElement area)
    {
        Assert.Equal("Polygon", area.GetProperty("geometry").GetProperty("type").GetString());
        return [.. area.GetProperty("geometry").GetProperty("coordinates").EnumerateArray()
            .Select(ring => ring.EnumerateArray().Select(point => new[] { point[0].GetDouble(), point[1].GetDouble() }).ToArray())];
    }

    // The area, positive where counter-clockwise.
    static double Shoelace(double[][] ring) => ring.Zip(ring.Skip(1), (a, b) => a[0] * b[1] - b[0] * a[1]).Sum() / 2;

    static int Components(string[] rows)
    {
        var left = new HashSet<(int Row, int Column)>(Enumerable.Range(0, rows.Length)
            .SelectMany(row => Enumerable.Range(0, rows[0].Length).Where(column => rows[row][column] == '#').Select(column => (row, column))));
        int components = 0;
        for (; left.Count > 0; components++)
        {
            var open = new Stack<(int Row, int Column)>([left.First()]);
            left.Remove(open.Peek());
            while (open.TryPop(out (int Row, int Column) cell))
            {
                foreach ((int, int) next in ((int, int)[])[(cell.Row - 1, cell.Column), (cell.Row + 1, cell.Column), (cell.Row, cell.Column - 1), (cell.Row, cell.Column + 1)])
                {
                    if (left.Remove(next))
                        open.Push(next);
                }
            }
        }
        return components;
    }
}
