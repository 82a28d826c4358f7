using System.Globalization;
using HotspotInference.Baselines;
using HotspotInference.Cli.Terminal;
using HotspotInference.Evaluation;
using HotspotInference.Features;
using HotspotInference.Prediction;

namespace HotspotInference.Cli.Verbs;

/// <summary>
/// What <c>hotspot evaluate</c> does with a model of the next incident: ranks and probabilities of places beside baselines.
/// </summary>
static class NextIncidentScores
{
    const double HalfLifeDays = 90;
    const int Week = 7;

    /// <summary>Scores a model on the incidents of some days.</summary>
    /// <param name="predictor">The model.</param>
    /// <param name="incidents">The incidents, those before the days included.</param>
    /// <param name="from">The first day; the one behind the model's training and validation where null.</param>
    /// <param name="to">The last day; that of the last incident where null.</param>
    /// <param name="draws">Draws for the intervals.</param>
    /// <param name="console">Gets warnings and progress.</param>
    /// <param name="cancellationToken">Stops the evaluation.</param>
    public static NextIncidentReport Run(NextIncidentPredictor predictor, IReadOnlyList<Incident> incidents, DateOnly? from, DateOnly? to,
        int draws, VerbConsole console, CancellationToken cancellationToken)
    {
        EventSequence events = predictor.CreateEvents(incidents);
        DateOnly? learnt = predictor.Metadata.Validation?.Last ?? predictor.Metadata.Training?.Last;
        DateOnly first = from ?? learnt?.AddDays(1) ?? throw new BadUsageException(
            "--from: not given, and the model does not say which days it learnt from; expected the first day to score. Give it.");
        DateOnly last = to ?? (events.Count > 0 ? DateOnly.FromDateTime(events.TimeOf(events.Count - 1)) : first);
        if (last < first)
            throw new HotspotException("span to score",
                string.Create(CultureInfo.InvariantCulture, $"from {first:yyyy-MM-dd} to {last:yyyy-MM-dd}"),
                "a last day on or after the first", "Give newer incidents, train the model on earlier days, or give --from.");
        if (first <= learnt)
            console.Warning(string.Create(CultureInfo.InvariantCulture,
                $"the model learnt from days up to {learnt:yyyy-MM-dd}: scores on those flatter it. "
                + $"Score from {learnt.Value.AddDays(1):yyyy-MM-dd} on."));
        INextIncidentForecaster[] baselines =
        [
            PlaceRates.Frequency, PlaceRates.Weighted(HalfLifeDays), NearRepeat.Fit(events, first.ToDateTime(TimeOnly.MinValue)),
        ];
        return console.Progress("Scoring", progress => NextIncidentEvaluation.Run(events, predictor, baselines, new DaySpan(first, last),
            ScoringOptions.Default with { BootstrapDraws = draws, BootstrapBlock = Week }, progress, cancellationToken));
    }

    /// <summary>The scores as tables of 80 columns.</summary>
    public static void Show(NextIncidentReport report, VerbConsole console)
    {
        console.Facts(
            ("span", string.Create(CultureInfo.InvariantCulture, $"{report.Start:yyyy-MM-dd} .. {report.End.AddTicks(-1):yyyy-MM-dd}")),
            ("incidents", string.Create(CultureInfo.InvariantCulture,
                $"{report.Incidents} forecast, {report.IncidentsLeftOut} with too few before them")),
            ("cells", report.Cells.ToString(CultureInfo.InvariantCulture)));
        NextIncidentScore[] all = [report.Model, .. report.Baselines];
        int[] tops = [.. report.Model.TopCells.Keys];
        console.Table("Share of incidents in the k likeliest cells; mean reciprocal rank; mean log probability",
        [
            ["forecaster", .. tops.Select(top => $"top {top}"), "MRR", "log probability"],
            .. all.Select(score => (string[])[score.Name, .. tops.Select(top => ScoreText.Number(score.TopCells[top], "F3")),
                ScoreText.Number(score.MeanReciprocalRank, "F4"), ScoreText.WithInterval(score.MeanLogProbability, "F3")]),
        ], [.. Enumerable.Range(1, tops.Length + 2)]);
        foreach (NextIncidentComparison comparison in report.Comparisons)
            console.Table($"{report.Model.Name} less {comparison.Reference}, with the 95% interval over the same incidents",
            [
                ["score", "difference", "verdict"],
                .. comparison.Differences.Select(pair => (string[])[Name(pair.Key), ScoreText.Signed(pair.Value.Difference, "0.0000"),
                    ScoreText.Verdict(pair.Value.Verdict)]),
            ], 1);
    }

    static string Name(string path) => path.Replace("_cells/", " ", StringComparison.Ordinal).Replace('_', ' ');
}
