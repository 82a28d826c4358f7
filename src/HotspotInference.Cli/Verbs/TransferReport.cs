using HotspotInference.Heatmaps;
using HotspotInference.Prediction;

namespace HotspotInference.Cli.Verbs;

/// <summary>What <c>hotspot transfer --json</c> reports.</summary>
sealed record TransferReport(string File, string Name, string Architecture, ModelOrigin Origin, GridSpec Grid, DateOnly HistoryFrom,
    DaySpan Validation, PlacementReport Incidents, string? ThresholdRule, IReadOnlyList<ModelFacts.SelectedThreshold> Thresholds,
    IReadOnlyList<TransferReport.ClassLevel> Classes)
{
    /// <summary>
    /// Mean risk over the share of cell-periods with incidents in validation, as the network has it and as the model that was written does;
    /// and what lies between them, null where the level was left alone.
    /// </summary>
    public sealed record ClassLevel(string Class, double? CalibrationBefore, double? Level, double? Calibration);
}
