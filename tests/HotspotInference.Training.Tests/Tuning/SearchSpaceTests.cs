using System.Globalization;
using HotspotInference.Training.Tuning;

namespace HotspotInference.Training.Tests.Tuning;

public sealed class SearchSpaceTests
{
    static SearchSpace Mixed => new([.. new[] { "rate=log:1e-4..1e-2", "share=linear:0..0.5", "hidden=int:4..7", "batch=log-int:1..64",
        "peephole=channel|none|cell" }.Select(HyperParameterText.Parse)]);

    [Fact]
    public void Space_is_read_as_it_is_written()
    {
        foreach (HyperParameter parameter in Mixed.Parameters)
            Assert.Equal(parameter.ToString(), HyperParameterText.Parse(parameter.ToString()).ToString());
        Assert.Equal(7, Mixed.Width);
        Assert.Equal(12, new SearchSpace([.. Mixed.Parameters.Where(parameter => parameter.Name is "hidden" or "peephole")]).Count);
    }

    [Fact]
    public void Configuration_comes_back_from_its_point()
    {
        var random = new Random(5);
        for (int i = 0; i < 500; i++)
        {
            double[] drawn = Mixed.Draw(random), moved = Mixed.Neighbour(drawn, 0.2, random);
            Assert.All(moved, coordinate => Assert.InRange(coordinate, 0, 1));
            string[] values = Mixed.Decode(moved);
            Assert.Equal(values, Mixed.Decode(Mixed.Encode(values)));
        }
    }

    [Fact]
    public void Draws_are_as_likely_as_their_scale_says()
    {
        const int Draws = 8_000;
        var random = new Random(5);
        string[][] drawn = [.. Enumerable.Range(0, Draws).Select(_ => Mixed.Decode(Mixed.Draw(random)))];

        // Two of four whole numbers, half of the decades, a third of the choices; 7 of the 64 take log 15 of log 129 intervals.
        Assert.Equal(0.5, Share(values => Number(values[0]) < 1e-3), 0.02);
        Assert.Equal(0.2, Share(values => Number(values[1]) < 0.1), 0.02);
        Assert.Equal(0.25, Share(values => values[2] == "4"), 0.02);
        Assert.Equal(0.25, Share(values => values[2] == "7"), 0.02);
        Assert.Equal(Math.Log(7.5 / 0.5) / Math.Log(64.5 / 0.5), Share(values => Number(values[3]) <= 7), 0.02);
        Assert.Equal(1 / 3.0, Share(values => values[4] == "cell"), 0.02);

        double Share(Func<string[], bool> isOne) => drawn.Count(isOne) / (double)Draws;
    }

    [Fact]
    public void Latin_hypercube_has_a_point_in_each_interval_of_each_coordinate()
    {
        double[][] points = LatinHypercube.Draw(8, 3, new Random(2));

        for (int d = 0; d < 3; d++)
            Assert.Equal(Enumerable.Range(0, 8), points.Select(point => (int)(8 * point[d])).Order());
    }

    [Theory]
    [InlineData("hidden", "NAME=")]
    [InlineData("hidden=int:4", "LOW..HIGH")]
    [InlineData("hidden=int:8..4", "LOW..HIGH")]
    [InlineData("hidden=int:4..8.5", "whole numbers")]
    [InlineData("rate=log:0..1", "above 0")]
    [InlineData("peephole=none", "joined by |")]
    [InlineData("peephole=none|none", "joined by |")]
    public void Text_that_is_no_parameter_is_refused(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<HotspotException>(() => HyperParameterText.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Small_space_is_tried_whole_and_nothing_twice()
    {
        SearchSpace space = new([HyperParameterText.Parse("a=int:1..3"), HyperParameterText.Parse("b=x|y")]);
        var search = new BayesianSearch(space, 1);
        var seen = new List<Observation>();
        while (search.Propose(seen.Count, seen, []) is { } values)
            seen.Add(new Observation(values, 1, Number(values[0])));

        Assert.Equal(6, seen.Select(observation => string.Join(' ', observation.Values)).Distinct().Count());
        Assert.Equal(6, seen.Count);
    }

    static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
