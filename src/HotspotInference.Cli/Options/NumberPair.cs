using System.Globalization;

namespace HotspotInference.Cli.Options;

/// <summary>Two numbers, the one of latitudes first.</summary>
readonly record struct NumberPair(double First, double Second)
{
    /// <summary>Reads <c>37,28</c>.</summary>
    /// <exception cref="HotspotException">The text is not two numbers.</exception>
    public static NumberPair Parse(string text)
    {
        string[] parts = text.Split(',');
        return parts.Length == 2 && TryParse(parts[0], out double first) && TryParse(parts[1], out double second)
            ? new NumberPair(first, second)
            : throw new HotspotException("pair", $"'{text}'", "two numbers with a comma between", "Example: 37,28.");
    }

    static bool TryParse(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
}
