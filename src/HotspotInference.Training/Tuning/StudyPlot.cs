using HotspotInference.Rendering;

namespace HotspotInference.Training.Tuning;

/// <summary>A study as a picture: the best score so far, and for each hyper-parameter the scores by its values.</summary>
static class StudyPlot
{
    /// <summary>Draws it; trials that failed, or did not come to the last rung, are left out.</summary>
    /// <param name="results">The results, in the order in which they came.</param>
    /// <param name="space">What was searched.</param>
    /// <param name="scoreTitle">What a score is.</param>
    /// <returns>An SVG document.</returns>
    public static string Svg(IReadOnlyList<TrialResult> results, SearchSpace space, string scoreTitle)
    {
        int highest = results.Where(result => result.Score is not null).Select(result => result.Rung).DefaultIfEmpty().Max();
        TrialResult[] scored = [.. results.Where(result => result.Score is not null && result.Rung == highest)];
        return LineChart.Svg([Chart("Best so far", "training", (_, i) => i + 1, hasBest: true) with { HasWholeX = true },
            .. space.Parameters.Select((parameter, p) =>
                Chart(parameter.Name, parameter.AxisTitle, (result, _) => parameter.Position(result.Values[p]), hasBest: false))]);

        double Best(int count) => scored.Take(count).Min(result => result.Score!.Value);

        LineChart Chart(string title, string xTitle, Func<TrialResult, int, double> x, bool hasBest) => new()
        {
            Title = title,
            XTitle = xTitle,
            YTitle = scoreTitle,
            Series =
            [
                new("best so far", hasBest ? [.. scored.Select((result, i) => (x(result, i), Best(i + 1)))] : [], IsStrong: true),
                new("training", [.. scored.Select((result, i) => (x(result, i), result.Score!.Value))]) { IsDots = true },
            ],
        };
    }
}
