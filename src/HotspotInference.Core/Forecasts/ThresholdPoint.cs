namespace HotspotInference.Forecasts;

/// <summary>What one threshold does over the span that it was chosen on. Immutable.</summary>
/// <param name="Totals">The span.</param>
/// <param name="Threshold">The risk that a hot cell exceeds.</param>
/// <param name="HotCellPeriods">Cell-periods whose risk is strictly above it.</param>
/// <param name="FoundCellPeriods">Those of them with at least one incident.</param>
/// <param name="EventsHit">Incidents in them.</param>
public sealed record ThresholdPoint(
    ThresholdTotals Totals, float Threshold, long HotCellPeriods, long FoundCellPeriods, double EventsHit)
{
    /// <summary>Share of the cell-periods that is hot, 0..1: what single periods flag varies about it.</summary>
    public double Coverage => (double)HotCellPeriods / Totals.CellPeriods;

    /// <summary>Share of the incidents in hot cells, 0..1; null without incidents.</summary>
    public double? HitRate => Totals.Events > 0 ? EventsHit / Totals.Events : null;

    /// <summary>Share of the cell-periods with at least one incident that is not hot, 0..1; null without incidents.</summary>
    public double? FalseNegativeRate =>
        Totals.EventCellPeriods > 0 ? (double)(Totals.EventCellPeriods - FoundCellPeriods) / Totals.EventCellPeriods : null;

    /// <summary>Hot cells without an incident in a period, on average.</summary>
    public double FalseAlarms => (double)(HotCellPeriods - FoundCellPeriods) / Totals.Periods;

    /// <summary>Cost of the misses and false alarms, where a false alarm costs 1.</summary>
    /// <param name="missCost">What a missed cell-period costs.</param>
    public double Cost(double missCost) =>
        missCost * (Totals.EventCellPeriods - FoundCellPeriods) + (HotCellPeriods - FoundCellPeriods);
}
