namespace HotspotInference.Evaluation;

/// <summary>Reliability curves, from low risk to high: bins without cell-periods are left out. Immutable.</summary>
/// <param name="EqualWidth">Bins of equal width over 0..1, as for <see cref="ClassScore.Ece"/>.</param>
/// <param name="EqualMass">Bins of about as many cell-periods each, as for <see cref="ClassScore.EceEqualMass"/>.</param>
/// <param name="ActiveCells">
/// As <paramref name="EqualWidth"/>, over active cells alone, as for <see cref="ClassScore.EceActiveCells"/>.
/// </param>
public sealed record ReliabilityCurves(
    IReadOnlyList<ReliabilityBin> EqualWidth, IReadOnlyList<ReliabilityBin> EqualMass, IReadOnlyList<ReliabilityBin> ActiveCells);
