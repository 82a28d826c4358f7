using HotspotInference.Features;
using HotspotInference.Heatmaps;
using HotspotInference.Prediction;

namespace HotspotInference.Cli.Verbs;

/// <summary>What <c>hotspot fit --json</c> reports.</summary>
sealed record FitReport(string File, string Name, GridSpec Grid, DateOnly HistoryFrom, DaySpan Training, DaySpan? Validation, int Periods,
    PlacementReport Incidents, string? ThresholdRule, IReadOnlyList<ModelFacts.SelectedThreshold> Thresholds,
    IReadOnlyList<FitReport.ClassFit> Classes)
{
    /// <summary>How one class was fitted; calibration is mean risk over the share of cell-periods with incidents in validation.</summary>
    public sealed record ClassFit(string Class, double Events, double LogLikelihood, double? Calibration, IReadOnlyList<Weight> Weights);

    /// <summary>The share of one history feature in the mixture.</summary>
    public sealed record Weight(string Channel, double HalfLifePeriods, double SmoothingCells, float? BinaryThreshold,
        HistoryPhase Phase, double Share);
}
