using System.Globalization;

namespace HotspotInference.Training.Tuning;

/// <summary>Reads hyper-parameters from text, as <see cref="HyperParameter.ToString"/> writes them.</summary>
static class HyperParameterText
{
    const string Expected = "NAME=log:LOW..HIGH, linear:LOW..HIGH, int:LOW..HIGH, log-int:LOW..HIGH, or values joined by |";
    const string Remedy = "Example: learning-rate=log:1e-4..1e-2.";

    /// <summary>Reads one.</summary>
    /// <exception cref="HotspotException">The text is none.</exception>
    public static HyperParameter Parse(string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals < 1)
            throw Bad(text);
        string name = text[..equals].Trim().TrimStart('-'), range = text[(equals + 1)..].Trim();
        int colon = range.IndexOf(':', StringComparison.Ordinal);
        string scale = colon < 0 ? "" : range[..colon];
        if (scale is not ("log" or "linear" or "int" or "log-int"))
            return Choice(text, name, range);
        return Number(text, name, range[(colon + 1)..], isLog: scale.StartsWith("log", StringComparison.Ordinal),
            isWhole: scale.EndsWith("int", StringComparison.Ordinal));
    }

    static ChoiceParameter Choice(string text, string name, string values)
    {
        string[] all = values.Split('|', StringSplitOptions.TrimEntries);
        return all.Length > 1 && all.All(value => value.Length > 0) && all.Distinct().Count() == all.Length ? new ChoiceParameter(name, all)
            : throw Bad(text);
    }

    static NumberParameter Number(string text, string name, string range, bool isLog, bool isWhole)
    {
        string[] ends = range.Split("..");
        if (ends.Length != 2 || !TryParse(ends[0], out double low) || !TryParse(ends[1], out double high) || !(low < high))
            throw Bad(text);
        if (isLog && low <= 0)
            throw new HotspotException("hyper-parameter", $"'{text}'", "a range above 0 for a logarithm",
                "Begin it above 0, or take linear or int.");
        if (isWhole && (low != Math.Round(low) || high != Math.Round(high)))
            throw new HotspotException("hyper-parameter", $"'{text}'", "a range between whole numbers",
                "Take linear or log for other numbers.");
        return new NumberParameter(name, low, high, isLog, isWhole);
    }

    static bool TryParse(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    static HotspotException Bad(string text) => new("hyper-parameter", $"'{text}'", Expected, Remedy);
}
