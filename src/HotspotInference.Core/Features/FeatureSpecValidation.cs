using System.Globalization;

namespace HotspotInference.Features;

static class FeatureSpecValidation
{
    /// <summary>Refuses specifications that no state can hold.</summary>
    /// <exception cref="HotspotException">A lag, half-life or width is out of range.</exception>
    public static void Validate(FeatureSpec features)
    {
        if (features.Maps is { } maps && (maps.Lags.Count == 0 || maps.Lags.Min() < 1))
            throw Invalid("window", maps.Lags.Count == 0 ? "no lags" : $"a lag of {maps.Lags.Min()}",
                "one or more lags, each at least 1 period");
        foreach (HistorySpec block in features.History?.Blocks ?? [])
            Validate(block, ReferenceEquals(block, features.History));
    }

    static void Validate(HistorySpec history, bool isFirst)
    {
        if (!isFirst && history.More.Count > 0)
            throw Invalid("history", "more rates within those of More", "one list of more rates");
        if (history.HalfLives.Count == 0 || history.HalfLives.Any(halfLife => !(halfLife >= 0)))
            throw Invalid("history", $"the half-lives {Join(history.HalfLives)}", "one or more half-lives in periods, each at least 0");
        if (history.Smoothings.Count == 0 || history.Smoothings.Any(width => !(width is >= 0 and <= 100)))
            throw Invalid("history", $"the smoothing widths {Join(history.Smoothings)}", "one or more widths of 0 to 100 cells");
    }

    static string Join(IReadOnlyList<double> values) =>
        values.Count == 0 ? "(none)" : string.Join(", ", values.Select(value => value.ToString(CultureInfo.InvariantCulture)));

    static HotspotException Invalid(string subject, string found, string expected) =>
        new(subject, found, expected, "Correct the feature specification.");
}
