using HotspotInference.Evaluation;

namespace HotspotInference.Cli;

/// <summary>One forecaster's line in the tables of a comparison.</summary>
/// <param name="Score">Its scores.</param>
/// <param name="Differences">By score, less the reference; null for the reference itself.</param>
sealed record ComparisonRow(ForecasterScore Score, IReadOnlyDictionary<string, ScoreDifference>? Differences)
{
    /// <summary>The shares of the area whose hit rates stand in tables; curves have more.</summary>
    public static IReadOnlyList<double> Coverages => ScoringOptions.Default.Coverages;

    /// <summary>The scores whose best baseline is named, by their paths.</summary>
    public static IReadOnlyList<(string Path, string Name, string Format, Func<ClassScore, Estimate?> Of)> Named { get; } =
    [
        .. Coverages.Select(coverage => (ScoreText.Path("hit_rate", coverage), $"hit rate at {ScoreText.Percent(coverage)}", "F3",
            (Func<ClassScore, Estimate?>)(score => score.HitRate[coverage]))),
        ("pei_star/0.01", "PEI* at 1%", "F3", score => score.PeiStar[Coverages[0]]),
        ("average_precision", "average precision", "F4", score => score.AveragePrecision),
        ("log_loss", "log loss", "F5", score => score.LogLoss), ("brier", "Brier", "F5", score => score.Brier),
        ("ece", "ECE", "F4", score => score.Ece),
    ];

    /// <summary>The lines of a class, models first.</summary>
    public static IReadOnlyList<ComparisonRow> Of(ComparisonReport report, string className)
    {
        var differences = report.Comparisons.ToDictionary(comparison => comparison.Forecaster, comparison => comparison.Classes[className]);
        return [.. report.Forecasters.Select(score => new ComparisonRow(score, differences.GetValueOrDefault(score.Name)))];
    }

    /// <summary>The best baseline by each of <see cref="Named"/>, with its score and the reference's.</summary>
    public static IEnumerable<(string Score, string Baseline, string Value, string Reference)> Best(
        ComparisonReport report, string className)
    {
        ClassScore Scores(string name) => report.Forecasters.Single(score => score.Name == name).Classes[className];
        foreach ((string path, string name, string format, Func<ClassScore, Estimate?> of) in Named)
        {
            if (report.BestBaselines[className].TryGetValue(path, out string? baseline))
                yield return (name, baseline, ScoreText.Number(of(Scores(baseline)), format),
                    ScoreText.Number(of(Scores(report.Reference)), format));
        }
    }

    /// <summary>The difference of one score from the reference's, and what it says; empty where there is none.</summary>
    public (string Difference, string Verdict) Against(string path, string format) => Differences is null ? ("", "reference")
        : Differences.TryGetValue(path, out ScoreDifference? found)
            ? (ScoreText.Signed(found.Difference, format), ScoreText.Verdict(found.Verdict))
        : ("", "");
}
