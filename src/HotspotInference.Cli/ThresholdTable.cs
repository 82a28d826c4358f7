using System.Globalization;
using HotspotInference.Cli.Terminal;
using HotspotInference.Cli.Verbs;

namespace HotspotInference.Cli;

/// <summary>The thresholds that a rule chose, in a table of 80 columns.</summary>
static class ThresholdTable
{
    public static void Show(string rule, IReadOnlyList<ModelFacts.SelectedThreshold> thresholds, VerbConsole console) =>
        console.Table($"Thresholds chosen on validation by {rule}",
        [
            ["class", "threshold", "coverage", "hit rate", "missed cells", "false alarms"],
            .. thresholds.Select(chosen => new[]
            {
                chosen.Class, chosen.Threshold.ToString("G4", CultureInfo.InvariantCulture), Share(chosen.Coverage), Share(chosen.HitRate),
                Share(chosen.FalseNegativeRate), chosen.FalseAlarms.ToString("0.0", CultureInfo.InvariantCulture) + " a period",
            }),
        ], 1, 2, 3, 4, 5);

    static string Share(double? share) => share is { } known ? (100 * known).ToString("0.0", CultureInfo.InvariantCulture) + "%" : "-";
}
