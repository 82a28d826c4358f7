namespace HotspotInference.Forecasts;

/// <summary>What a threshold was chosen over: one class in the periods of a span. Immutable.</summary>
/// <param name="Periods">Periods.</param>
/// <param name="CellPeriods">Cells that count times periods.</param>
/// <param name="EventCellPeriods">Cell-periods with at least one incident.</param>
/// <param name="Events">Incidents in them.</param>
public sealed record ThresholdTotals(int Periods, long CellPeriods, long EventCellPeriods, double Events);
