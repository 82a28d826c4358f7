using System.Text.Json.Serialization;

namespace HotspotInference.Prediction;

/// <summary>A calibration, as the metadata's JSON holds it: for each class the numbers of its method and no others.</summary>
sealed record CalibrationDocument(CalibrationMethod Method, CalibrationDocument.ClassDocument[] Classes)
{
    public static CalibrationDocument From(ModelCalibration calibration) => new(calibration.Method, [.. calibration.Classes.Select(one =>
        new ClassDocument(one.Class, one.Slope, one.Shift,
            one.Risks is null ? null : [.. one.Risks], one.Calibrated is null ? null : [.. one.Calibrated]))]);

    public ModelCalibration ToCalibration() => new(Method, [.. Classes.Select(one => new ClassCalibration
    {
        Class = one.Class,
        Slope = one.Slope,
        Shift = one.Shift,
        Risks = one.Risks,
        Calibrated = one.Calibrated,
    })]);

    public sealed record ClassDocument(
        string Class,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] double? Slope = null,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] double? Shift = null,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] double[]? Risks = null,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] double[]? Calibrated = null);
}
