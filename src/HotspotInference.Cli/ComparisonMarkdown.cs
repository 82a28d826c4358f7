using System.Globalization;
using System.Text;
using HotspotInference.Evaluation;
using static HotspotInference.Cli.ScoreText;

namespace HotspotInference.Cli;

/// <summary>
/// A comparison as Markdown that other documents can include: what was scored, then a table and the best baselines for each class.
/// </summary>
static class ComparisonMarkdown
{
    public static string Of(ComparisonReport report)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{report.Periods} periods of a {report.Cadence} scored, ")
            .Append(CultureInfo.InvariantCulture,
                $"{report.Start:yyyy-MM-dd} to {report.End.AddTicks(-1):yyyy-MM-dd}, {report.PeriodsLeftOut} left out; ")
            .Append(CultureInfo.InvariantCulture, $"{report.Events:F0} incidents in {report.Cells} cells, ")
            .Append(CultureInfo.InvariantCulture, $"with one in {100 * report.BaseRate:0.##}% of the cell-periods. ")
            .Append(CultureInfo.InvariantCulture, $"History from {report.HistoryFrom:yyyy-MM-dd}; baselines learnt {report.Training}. ")
            .Append(CultureInfo.InvariantCulture, $"Hit rate by share of the area flagged; differences are less {Cell(report.Reference)}, ")
            .Append("paired, with 95% intervals, in **bold** where they exclude zero on the better side.\n");
        foreach (string className in report.Classes)
            Append(text, report, className);
        return text.ToString();
    }

    static void Append(StringBuilder text, ComparisonReport report, string className)
    {
        IReadOnlyList<double> coverages = ComparisonRow.Coverages;
        double first = coverages[0];
        text.Append(CultureInfo.InvariantCulture, $"\nClass `{className}`:\n\n");
        Line(text, ["forecaster", .. coverages.Select(Percent), $"PAI {Percent(first)}", $"PEI* {Percent(first)}", "average precision",
            "difference", "log loss", "difference", "Brier", "ECE"]);
        Line(text, Enumerable.Repeat("---", coverages.Count + 9));
        foreach (ComparisonRow row in ComparisonRow.Of(report, className))
        {
            ClassScore scores = row.Score.Classes[className];
            Line(text, [Cell(row.Score.Name), .. coverages.Select(coverage => Number(scores.HitRate[coverage], "F3")),
                Number(scores.Pai[first], "F1"), Number(scores.PeiStar[first], "F3"),
                WithInterval(scores.AveragePrecision, "F4"), Against(row, "average_precision", "0.0000"),
                Number(scores.LogLoss, "F5"), Against(row, "log_loss", "0.00000"), Number(scores.Brier, "F5"), Number(scores.Ece, "F4")]);
        }
        IEnumerable<string> best = ComparisonRow.Best(report, className).Select(of => $"{of.Score} {Cell(of.Baseline)} ({of.Value})");
        if (report.BestBaselines[className].Count > 0)
            text.Append(CultureInfo.InvariantCulture,
                $"\nBest baseline: {string.Join("; ", best).Replace("*", "\\*", StringComparison.Ordinal)}.\n");
    }

    static string Against(ComparisonRow row, string path, string format) => row.Against(path, format) switch
    {
        (var difference, "better") => $"**{difference}** better",
        ("", var alone) => alone,
        var (difference, verdict) => $"{difference} {verdict}",
    };

    static void Line(StringBuilder text, IEnumerable<string> cells) =>
        text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");

    // A name may hold what Markdown takes for something else.
    static string Cell(string name) => name.Replace("|", "\\|", StringComparison.Ordinal).Replace("*", "\\*", StringComparison.Ordinal)
        .Replace("_", "\\_", StringComparison.Ordinal);
}
