using System.Globalization;
using System.Xml.Linq;
using HotspotInference.Rendering;

namespace HotspotInference.Tests.Rendering;

public sealed class LineChartTests
{
    static readonly XNamespace s_svg = "http://www.w3.org/2000/svg";

    static LineChart Chart(params LineChartSeries[] series) =>
        new() { Title = "Hits & misses", XTitle = "area", YTitle = "hit", XFormat = "0%", YFormat = "0%", Series = series };

    static XElement[] Elements(string svg, string name) => [.. XDocument.Parse(svg).Descendants(s_svg + name)];

    static (double X, double Y)[] Points(XElement line) => [.. line.Attribute("points")!.Value.Split(' ').Select(point => point.Split(','))
        .Select(pair => (double.Parse(pair[0], CultureInfo.InvariantCulture), double.Parse(pair[1], CultureInfo.InvariantCulture)))];

    [Fact]
    public void Points_stand_where_the_axes_say()
    {
        string svg = LineChart.Svg(Chart(new LineChartSeries("a", [(0, 0), (0.05, 0.5), (0.2, 1)])));

        // Axes from 0 to 20% and from 0 to 100% over 400 x 300; up is down in SVG.
        Assert.Equal([(0, 300), (100, 150), (400, 0)], Points(Assert.Single(Elements(svg, "polyline"))));
        string[] texts = [.. Elements(svg, "text").Select(text => text.Value)];
        Assert.Equal(["Hits & misses", "0%", "20%", "40%", "60%", "80%", "100%", "0%", "5%", "10%", "15%", "20%", "area", "hit", "a"],
            texts);
    }

    [Theory]
    // Steps are 1, 2 or 5 times a power of ten; both ends are covered.
    [InlineData(0.0413, 0.0467, new[] { "0.04", "0.042", "0.044", "0.046", "0.048" })]
    [InlineData(-3, 14, new[] { "-5", "0", "5", "10", "15" })]
    [InlineData(7, 7, new[] { "6", "8" })]
    [InlineData(0, 0, new[] { "0", "0.2" })]
    public void Ticks_are_round_numbers_that_hold_the_values(double low, double high, string[] expected)
    {
        string svg = LineChart.Svg(Chart(new LineChartSeries("a", [(0, low), (1, high)])) with { YFormat = "0.###" });

        Assert.Equal(expected, Elements(svg, "text").Skip(1).TakeWhile(text => text.Attribute("text-anchor")!.Value == "end")
            .Select(text => text.Value));
        Assert.All(Points(Elements(svg, "polyline")[0]), point => Assert.InRange(point.Y, 0, 300));
    }

    [Fact]
    public void Lines_are_told_apart_by_colour_and_dash_and_named_in_the_legend()
    {
        LineChartSeries[] series = [.. Enumerable.Range(0, 20)
            .Select(i => new LineChartSeries($"<{i}>", [(0, 0), (1, i)], IsStrong: i == 0))];

        string svg = LineChart.Svg(Chart(series));

        XElement[] lines = Elements(svg, "polyline");
        Assert.Equal(20, lines.Select(line => (line.Attribute("stroke")!.Value, line.Attribute("stroke-dasharray")?.Value))
            .Distinct().Count());
        // The first is drawn last, on top, and wide.
        Assert.Equal("3", lines[^1].Attribute("stroke-width")!.Value);
        Assert.All(lines[..^1], line => Assert.Equal("1.5", line.Attribute("stroke-width")!.Value));
        Assert.Equal(series.Select(line => line.Name), Elements(svg, "text")[^20..].Select(text => text.Value));
    }

    [Fact]
    public void Dots_have_no_line_between_them()
    {
        string svg = LineChart.Svg(Chart(new LineChartSeries("a", [(1, 5), (0, 2)]) { IsDots = true }, new LineChartSeries("b", [(0, 0), (1, 1)])));

        Assert.Single(Elements(svg, "polyline"));
        Assert.Equal(2, Elements(svg, "circle").Length);
    }

    [Fact]
    public void Charts_stand_two_in_a_row_with_one_legend()
    {
        string svg = LineChart.Svg(Chart(new LineChartSeries("only", [(0, 1)])), Chart(new LineChartSeries("only", [(0, 1)])),
            Chart(new LineChartSeries("only", [(0, 1)])));

        Assert.Equal(3, Elements(svg, "polyline").Length);
        Assert.Single(Elements(svg, "text"), text => text.Value == "only");
        XElement root = XDocument.Parse(svg).Root!;
        Assert.Equal(["translate(64 34)", "translate(548 34)", "translate(64 420)", "translate(968 34)"],
            Elements(svg, "g").Select(group => group.Attribute("transform")!.Value));
        Assert.True(int.Parse(root.Attribute("height")!.Value, CultureInfo.InvariantCulture) >= 420 + 300);
    }

    [Fact]
    public void Whole_numbers_get_whole_ticks_and_single_points_are_marked()
    {
        string svg = LineChart.Svg(Chart(new LineChartSeries("a", [(1, 5)]),
            new LineChartSeries("none", [])) with { XFormat = "G4", HasWholeX = true, HasMarkers = true });

        Assert.Single(Elements(svg, "circle"));
        Assert.All(Elements(svg, "text").SkipWhile(text => text.Attribute("text-anchor")!.Value != "end")
            .SkipWhile(text => text.Attribute("text-anchor")!.Value == "end")
            .TakeWhile(text => text.Value != "area"),
                text => Assert.True(int.TryParse(text.Value, CultureInfo.InvariantCulture, out _), text.Value));
        Assert.Throws<ArgumentException>(() => LineChart.Svg());
    }
}
