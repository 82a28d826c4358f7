using System.CommandLine;
using System.Globalization;
using System.Numerics;

namespace HotspotInference.Cli.Options;

/// <summary>An option that takes several values joined by commas; null where it is left out.</summary>
static class ListOption
{
    public static Option<IReadOnlyList<T>?> Of<T>(string name, string helpName, string description, Func<string, T> parse) =>
        new ParsedOption<IReadOnlyList<T>?>(name, helpName, description,
            text => [.. text.Split(',', StringSplitOptions.TrimEntries).Select(parse).Distinct()]);

    /// <summary>Numbers of at least a minimum.</summary>
    public static Option<IReadOnlyList<T>?> OfNumbers<T>(string name, string helpName, string description, T above, string expected)
        where T : struct, INumber<T> =>
        Of(name, helpName, description, text =>
            T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out T value) && T.IsFinite(value) && value > above
            ? value
            : throw new HotspotException(name, $"'{text}'", expected, "Example: 1,2,4."));
}
