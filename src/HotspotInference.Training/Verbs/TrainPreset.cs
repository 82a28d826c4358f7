using System.CommandLine;
using System.CommandLine.Parsing;
using HotspotInference.Cli;
using HotspotInference.Cli.Options;

namespace HotspotInference.Training.Verbs;

/// <summary>Settings of an article, as options of the command line. Options that are given win.</summary>
/// <param name="Name">What <c>--preset</c> calls it.</param>
/// <param name="Options">The options, each followed by its value.</param>
/// <param name="Caveat">What about it must not be taken for granted; null for nothing.</param>
sealed record TrainPreset(string Name, IReadOnlyList<(string Option, string Value)> Options, string? Caveat)
{
    public static IReadOnlyList<TrainPreset> All { get; } =
    [
        new("omdena",
            [
                ("--architecture", "convlstm"), ("--grid", "32x32"), ("--cadence", "day"), ("--missing", "empty-periods"),
                ("--fill", "linear"), ("--maps", "binary"), ("--window", "16"), ("--horizon", "1"), ("--validation-share", "0.2"),
                ("--class-weights", "base-rate"), ("--learning-rate", "1e-4"), ("--batch", "8"), ("--epochs", "100"), ("--patience", "0"),
                ("--plateau", "0"),
            ],
            "LEAKY: --fill linear interpolates towards the map of the next day with reports, often the very day that is forecast. "
            + "Losses in training and validation know of what they should not; thresholds and 'evaluate' do not use it."),
        new("shotspotter",
            [
                ("--architecture", "biconvlstm"), ("--grid", "36x36"), ("--cadence", "day"), ("--maps", "binary"),
                ("--peephole", "channel"), ("--class-weights", "100,1"), ("--batch", "20"), ("--epochs", "100"), ("--patience", "10"),
                ("--plateau", "5"),
            ], null),
    ];

    /// <summary>The option <c>--preset</c>.</summary>
    public static Option<TrainPreset?> Option() => new ParsedOption<TrainPreset?>("--preset",
        string.Join('|', All.Select(preset => preset.Name)),
        "An article's settings; options given beside it win. " + string.Join(" ", All.Select(preset => $"{preset.Name}: {preset.Text}.")),
        text => All.FirstOrDefault(preset => preset.Name == text) ?? throw new HotspotException("preset", $"'{text}'",
            $"one of {string.Join(", ", All.Select(preset => preset.Name))}", "Choose one of these."));

    public string Text => string.Join(' ', Options.Select(option => $"{option.Option} {option.Value}"));

    /// <summary>The command line with what a preset adds to it.</summary>
    /// <param name="arguments">A command line that names the preset.</param>
    /// <exception cref="BadUsageException">What was given contradicts the preset.</exception>
    public ParseResult AddTo(ParseResult arguments)
    {
        Command root = arguments.RootCommandResult.Command, verb = arguments.CommandResult.Command;
        IEnumerable<string> added = Options
            .Where(option => arguments.GetResult(verb.Options.Single(known => known.Name == option.Option)) is not { Implicit: false })
            .SelectMany(option => new[] { option.Option, option.Value });
        ParseResult all = root.Parse([.. arguments.Tokens.Select(token => token.Value), .. added], arguments.Configuration);
        return all.Errors is [ParseError first, ..] ? throw new BadUsageException($"with --preset {Name}: {first.Message}") : all;
    }
}
