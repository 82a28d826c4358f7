using System.Globalization;
using HotspotInference.Evaluation;
using HotspotInference.Forecasts;

namespace HotspotInference.Cli;

/// <summary>Scores as text, the same in all tables.</summary>
static class ScoreText
{
    public static string Verdict(ComparisonVerdict? verdict) => verdict switch
    {
        ComparisonVerdict.Better => "better",
        ComparisonVerdict.Worse => "worse",
        ComparisonVerdict.NoDifference => "no difference",
        _ => "not judged",
    };

    /// <summary>Where a threshold comes from.</summary>
    public static string Source(ThresholdSource source) => source switch
    {
        ThresholdSource.Validation => "threshold from validation",
        ThresholdSource.Period => "threshold from this map",
        ThresholdSource.Batch => "threshold from all maps scored",
        _ => "threshold as given",
    };

    /// <summary>A difference with its sign, and its interval where there is one.</summary>
    public static string Signed(Estimate difference, string format = "0.00000")
    {
        string Text(double value) => value.ToString($"+{format};-{format};{format}", CultureInfo.InvariantCulture);
        return difference.Low == difference.High ? Text(difference.Value)
            : $"{Text(difference.Value)} ({Text(difference.Low)}..{Text(difference.High)})";
    }

    /// <summary>The name of a score at a coverage, as in JSON.</summary>
    public static string Path(string name, double coverage) => string.Create(CultureInfo.InvariantCulture, $"{name}/{coverage}");

    public static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.##}%");

    public static string Number(Estimate? estimate, string format) => estimate?.Value.ToString(format, CultureInfo.InvariantCulture) ?? "-";

    public static string WithInterval(Estimate? estimate, string format)
    {
        string value = Number(estimate, format);
        if (estimate is not { } known || known.Low == known.High)
            return value;
        string low = known.Low.ToString(format, CultureInfo.InvariantCulture),
            high = known.High.ToString(format, CultureInfo.InvariantCulture);
        // A dash before a minus sign would be read as one.
        return known.Low < 0 ? $"{value} ({low}..{high})" : $"{value} ({low}-{high})";
    }
}
