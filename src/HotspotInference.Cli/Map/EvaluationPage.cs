using System.Globalization;
using HotspotInference.Evaluation;
using HotspotInference.Forecasts;
using HotspotInference.Rendering;
using static HotspotInference.Cli.ScoreText;

namespace HotspotInference.Cli.Map;

/// <summary>An evaluation as one HTML file that needs nothing else and runs no script.</summary>
sealed class EvaluationPage
{
    readonly ReportHtml _page;
    readonly EvaluationReport _report;
    readonly ForecasterScore[] _all;

    EvaluationPage(EvaluationReport report)
    {
        _report = report;
        _page = new ReportHtml($"Evaluation of {report.Model.Name}");
        _all = [report.Model, .. report.Baselines];
    }

    /// <summary>Writes the page.</summary>
    /// <param name="report">The scores.</param>
    /// <param name="selection">The thresholds that the model's rule chose on validation; null where it has none.</param>
    public static string Of(EvaluationReport report, ThresholdSelection? selection)
    {
        var page = new EvaluationPage(report);
        page.Head();
        foreach (string className in report.Classes)
            page.Class(className, selection?.Find(className), selection?.Rule);
        return page._page.ToString();
    }

    void Head()
    {
        _page.Note(string.Create(CultureInfo.InvariantCulture,
            $"{_report.Start:yyyy-MM-dd} to {_report.End.AddTicks(-1):yyyy-MM-dd}: {_report.Periods} periods of a "
            + $"{_report.Cadence} scored, {_report.PeriodsLeftOut} left out; {_report.Events:F0} incidents, {_report.Cells} cells, with an "
            + $"incident in {100 * _report.BaseRate:0.##}% of the cell-periods. Each period was forecast from what lay before it. "
            + $"Brackets: 95% intervals."));
        if (_report.Leaky)
            _page.Warning("Leaky: a forecaster could see what it forecast. These numbers mean nothing.");
        if (_report.Retrospective)
            _page.Warning("Retrospective: the labels' thresholds were taken over the scored span, which no forecast in use can.");
    }

    void Class(string className, ThresholdCurve? curve, ThresholdRule? rule)
    {
        double[] coverages = [.. _report.Model.FlaggedCells.Keys];
        _page.Section($"Class {className}");
        _page.Heading("Where the incidents were: hit rate by the share of the area flagged");
        _page.Table(["forecaster", .. coverages.Select(Percent), "average precision"], _all.Select(score => (string[])
        [
            score.Name, .. coverages.Select(coverage => WithInterval(score.Classes[className].HitRate[coverage], "F3")),
            WithInterval(score.Classes[className].AveragePrecision, "F4"),
        ]));
        _page.Figure(Chart($"Hit rate, {className}", "share of the area flagged", "share of the incidents hit",
            [.. _all.Select(score => new LineChartSeries(score.Name, [(0, 0), .. coverages.Where(coverage =>
                score.Classes[className].HitRate[coverage] is not null)
                .Select(coverage => ((double)score.FlaggedCells[coverage] / score.Cells,
                    score.Classes[className].HitRate[coverage]!.Value.Value))],
                ReferenceEquals(score, _report.Model)))]));
        _page.Heading("How true the probabilities are");
        _page.Table(["forecaster", "Brier", "log loss", "ECE", "ECE, equal mass"], _all.Select(score =>
            score.Classes[className]).Zip(_all, (scores, score) => (string[])
            [score.Name, WithInterval(scores.Brier, "F5"), WithInterval(scores.LogLoss, "F5"), WithInterval(scores.Ece, "F4"),
                WithInterval(scores.EceEqualMass, "F4")]));
        (double, double)[] reliability = [.. _report.Model.Classes[className].Reliability.EqualMass.Select(bin => (bin.MeanRisk,
            bin.Frequency))];
        double end = reliability.SelectMany(point => (double[])[point.Item1, point.Item2]).DefaultIfEmpty(1).Max();
        _page.Figure(Chart($"Reliability of {_report.Model.Name}, {className}", "mean risk of a bin",
            "share of its cell-periods with an incident",
            [new(_report.Model.Name, reliability, true), new("perfect", [(0, 0), (end, end)])]) with { HasMarkers = true });
        Differences(className);
        Labels(className);
        Threshold(className, curve, rule);
    }

    void Differences(string className)
    {
        if (_report.Comparisons.Count == 0)
            return;
        (string Path, string Name)[] scores = [("average_precision", "average precision"), ("log_loss", "log loss"), ("brier", "Brier")];
        _page.Heading($"{_report.Model.Name} less each baseline, paired over the same periods");
        _page.Table(["baseline", .. scores.SelectMany(score => new[] { score.Name, "" })], _report.Comparisons.Select(comparison =>
            (string[])
        [
            comparison.Reference, .. scores.SelectMany(score => comparison.Classes[className].TryGetValue(score.Path,
                out ScoreDifference? found)
                ? new[] { Signed(found.Difference), Verdict(found.Verdict) } : ["", ""]),
        ]));
    }

    void Labels(string className)
    {
        _page.Heading("Six labels by percentile");
        _page.Note($"Hot: by the {ScoreText.Source(_report.ThresholdSource)}. Found and missed are shares of the cells with incidents; "
            + "beside counts a hot neighbour.");
        _page.Table(["percentile", "flagged", "found", "found or beside", "missed", "balanced accuracy", "of a random map"],
            _report.Model.Classes[className].Labels.Select(pair => (string[])
            [
                pair.Key.ToString(CultureInfo.InvariantCulture), Percent(pair.Value.FlaggedShare.Value), Number(pair.Value.CorrectRate,
                    "F3"),
                Number(pair.Value.CorrectOrNeighbourRate, "F3"), Number(pair.Value.FalseNegativeRate, "F3"),
                    Number(pair.Value.BalancedAccuracy, "F3"),
                Number(pair.Value.RandomMap.BalancedAccuracy, "F3"),
            ]));
    }

    void Threshold(string className, ThresholdCurve? curve, ThresholdRule? rule)
    {
        _page.Heading("Which threshold to use");
        if (curve is null)
        {
            _page.Note($"The model has no threshold chosen for {className}: fit it with a validation span (--threshold-rule), "
                + "or take a percentile from the table above.");
            return;
        }
        ThresholdPoint point = curve.Selected;
        string hits = point.HitRate is { } rate ? $"{Percent(rate)} of the incidents fell into them" : "there was no incident";
        _page.Note(string.Create(CultureInfo.InvariantCulture,
            $"By the rule {rule} the model calls a cell hot above a risk of {point.Threshold:G4}. On its validation days, not on those "
            + $"scored here, that flagged {Percent(point.Coverage)} of the cell-periods, {hits}, and "
            + $"{point.FalseAlarms:0.0} hot cells a period stayed without an incident."));
    }

    static LineChart Chart(string title, string x, string y, IReadOnlyList<LineChartSeries> series) =>
        new() { Title = title, XTitle = x, YTitle = y, XFormat = "0.##%", YFormat = "0.##%", Series = series };
}
