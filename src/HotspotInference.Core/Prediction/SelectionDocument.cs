using System.Text.Json;
using HotspotInference.Forecasts;

namespace HotspotInference.Prediction;

/// <summary>The thresholds that a rule chose on the validation span, as the metadata's JSON holds them.</summary>
sealed record SelectionDocument(string Rule, SelectionDocument.CurveDocument[] Classes)
{
    public static SelectionDocument From(ThresholdSelection selection) =>
        new(selection.Rule.ToString(), [.. selection.Curves.Select(CurveDocument.From)]);

    public ThresholdSelection ToSelection(BorderPolicy border) =>
        new(ThresholdRule.Parse(Rule), [.. Classes.Select(curve => curve.ToCurve())], border);

    /// <summary>One class: counts over the span, and point by point. Counts are exact and short; every rate follows from them.</summary>
    public sealed record CurveDocument(string Class, int Periods, long CellPeriods, long EventCellPeriods, double Events, int Selected,
        float[] Thresholds, long[] Hot, long[] Found, double[] EventsHit)
    {
        public static CurveDocument From(ThresholdCurve curve)
        {
            ThresholdTotals totals = curve.Selected.Totals;
            return new(curve.Class, totals.Periods, totals.CellPeriods, totals.EventCellPeriods, totals.Events, curve.SelectedIndex,
                [.. curve.Points.Select(point => point.Threshold)], [.. curve.Points.Select(point => point.HotCellPeriods)],
                [.. curve.Points.Select(point => point.FoundCellPeriods)], [.. curve.Points.Select(point => point.EventsHit)]);
        }

        public ThresholdCurve ToCurve()
        {
            if (Hot.Length != Thresholds.Length || Found.Length != Thresholds.Length || EventsHit.Length != Thresholds.Length)
                throw new JsonException("threshold_selection does not have one number of each kind for each threshold");
            if (Selected < 0 || Selected >= Thresholds.Length)
                throw new JsonException(
                    $"threshold_selection.selected is {Selected}; expected a position in {Thresholds.Length} thresholds");
            var totals = new ThresholdTotals(Periods, CellPeriods, EventCellPeriods, Events);
            var points = new ThresholdPoint[Thresholds.Length];
            for (int i = 0; i < points.Length; i++)
                points[i] = new ThresholdPoint(totals, Thresholds[i], Hot[i], Found[i], EventsHit[i]);
            return new ThresholdCurve { Class = Class, Points = points, SelectedIndex = Selected };
        }
    }
}
