using System.Globalization;
using HotspotInference.Cli.Terminal;
using HotspotInference.Prediction;

namespace HotspotInference.Cli;

/// <summary>How a model's risk was fitted to its validation days, in a table of 80 columns.</summary>
static class CalibrationTable
{
    public static void Show(ModelCalibration calibration, VerbConsole console)
    {
        if (calibration.Method == CalibrationMethod.Temperature)
            console.Table("Calibrated on validation by temperature: slope x log intensity + shift",
            [
                ["class", "slope", "shift"],
                .. calibration.Classes.Select(one => new[] { one.Class, Number(one.Slope), Number(one.Shift) }),
            ], 1, 2);
        else
            console.Table("Calibrated on validation by an isotonic line: risk becomes",
            [
                ["class", "risk", "calibrated"],
                .. calibration.Classes.SelectMany(one =>
                    one.Risks!.Zip(one.Calibrated!, (risk, becomes) => new[] { one.Class, Number(risk), Number(becomes) })),
            ], 1, 2);
    }

    static string Number(double? value) => value!.Value.ToString("G4", CultureInfo.InvariantCulture);
}
