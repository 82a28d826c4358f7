using System.Globalization;
using HotspotInference.Cli.Terminal;
using HotspotInference.Evaluation;
using static HotspotInference.Cli.ScoreText;

namespace HotspotInference.Cli;

/// <summary>What <c>hotspot compare</c> found, in tables of 100 columns.</summary>
static class ComparisonTables
{
    public static void Show(ComparisonReport report, VerbConsole console)
    {
        console.Facts(
            ("span", string.Create(CultureInfo.InvariantCulture, $"{report.Start:yyyy-MM-dd} .. {report.End.AddTicks(-1):yyyy-MM-dd}")),
            ("periods", $"{report.Periods} of a {report.Cadence} scored, {report.PeriodsLeftOut} left out"),
            ("incidents", report.Events.ToString("F0", CultureInfo.InvariantCulture)),
            ("cells", string.Create(CultureInfo.InvariantCulture,
                $"{report.Cells}, with an incident in {100 * report.BaseRate:0.##}% of the cell-periods")),
            ("baselines", $"learnt {report.Training}"));
        foreach (string name in report.Classes)
            ShowClass(report, name, console);
    }

    static void ShowClass(ComparisonReport report, string className, VerbConsole console)
    {
        IReadOnlyList<ComparisonRow> rows = ComparisonRow.Of(report, className);
        IReadOnlyList<double> coverages = ComparisonRow.Coverages;
        string first = Percent(coverages[0]);
        console.Table($"Class {className}: hit rate by share of the area flagged",
        [
            ["forecaster", .. coverages.Select(Percent), $"PAI {first}", $"PEI* {first}"],
            .. rows.Select(row => (string[])[row.Score.Name, .. Ranking(row.Score.Classes[className])]),
        ], [.. Enumerable.Range(1, coverages.Count + 2)]);
        console.Table($"Class {className}: average precision, less that of {report.Reference}; with 95% intervals",
        [
            ["forecaster", "average precision", "difference", ""],
            .. rows.Select(row => (string[])[row.Score.Name, WithInterval(row.Score.Classes[className].AveragePrecision, "F4"),
                .. Against(row, "average_precision", "0.0000")]),
        ], 1, 2);
        console.Table($"Class {className}: risk as a probability; log loss less that of {report.Reference}",
        [
            ["forecaster", "Brier", "ECE", "log loss", "difference", ""],
            .. rows.Select(row => (Row: row, Scores: row.Score.Classes[className])).Select(pair => (string[])[pair.Row.Score.Name,
                Number(pair.Scores.Brier, "F5"), Number(pair.Scores.Ece, "F4"), Number(pair.Scores.LogLoss, "F5"),
                .. Against(pair.Row, "log_loss", "0.00000")]),
        ], 1, 2, 3, 4);
        console.Table($"Class {className}: the best baseline by each score",
        [
            ["score", "best baseline", "", report.Reference],
            .. ComparisonRow.Best(report, className).Select(best => (string[])[best.Score, best.Baseline, best.Value, best.Reference]),
        ], 2, 3);
    }

    static IEnumerable<string> Ranking(ClassScore scores) =>
    [
        .. ComparisonRow.Coverages.Select(coverage => Number(scores.HitRate[coverage], "F3")),
            Number(scores.Pai[ComparisonRow.Coverages[0]], "F1"),
        Number(scores.PeiStar[ComparisonRow.Coverages[0]], "F3"),
    ];

    static string[] Against(ComparisonRow row, string path, string format)
    {
        (string difference, string verdict) = row.Against(path, format);
        return [difference, verdict];
    }
}
