using System.Globalization;
using HotspotInference.Cli.Terminal;
using HotspotInference.Training.Tuning;

namespace HotspotInference.Training.Verbs;

/// <summary>A study as text.</summary>
static class TuneTables
{
    const int MostRows = 10;

    /// <summary>The results, the best first: those that came furthest, then by their scores; each trial once, and failures last.</summary>
    public static IReadOnlyList<TrialResult> Ranked(IReadOnlyList<TrialResult> results) =>
        [.. results.GroupBy(result => result.Trial).Select(trial => trial.MaxBy(result => result.Rung)!)
            .OrderBy(result => result.Score is null).ThenByDescending(result => result.Rung).ThenBy(result => result.Score)
            .ThenBy(result => result.Trial)];

    /// <summary>A result in a line.</summary>
    public static string Line(TrialResult result, SearchSpace space) => string.Create(CultureInfo.InvariantCulture,
        $"trial {result.Trial}, epoch {result.Epochs}: {(result.Score is { } score ? $"{score:F5}" : $"failed, {result.Failure}")} "
        + $"({result.Seconds:F0} s) with {Options(space, result.Values)}");

    /// <summary>Shows a report.</summary>
    public static void Show(TuneReport report, SearchSpace space, string scoreTitle, VerbConsole console)
    {
        console.Facts(
            ("study", $"{report.Study}, drawn in {report.Plot}"),
            ("blocks", string.Join(", ", report.Blocks)),
            ("trials", string.Create(CultureInfo.InvariantCulture, $"{report.Trials}, of which {report.Failed} failed")),
            ("best", report.Best is { } best ? Options(space, best.Values) : "none"));
        IReadOnlyList<TrialResult> ranked = Ranked(report.Results);
        string[] head = ["trial", "epochs", scoreTitle, .. space.Parameters.Select(parameter => parameter.Name)];
        console.Table(string.Create(CultureInfo.InvariantCulture, $"The best of {ranked.Count}, by {scoreTitle}; lower is better"),
            [head, .. ranked.Take(MostRows).Select(result => (IReadOnlyList<string>)
                [$"{result.Trial}", $"{result.Epochs}", result.Score?.ToString("F5", CultureInfo.InvariantCulture) ?? "failed",
                    .. result.Values])],
            [.. Enumerable.Range(0, head.Length)]);
    }

    static string Options(SearchSpace space, IReadOnlyList<string> values) =>
        string.Join(' ', space.Parameters.Zip(values, (parameter, value) => $"--{parameter.Name} {value}"));
}
