using System.Globalization;
using HotspotInference.Cli.Terminal;

namespace HotspotInference.Training.Verbs;

/// <summary>What <c>hotspot train</c> did, as text.</summary>
static class TrainTables
{
    public static void Show(TrainReport report, IReadOnlyList<string> classes, VerbConsole console)
    {
        console.Facts(
            ("model", report.Model),
            ("network", string.Create(CultureInfo.InvariantCulture, $"{report.Architecture}, {report.Parameters:N0} parameters")),
            ("training", string.Create(CultureInfo.InvariantCulture, $"{report.Training} ({report.TrainingWindows} windows)")),
            ("validation", report.Validation is { } span
                ? string.Create(CultureInfo.InvariantCulture, $"{span} ({report.ValidationWindows} windows)") : "none"),
            ("best epoch", report.Best is { } best ? string.Create(CultureInfo.InvariantCulture,
                $"{best.Epoch} of {report.Epochs}, loss {best.DecidingLoss:F5}{(report.Leaky ? " (leaky)" : "")}") : "none"),
            ("stopped", report.Stopped.ToString()),
            ("parity", string.Create(CultureInfo.InvariantCulture, $"risk within {report.ParityDifference:G2} of libtorch's")));
        if (report.Update is { } update)
            console.Line($"{(update.Published ? "published" : "not published")}: {update.Reason}; "
                + $"compared {update.Compared} ({update.Periods} periods), "
                + $"learnt {update.NewWindows} new windows and {update.ReplayedWindows} known ones");
        if (report.Kinds is { } kinds)
            console.Line(string.Create(CultureInfo.InvariantCulture,
                $"kinds: cross-entropy {kinds.CrossEntropy:F4} an incident over {kinds.Incidents}; "
                + $"{kinds.SharesCrossEntropy:F4} by their shares alone"));
        for (int c = 0; c < classes.Count && report.Draws is not null; c++)
            console.Line($"class {classes[c]}: {report.Draws.Describe(c)}");
        for (int c = 0; c < classes.Count && report.Calibration is not null; c++)
            console.Line(string.Create(CultureInfo.InvariantCulture,
                $"class {classes[c]}: mean risk {report.Calibration[c]:F2} x the share of cell-periods with incidents in validation"));
    }
}
