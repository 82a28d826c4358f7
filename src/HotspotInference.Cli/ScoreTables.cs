using System.Globalization;
using HotspotInference.Cli.Terminal;
using HotspotInference.Evaluation;
using static HotspotInference.Cli.ScoreText;

namespace HotspotInference.Cli;

/// <summary>Scores of several forecasters side by side, in tables of 80 columns.</summary>
static class ScoreTables
{
    // The scores whose difference is shown; --json holds all.
    static readonly (string Path, string Name)[] s_compared =
    [
        ("average_precision", "average precision"), ("brier", "Brier"), ("log_loss", "log loss"), ("poisson_deviance", "Poisson deviance"),
        ("ece", "ECE"),
    ];

    /// <summary>One row a forecaster; the model against each baseline; then the model's six labels at a percentile.</summary>
    public static void Show(EvaluationReport report, string className, double percentile, VerbConsole console)
    {
        ForecasterScore[] all = [report.Model, .. report.Baselines];
        ClassScore model = report.Model.Classes[className];
        double[] coverages = [.. report.Model.FlaggedCells.Keys];
        console.Table($"Class {className}: hit rate by share of the area flagged; average precision with its 95% interval",
        [
            ["forecaster", .. coverages.Select(Percent), $"PAI {Percent(coverages[0])}", "average precision"],
            .. all.Select(score => Ranking(score.Name, score.Classes[className], coverages)),
        ], [.. Enumerable.Range(1, coverages.Length + 2)]);
        console.Table($"Class {className}: risk as a probability; calibration error over bins of equal width, of equal mass, "
            + "and active cells",
        [
            ["forecaster", "Brier", "log loss", "ECE", "mass", "active"],
            .. all.Select(score => Calibration(score.Name, score.Classes[className])),
        ], 1, 2, 3, 4, 5);
        int[] windows = [.. model.Fss.Keys];
        console.Table($"Class {className}: area under the ROC curve; Fractions Skill Score by width of the neighbourhood in cells",
        [
            ["forecaster", "ROC AUC", .. windows.Select(window => $"FSS {window}")],
            .. all.Select(score => Neighbourhoods(score.Name, score.Classes[className].RocAuc, score.Classes[className].Fss)),
            Neighbourhoods("base rate everywhere", null, model.FssUniform),
        ], [.. Enumerable.Range(1, windows.Length + 1)]);
        console.Table($"Class {className}: expected counts; masked: over cells with incidents alone, for comparison with such figures only",
        [
            ["forecaster", "deviance", "MAE", "RMSE", "masked MAE", "masked MAPE"],
            .. all.Select(score => Counts(score.Name, score.Classes[className])),
        ], 1, 2, 3, 4, 5);
        foreach (PairedComparison comparison in report.Comparisons)
            ShowComparison(comparison, className, coverages, console);
        ShowLabels(report, className, percentile, console);
    }

    static void ShowComparison(PairedComparison comparison, string className, double[] coverages, VerbConsole console)
    {
        IReadOnlyDictionary<string, ScoreDifference> differences = comparison.Classes[className];
        (string Path, string Name)[] scores = [(Path("hit_rate", coverages[0]), $"hit rate at {Percent(coverages[0])}"), .. s_compared];
        console.Table($"Class {className}: {comparison.Forecaster} less {comparison.Reference}, paired, with its 95% interval",
        [
            ["score", "difference", ""],
            .. scores.Where(score => differences.ContainsKey(score.Path)).Select(score => (string[])
                [score.Name, Signed(differences[score.Path].Difference), Verdict(differences[score.Path].Verdict)]),
        ]);
    }

    static void ShowLabels(EvaluationReport report, string className, double percentile, VerbConsole console)
    {
        LabelScore labels = report.Model.Classes[className].Labels[percentile];
        string[] Rate(string name, Func<LabelRates, Estimate?> rate, string format, string of) =>
            [name, Number(rate(labels), format), Number(rate(labels.RandomMap), format), of];
        string[] Count(string name, Estimate count, string what) => [name, Number(count, "F0"), "", what];
        console.Table(string.Create(CultureInfo.InvariantCulture,
            $"Class {className}: {report.Model.Name}'s six labels at percentile {percentile} ({Source(report.ThresholdSource)}); "
            + $"random: as many cells"),
        [
            ["label", "cells", "random", ""],
            Count("correct", labels.Correct, "hot, with an incident"),
            Count("false positive", labels.FalsePositive, "hot, none here nor beside"),
            Count("false positive neighbour", labels.FalsePositiveNeighbour, "hot, one beside"),
            Count("false negative", labels.FalseNegative, "an incident, nothing hot near"),
            Count("false negative neighbour", labels.FalseNegativeNeighbour, "an incident, hot beside"),
            Count("true negative", labels.TrueNegative, "not hot, no incident"),
            Rate("found", rates => rates.CorrectRate, "F3", "of the cells with incidents"),
            Rate("found or beside", rates => rates.CorrectOrNeighbourRate, "F3", "of the cells with incidents"),
            Rate("missed", rates => rates.FalseNegativeRate, "F3", "of the cells with incidents"),
            Rate("accuracy", rates => rates.Accuracy, "F4", "of all cells"),
            Rate("tolerant accuracy", rates => rates.TolerantAccuracy, "F4", "one cell off forgiven"),
            Rate("balanced accuracy", rates => rates.BalancedAccuracy, "F4", "mean over cells with and without"),
            Rate("tolerant balanced", rates => rates.TolerantBalancedAccuracy, "F4", "one cell off forgiven"),
            .. labels.WeightedAccuracy.Keys.SelectMany(weight => (string[][])
            [
                Rate(Weighted("accuracy", weight), rates => rates.WeightedAccuracy[weight], "F4", "cells with incidents count more"),
                Rate(Weighted("tolerant", weight), rates => rates.TolerantWeightedAccuracy[weight], "F4", "one cell off forgiven"),
            ]),
        ], 1, 2);
    }

    /// <summary>One row a score: hit rates and average precision, beside what sets the rows of a forecaster apart.</summary>
    public static void ShowRanking(string title, string what, IEnumerable<(ForecasterScore Score, string Value)> rows, string className,
        VerbConsole console)
    {
        (ForecasterScore Score, string Value)[] all = [.. rows];
        double[] coverages = [.. all[0].Score.FlaggedCells.Keys];
        console.Table(title,
        [
            ["forecaster", what, .. coverages.Select(Percent), "average precision"],
            .. all.Select(row => (string[])[row.Score.Name, row.Value, .. coverages.Select(coverage =>
                Number(row.Score.Classes[className].HitRate[coverage], "F3")),
                    WithInterval(row.Score.Classes[className].AveragePrecision, "F4")]),
        ], [.. Enumerable.Range(1, coverages.Length + 2)]);
    }

    static string[] Ranking(string name, ClassScore scores, double[] coverages) =>
    [
        name, .. coverages.Select(coverage => Number(scores.HitRate[coverage], "F3")), Number(scores.Pai[coverages[0]], "F1"),
        WithInterval(scores.AveragePrecision, "F4"),
    ];

    static string[] Calibration(string name, ClassScore scores) =>
    [
        name, Number(scores.Brier, "F5"), Number(scores.LogLoss, "F5"), Number(scores.Ece, "F4"), Number(scores.EceEqualMass, "F4"),
        Number(scores.EceActiveCells, "F4"),
    ];

    static string[] Neighbourhoods(string name, Estimate? area, IReadOnlyDictionary<int, Estimate?> skill) =>
        [name, Number(area, "F4"), .. skill.Values.Select(value => Number(value, "F3"))];

    static string[] Counts(string name, ClassScore scores) =>
    [
        name, Number(scores.PoissonDeviance, "F5"), Number(scores.Mae, "F5"), Number(scores.Rmse, "F5"), Number(scores.MaskedMae, "F3"),
        Number(scores.MaskedMape, "F3"),
    ];

    static string Weighted(string name, double weight) => string.Create(CultureInfo.InvariantCulture, $"{name} {weight}:1");
}
