using System.Globalization;
using HotspotInference.Cli.Terminal;

namespace HotspotInference.Cli.Verbs;

/// <summary>What <c>hotspot validate</c> found, in tables of 80 columns.</summary>
static class ValidateTables
{
    // As many blocks as stand beside a name in 80 columns.
    const int MostBlocks = 5;

    public static void Show(ValidateReport report, VerbConsole console)
    {
        console.Facts(
            ("span", report.Span.ToString()),
            ("grid", $"{report.Grid}"),
            ("window", report.Window),
            ("blocks",
                string.Create(CultureInfo.InvariantCulture, $"{report.Splits.Count}, from {report.Splits[0].Test.First:yyyy-MM-dd}")),
            ("period", report.Cadence));
        foreach (string name in report.Refits.Concat(report.Horizons).First().Pooled.Classes.Keys)
            ShowClass(report, name, console);
    }

    static void ShowClass(ValidateReport report, string name, VerbConsole console)
    {
        if (report.Refits.Count > 0)
        {
            ScoreTables.ShowRanking($"Class {name}: all blocks together, by how often they are fitted anew", "refit",
                report.Refits.OrderBy(score => Position(report, score)).Select(score => (score.Pooled, score.Refit)), name, console);
            foreach (ValidateReport.Score[] same in report.Refits.GroupBy(score => score.Refit).Select(group => group.ToArray()))
                ShowBlocks(report, same, name, console);
        }
        if (report.Horizons.Count > 0)
            ScoreTables.ShowRanking($"Class {name}: by how many periods ahead, frozen", "ahead", report.Horizons
                .OrderBy(score => Position(report, score))
                    .Select(score => (score.Pooled, score.Horizon.ToString(CultureInfo.InvariantCulture))), name, console);
        if (report.LearningCurve.Count > 0)
            ScoreTables.ShowRanking($"Class {name}: the last block, by the years known before it", "years", report.LearningCurve[0].Scores
                .SelectMany((_, i) =>
                    report.LearningCurve.Select(known => (known.Scores[i], known.Years.ToString("0.##", CultureInfo.InvariantCulture)))),
                name, console);
    }

    static void ShowBlocks(ValidateReport report, ValidateReport.Score[] scores, string name, VerbConsole console)
    {
        for (int first = 0; first < report.Splits.Count; first += MostBlocks)
        {
            int[] blocks = [.. Enumerable.Range(first, Math.Min(MostBlocks, report.Splits.Count - first))];
            console.Table($"Class {name}: average precision by block, by its first day; refit: {scores[0].Refit}",
            [
                ["forecaster",
                .. blocks.Select(block => report.Splits[block].Test.First.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))],
                .. scores.Select(score => (string[])[score.Forecaster, .. blocks.Select(block =>
                    score.Splits[block].Classes[name].AveragePrecision?.Value.ToString("F4", CultureInfo.InvariantCulture) ?? "-")]),
            ], [.. Enumerable.Range(1, blocks.Length)]);
        }
    }

    // Forecasters in the order in which they were given; a stable sort keeps each one's rows in theirs.
    static int Position(ValidateReport report, ValidateReport.Score score) =>
        report.Refits.Concat(report.Horizons).Select(other => other.Forecaster).Distinct().ToList().IndexOf(score.Forecaster);
}
