using HotspotInference.Rendering;
using System.Text.Json;
using HotspotInference.Forecasts;

namespace HotspotInference.Tests.Rendering;

public class HotspotGeoJsonTests
{
    [Fact]
    public void Hot_cells_are_closed_counter_clockwise_polygons_in_lon_lat()
    {
        HotspotForecast forecast = Sample.Forecast(3, 3, [0.1f, 0.2f, 0.9f, 0, 0, 0, 0.8f, 0, 0]);
        JsonElement[] features = Features(forecast, forecast.Hotspots(RiskThreshold.Given(0.5)));
        Assert.Equal(2, features.Length);
        foreach (JsonElement feature in features)
        {
            Assert.Equal("Feature", feature.GetProperty("type").GetString());
            Assert.Equal("Polygon", feature.GetProperty("geometry").GetProperty("type").GetString());
            (double X, double Y)[] ring = Ring(feature);
            Assert.Equal(5, ring.Length);
            Assert.Equal(ring[0], ring[^1]);
            // The shoelace formula: twice the area, positive when counter-clockwise (RFC 7946, 3.1.6).
            Assert.Equal(2 * 0.01 * 0.01, ring.Zip(ring.Skip(1), (a, b) => a.X * b.Y - b.X * a.Y).Sum(), 1e-9);
        }
        // The north-eastern cell: east 20.02..20.03, north 10.02..10.03.
        Assert.Equal([(20.02, 10.02), (20.03, 10.02), (20.03, 10.03), (20.02, 10.03), (20.02, 10.02)], Ring(features[0]));
    }

    [Fact]
    public void Properties_say_what_and_why()
    {
        HotspotForecast forecast = Sample.Forecast(3, 3, [0.1f, 0.2f, 0.9f, 0, 0, 0, 0.8f, 0, 0], new PercentileTable(["any"], [96], [0.85]));
        JsonElement properties = Assert.Single(Features(forecast, forecast.Hotspots(96))).GetProperty("properties");
        Assert.Equal(0, properties.GetProperty("row").GetInt32());
        Assert.Equal(2, properties.GetProperty("column").GetInt32());
        Assert.Equal(0.9f, properties.GetProperty("risk").GetSingle());
        Assert.Equal("very high", properties.GetProperty("level").GetString());
        Assert.Equal("any", properties.GetProperty("class").GetString());
        Assert.Equal("2016-07-15T00:00:00", properties.GetProperty("period_start").GetString());
        Assert.Equal(0.85, properties.GetProperty("threshold").GetDouble());
        Assert.Equal("validation", properties.GetProperty("threshold_source").GetString());
    }

    [Fact]
    public void Kinds_of_an_incident_are_told_where_the_forecast_has_them()
    {
        var forecast = new HotspotForecast(Sample.Grid(1, 1), ["a", "b", "any"], Sample.Day, Sample.Day.AddDays(1), new[] { 0.5f, 0.5f, 0.5f },
            kind: new[] { 0.25f, 0.75f });

        JsonElement kinds = Assert.Single(Features(forecast, forecast.Hotspots(RiskThreshold.Given(0.1)))).GetProperty("properties").GetProperty("kinds");

        Assert.Equal([("b", 0.75), ("a", 0.25)], kinds.EnumerateObject().Select(kind => (kind.Name, kind.Value.GetDouble())));
    }

    [Fact]
    public void Coordinates_have_at_most_7_decimals()
    {
        HotspotForecast forecast = Sample.Forecast(7, 7, [.. Enumerable.Repeat(0.5f, 49)]);
        foreach (JsonElement feature in Features(forecast, forecast.Hotspots(RiskThreshold.Given(0.1))))
        {
            foreach (JsonElement position in feature.GetProperty("geometry").GetProperty("coordinates")[0].EnumerateArray())
                Assert.All(position.EnumerateArray(), number => Assert.InRange(number.GetRawText().Split('.').ElementAtOrDefault(1)?.Length ?? 0, 0, 7));
        }
    }

    [Fact]
    public void No_hot_cells_make_an_empty_collection()
    {
        HotspotForecast forecast = Sample.Forecast(1, 1, [0.5f]);
        Assert.Empty(Features(forecast, forecast.Hotspots(96)));
    }

    static JsonElement[] Features(HotspotForecast forecast, HotspotSelection hotspots)
    {
        using var stream = new MemoryStream();
        HotspotGeoJson.Write(stream, forecast, hotspots);
        using JsonDocument document = JsonDocument.Parse(stream.ToArray());
        Assert.Equal("FeatureCollection", document.RootElement.GetProperty("type").GetString());
        return [.. document.RootElement.GetProperty("features").EnumerateArray().Select(feature => feature.Clone())];
    }

    static (double X, double Y)[] Ring(JsonElement feature) =>
        [.. Assert.Single(feature.GetProperty("geometry").GetProperty("coordinates").EnumerateArray()).EnumerateArray()
            .Select(position => (position[0].GetDouble(), position[1].GetDouble()))];
}
