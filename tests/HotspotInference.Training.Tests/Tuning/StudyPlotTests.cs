using System.Xml.Linq;
using HotspotInference.Training.Tuning;

namespace HotspotInference.Training.Tests.Tuning;

public sealed class StudyPlotTests
{
    [Fact]
    public void Plot_has_a_chart_of_the_best_so_far_and_a_slice_for_each_parameter()
    {
        SearchSpace space = new([HyperParameterText.Parse("rate=log:1e-4..1e-2"), HyperParameterText.Parse("peephole=channel|none")]);
        TrialResult[] results = [Result(0, "1e-3", "none", 0.5), Result(1, "1e-2", "channel", null), Result(2, "1e-4", "channel", 0.3),
            Result(3, "1e-4", "none", 0.4)];

        var svg = XDocument.Parse(StudyPlot.Svg(results, space, "loss"));

        XNamespace name = "http://www.w3.org/2000/svg";
        string[] texts = [.. svg.Descendants(name + "text").Select(text => text.Value)];
        Assert.All(["Best so far", "log10 rate", "peephole: 0 channel, 1 none", "loss"], text => Assert.Contains(text, texts));
        // Three trainings with a score, in each of three charts; one line, of the best.
        Assert.Equal(9, svg.Descendants(name + "circle").Count());
        string[] best = svg.Descendants(name + "polyline").Select(line => (string)line.Attribute("points")!)
            .Single(points => points.Length > 0).Split(' ');
        double[] heights = [.. best.Select(point => double.Parse(point.Split(',')[1], System.Globalization.CultureInfo.InvariantCulture))];
        Assert.True(heights[0] < heights[1]);
        Assert.Equal(heights[1], heights[2]);
    }

    static TrialResult Result(int trial, string rate, string peephole, double? score) =>
        new(trial, 0, 3, [rate, peephole], score, [], 1, score is null ? "out of memory" : null);
}
