using System.CommandLine;
using System.Globalization;

namespace HotspotInference.Cli.Options;

/// <summary>An option whose value is a day; null where it is left out.</summary>
static class DayOption
{
    public static Option<DateOnly?> Of(string name, string description) =>
        new ParsedOption<DateOnly?>(name, "yyyy-MM-dd", description, text => Parse(text));

    /// <summary>Reads <c>2016-12-28</c>.</summary>
    /// <exception cref="HotspotException">The text is no day.</exception>
    public static DateOnly Parse(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture,
        DateTimeStyles.None, out DateOnly day)
        ? day
        : throw new HotspotException("day", $"'{text}'", "a day of the calendar as yyyy-MM-dd", "Example: 2016-12-28.");
}
