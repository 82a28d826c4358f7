namespace HotspotInference.Evaluation;

/// <summary>
/// How well one class was forecast. Measures that are not defined, a hit rate without events say, are null. Immutable.
/// </summary>
public sealed record ClassScore
{
    /// <summary>Incidents in the cells scored.</summary>
    public required double Events { get; init; }

    /// <summary>Incidents elsewhere that were told of: they count in the denominator of the hit rate and cannot be hit.</summary>
    public required double EventsOutside { get; init; }

    /// <summary>Incidents in the margin that the border policy ignores: they count nowhere.</summary>
    public required double EventsInMargin { get; init; }

    /// <summary>Share of cell-periods with at least one incident: what a forecaster without skill reaches in average precision.</summary>
    public required double BaseRate { get; init; }

    /// <summary>
    /// By coverage: the share of events in the cells flagged. Each period flags the same number of cells, the whole part of
    /// coverage x cells, by falling risk. Equal risks are taken in the order of the placing formula from the south-west corner:
    /// arbitrary, but the same everywhere.
    /// </summary>
    public required IReadOnlyDictionary<double, Estimate?> HitRate { get; init; }

    /// <summary>By coverage: the hit rate expected where equal risks are taken in random order.</summary>
    public required IReadOnlyDictionary<double, Estimate?> HitRateTieNeutral { get; init; }

    /// <summary>
    /// By coverage: the hit rate over the share of the cells that was flagged (Chainey, Tompson and Uhlig, 2008). Cells
    /// of a grid in degrees count as equally large.
    /// </summary>
    public required IReadOnlyDictionary<double, Estimate?> Pai { get; init; }

    /// <summary>By coverage: events hit over the most that as many cells a period could have hit (Hunt, 2016), 0..1.</summary>
    public required IReadOnlyDictionary<double, Estimate?> PeiStar { get; init; }

    /// <summary>
    /// Average precision over all cell-periods, positive where there was at least one incident; equal risks are one step, as in
    /// scikit-learn's <c>average_precision_score</c>.
    /// </summary>
    public required Estimate? AveragePrecision { get; init; }

    /// <summary>
    /// Area under the ROC curve: the chance that a cell-period with an incident has a higher risk than one without, ties counting half
    /// (Mann and Whitney, 1947). 0.5 without skill; where most cells never have an incident every forecaster scores high.
    /// </summary>
    public required Estimate? RocAuc { get; init; }

    /// <summary>Mean squared difference of risk and outcome (0 or 1); 0 is best.</summary>
    public required Estimate Brier { get; init; }

    /// <summary>Mean negative log likelihood of the outcome in nats; risk is first clipped to 2^-23 .. 1 - 2^-23.</summary>
    public required Estimate LogLoss { get; init; }

    /// <summary>
    /// Mean Poisson deviance of the counts y, <c>2 (y ln(y / m) - (y - m))</c> a cell-period. The expected count m is the forecast's
    /// intensity, or else that of a Poisson count with its risk, <c>-ln(1 - risk)</c> with the risk clipped as for
    /// <see cref="LogLoss"/>; at least 2^-23.
    /// </summary>
    public required Estimate PoissonDeviance { get; init; }

    /// <summary>
    /// Mean distance of the expected count (see <see cref="PoissonDeviance"/>) from the count. Expecting nothing scores well.
    /// </summary>
    public required Estimate Mae { get; init; }

    /// <summary>Root of the mean squared distance of the expected count from the count.</summary>
    public required Estimate Rmse { get; init; }

    /// <summary>
    /// As <see cref="Mae"/>, over cell-periods with an incident alone, as ST-HSL (Li et al., 2022) has it. For comparison with such
    /// figures only: it rewards expecting too much everywhere.
    /// </summary>
    public required Estimate? MaskedMae { get; init; }

    /// <summary>
    /// Mean distance as a share of the count, over cell-periods with an incident alone; for comparison only, as <see cref="MaskedMae"/>.
    /// </summary>
    public required Estimate? MaskedMape { get; init; }

    /// <summary>
    /// Expected calibration error: over bins of equal width (the lower edge belongs to the bin), the mean distance of risk from
    /// frequency, weighted by the cell-periods in the bin.
    /// </summary>
    public required Estimate Ece { get; init; }

    /// <summary>
    /// The same over bins of equal mass: a cell-period is in bin <c>floor(bins x lower / all)</c>, where so many of all cell-periods have a
    /// lower risk; equal risks stay together. The bootstrap draws periods anew and keeps the bins of the whole span.
    /// </summary>
    public required Estimate EceEqualMass { get; init; }

    /// <summary>
    /// As <see cref="Ece"/>, over active cells alone: those that had an incident before the span (<see cref="ActiveCells"/>). Cells that
    /// never have one make any forecast look calibrated. Null where the scorer was not told them.
    /// </summary>
    public required Estimate? EceActiveCells { get; init; }

    /// <summary>The curves behind the three calibration errors.</summary>
    public required ReliabilityCurves Reliability { get; init; }

    /// <summary>
    /// By the width of the window in cells: the Fractions Skill Score (Roberts and Lean, 2008) of risk against outcome,
    /// <c>1 - sum (R - O)^2 / (sum R^2 + sum O^2)</c> over cells and periods, where R is the mean risk and O the share of cells with an
    /// incident in the window around the cell; cells outside the grid have neither. 1 is best.
    /// </summary>
    public required IReadOnlyDictionary<int, Estimate?> Fss { get; init; }

    /// <summary>
    /// By the width of the window: the floor, <see cref="Fss"/> of a map with the base rate of the scored span everywhere.
    /// </summary>
    public required IReadOnlyDictionary<int, Estimate?> FssUniform { get; init; }

    /// <summary>By percentile: the six labels.</summary>
    public required IReadOnlyDictionary<double, LabelScore> Labels { get; init; }
}
