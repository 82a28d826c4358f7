using HotspotInference.Forecasts;
using HotspotInference.Prediction;

namespace HotspotInference.Cli.Verbs;

/// <summary>What <c>info --model</c> and <c>fit</c> tell of a model file.</summary>
sealed record ModelFacts(string File, string Name, string Architecture, string Grid, string Cadence,
    IReadOnlyList<string> Classes, int Horizon,
    DaySpan? Training, DaySpan? Validation, string LibraryVersion, string? ThresholdRule,
    IReadOnlyList<ModelFacts.SelectedThreshold> Thresholds, ModelCalibration? Calibration, IReadOnlyList<string> External,
    int StateChannels, int? FixedBatch)
{
    /// <summary>One class's threshold, and what it does over the validation span.</summary>
    public sealed record SelectedThreshold(string Class, float Threshold, double Coverage, double? HitRate, double? FalseNegativeRate,
        double FalseAlarms);

    public static ModelFacts Of(string file, ModelMetadata metadata) => new(file, metadata.Name, metadata.Architecture,
        metadata.Heatmaps.Grid.ToString(), metadata.Heatmaps.Cadence.ToString(), metadata.Classes, metadata.Horizon, metadata.Training,
        metadata.Validation, metadata.LibraryVersion, metadata.Selection?.Rule.ToString(), Selected(metadata.Selection),
        metadata.Calibration, [.. metadata.External.Select(feature => feature.ToString())], metadata.StateChannels, metadata.FixedBatch);

    public static IReadOnlyList<SelectedThreshold> Selected(ThresholdSelection? selection) =>
        [.. selection?.Curves.Select(curve => (curve.Class, Point: curve.Selected)).Select(chosen => new SelectedThreshold(chosen.Class,
            chosen.Point.Threshold, chosen.Point.Coverage, chosen.Point.HitRate, chosen.Point.FalseNegativeRate, chosen.Point.FalseAlarms))
            ?? []];
}
