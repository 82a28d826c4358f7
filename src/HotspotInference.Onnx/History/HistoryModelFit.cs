namespace HotspotInference.Onnx.History;

/// <summary>A fitted history model and how the fit went.</summary>
/// <param name="Parameters">The model, ready to be written as ONNX.</param>
/// <param name="Periods">Target periods learnt from.</param>
/// <param name="Events">Incidents in them, for each class.</param>
/// <param name="LogLikelihoods">
/// Penalised Poisson log likelihood at the maximum for each class, without the term that no parameter enters.
/// </param>
/// <param name="Residuals">
/// For each class the largest violation of the optimality conditions, relative to a feature's own expected count (0: exact).
/// </param>
/// <param name="LevelShifts">
/// For each class what <see cref="HistoryModelParameters.Bias"/> has beyond the maximum of the likelihood: less than 0 where the city grew
/// while it was learnt, so that the model does not take it that it goes on. 0 for models of counts.
/// </param>
public sealed record HistoryModelFit(
    HistoryModelParameters Parameters,
    int Periods,
    IReadOnlyList<double> Events,
    IReadOnlyList<double> LogLikelihoods,
    IReadOnlyList<double> Residuals,
    IReadOnlyList<double> LevelShifts);
