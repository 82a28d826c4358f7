using System.Globalization;
using System.Text.Json;

namespace HotspotInference.Training.Architectures;

/// <summary>Something that can be chosen about an architecture. Its values are text on the command line and in checkpoints.</summary>
/// <param name="name">The option's name, without dashes.</param>
/// <param name="helpName">What a value looks like.</param>
/// <param name="description">What it does.</param>
/// <param name="byDefault">The value where none is given.</param>
abstract class Setting(string name, string helpName, string description, string byDefault)
{
    public string Name => name;

    public string HelpName => helpName;

    public string Description => description;

    public string Default => byDefault;

    /// <exception cref="HotspotException">The text is no value of this setting.</exception>
    public abstract void Check(string text);

    /// <summary>Whole numbers of at least <paramref name="minimum"/>, joined by commas.</summary>
    public static Setting<int[]> Integers(string name, string description, string byDefault, int minimum) =>
        new(name, "N[,N...]", description, byDefault, text =>
        {
            int[] values = [.. text.Split(',').Select(part =>
                int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : -1)];
            return values.All(value => value >= minimum) ? values
                : throw new HotspotException(name, $"'{text}'", $"whole numbers of at least {minimum}, joined by commas",
                    "Example: 16,16.");
        });

    /// <summary>A number in 0 up to but not 1.</summary>
    public static Setting<double> Share(string name, string description, string byDefault) =>
        new(name, "share", description, byDefault, text =>
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value is >= 0 and < 1 ? value
                : throw new HotspotException(name, $"'{text}'", "a number in 0 up to but not 1", "Example: 0.2."));

    /// <summary>One of an enumeration's names, written <c>like-this</c>.</summary>
    public static Setting<T> Choice<T>(string name, string description, T byDefault)
        where T : struct, Enum
    {
        string[] names = [.. Enum.GetNames<T>().Select(JsonNamingPolicy.KebabCaseLower.ConvertName)];
        return new(name, string.Join('|', names), description, names[Array.IndexOf(Enum.GetValues<T>(), byDefault)],
            text => Array.IndexOf(names, text) is var i and >= 0 ? Enum.GetValues<T>()[i]
                : throw new HotspotException(name, $"'{text}'", $"one of {string.Join(", ", names)}", "Choose one of these."));
    }
}
