using System.CommandLine;
using System.Globalization;
using HotspotInference.Cli.Options;

namespace HotspotInference.Training.Verbs;

/// <summary>Options that are numbers within limits.</summary>
static class NumberOption
{
    /// <summary>A whole number of at least a minimum.</summary>
    public static Option<int> Whole(string name, string description, int byDefault, int minimum) =>
        new ParsedOption<int>(name, "N", description, text =>
            int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value >= minimum ? value
                : throw new HotspotException("number", $"'{text}'", $"a whole number of at least {minimum}", "Change it."), byDefault);

    /// <summary>A number that passes a test.</summary>
    public static Option<double> Real(string name, string description, double byDefault, Func<double, bool> isGood, string expected) =>
        new ParsedOption<double>(name, "X", description, text => Parse(text, isGood, expected), byDefault);

    /// <summary>A number that passes a test, or null where it is left out.</summary>
    public static Option<double?> Optional(string name, string description, Func<double, bool> isGood, string expected) =>
        new ParsedOption<double?>(name, "X", description, text => Parse(text, isGood, expected));

    static double Parse(string text, Func<double, bool> isGood, string expected) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) && isGood(value)
            ? value
            : throw new HotspotException("number", $"'{text}'", expected, "Change it.");
}
