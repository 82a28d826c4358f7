using HotspotInference.Evaluation;
using HotspotInference.Rendering;

namespace HotspotInference.Cli;

/// <summary>Hit rate by the share of the area that is flagged, one line a forecaster, one chart a class.</summary>
static class HitRateChart
{
    /// <summary>Draws a comparison.</summary>
    /// <returns>An SVG document.</returns>
    public static string Svg(ComparisonReport report) => LineChart.Svg(
    [
        .. report.Classes.Select(className => new LineChart
        {
            Title = $"Hit rate, class {className}",
            XTitle = "share of the area flagged",
            YTitle = "share of the incidents hit",
            XFormat = "0.#%",
            YFormat = "0.#%",
            Series = [.. report.Forecasters.Select(score =>
                new LineChartSeries(score.Name, [(0, 0), .. Points(score, className)], report.Models.Contains(score.Name)))],
        }),
    ]);

    // At the share that was really flagged: whole cells.
    static IEnumerable<(double, double)> Points(ForecasterScore score, string className) => score.Classes[className].HitRate
        .Where(pair => pair.Value is not null)
            .Select(pair => ((double)score.FlaggedCells[pair.Key] / score.Cells, pair.Value!.Value.Value));
}
