using System.Globalization;
using HotspotInference.Cli.Terminal;
using HotspotInference.Evaluation;

namespace HotspotInference.Cli;

/// <summary>Scores of several forecasters side by side, in tables of 80 columns.</summary>
static class ScoreTables
{
    /// <summary>One row a forecaster; then the model's six labels at a percentile.</summary>
    public static void Show(EvaluationReport report, string className, double percentile, VerbConsole console)
    {
        ForecasterScore[] all = [report.Model, .. report.Baselines];
        double[] coverages = [.. report.Model.FlaggedCells.Keys];
        console.Table($"Class {className}: hit rate by share of the area flagged; average precision with its 95% interval",
        [
            ["forecaster", .. coverages.Select(Percent), $"PAI {Percent(coverages[0])}", "average precision"],
            .. all.Select(score => Ranking(score.Name, score.Classes[className], coverages)),
        ], [.. Enumerable.Range(1, coverages.Length + 2)]);
        console.Table($"Class {className}: risk as a probability",
        [
            ["forecaster", "Brier", "log loss", "ECE"],
            .. all.Select(score => Calibration(score.Name, score.Classes[className])),
        ], 1, 2, 3);
        LabelScore labels = report.Model.Classes[className].Labels[percentile];
        console.Table(string.Create(CultureInfo.InvariantCulture,
            $"Class {className}: {report.Model.Name}'s six labels at percentile {percentile} (thresholds: {report.ThresholdSource})"),
        [
            ["correct", Number(labels.Correct, "F0"), "hot, with an incident"],
            ["false positive", Number(labels.FalsePositive, "F0"), "hot, none here nor beside"],
            ["false positive neighbour", Number(labels.FalsePositiveNeighbour, "F0"), "hot, one beside"],
            ["false negative", Number(labels.FalseNegative, "F0"), "an incident, nothing hot here nor beside"],
            ["false negative neighbour", Number(labels.FalseNegativeNeighbour, "F0"), "an incident, hot beside"],
            ["true negative", Number(labels.TrueNegative, "F0"), "not hot, no incident"],
            ["found or beside", Number(labels.CorrectOrNeighbourRate, "F3"), "of the cells with incidents"],
            ["missed", Number(labels.FalseNegativeRate, "F3"), "of the cells with incidents"],
            ["accuracy", Number(labels.Accuracy, "F4"), "of all cells"],
            ["tolerant accuracy", Number(labels.TolerantAccuracy, "F4"), "of all cells, one cell off forgiven"],
        ], 1);
    }

    /// <summary>One row a score: hit rates and average precision, beside what sets the rows of a forecaster apart.</summary>
    public static void ShowRanking(string title, string what, IEnumerable<(ForecasterScore Score, string Value)> rows, string className, VerbConsole console)
    {
        (ForecasterScore Score, string Value)[] all = [.. rows];
        double[] coverages = [.. all[0].Score.FlaggedCells.Keys];
        console.Table(title,
        [
            ["forecaster", what, .. coverages.Select(Percent), "average precision"],
            .. all.Select(row => (string[])[row.Score.Name, row.Value, .. coverages.Select(coverage =>
                Number(row.Score.Classes[className].HitRate[coverage], "F3")), WithInterval(row.Score.Classes[className].AveragePrecision, "F4")]),
        ], [.. Enumerable.Range(1, coverages.Length + 2)]);
    }

    static string[] Ranking(string name, ClassScore scores, double[] coverages) =>
    [
        name, .. coverages.Select(coverage => Number(scores.HitRate[coverage], "F3")), Number(scores.Pai[coverages[0]], "F1"),
        WithInterval(scores.AveragePrecision, "F4"),
    ];

    static string[] Calibration(string name, ClassScore scores) =>
        [name, Number(scores.Brier, "F5"), Number(scores.LogLoss, "F5"), Number(scores.Ece, "F4")];

    static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.##}%");

    static string Number(Estimate? estimate, string format) => estimate?.Value.ToString(format, CultureInfo.InvariantCulture) ?? "-";

    static string WithInterval(Estimate? estimate, string format)
    {
        string value = Number(estimate, format);
        if (estimate is not { } known || known.Low == known.High)
            return value;
        string low = known.Low.ToString(format, CultureInfo.InvariantCulture), high = known.High.ToString(format, CultureInfo.InvariantCulture);
        return $"{value} ({low}-{high})";
    }
}
