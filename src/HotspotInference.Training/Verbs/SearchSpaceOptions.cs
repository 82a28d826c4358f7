using System.CommandLine;
using System.CommandLine.Parsing;
using HotspotInference.Cli;
using HotspotInference.Training.Architectures;
using HotspotInference.Training.Tuning;

namespace HotspotInference.Training.Verbs;

/// <summary>What <c>tune</c> searches: as given, else what suits the architecture.</summary>
sealed class SearchSpaceOptions
{
    readonly Option<string[]> _tune = new("--tune")
    {
        Description = "An option of train and the values to search, such as learning-rate=log:1e-4..1e-2, dropout=linear:0..0.5, "
            + "hidden=log-int:4..32, members=int:1..3 or peephole=channel|none; may be repeated. [default: "
            + string.Join("; ", ArchitectureRegistry.All.Select(known => $"{known.Name}: {string.Join(' ', known.SearchSpace)}")) + "]",
        HelpName = "NAME=RANGE",
    };
    readonly Option<string?> _file = new("--space")
    {
        Description = "A file with one of these a line; # begins a comment.",
        HelpName = "file",
    };

    public void AddTo(Command command)
    {
        command.Add(_tune);
        command.Add(_file);
    }

    /// <summary>The space, each of whose parameters is an option of train that takes its values.</summary>
    /// <param name="arguments">The command line as it was given.</param>
    /// <param name="architecture">The kind of network.</param>
    /// <param name="train">The options of train.</param>
    /// <param name="hasComparableLosses">Whether the loss decides, and has to be the same for all.</param>
    /// <param name="hasRungs">Whether trainings are stopped early, and have to have the same epochs.</param>
    /// <exception cref="BadUsageException">A parameter cannot be searched.</exception>
    /// <exception cref="HotspotException">The file cannot be read.</exception>
    public SearchSpace Space(ParseResult arguments, Architecture architecture, TrainOptions train, bool hasComparableLosses, bool hasRungs)
    {
        string[] given = [.. arguments.GetValue(_file) is { } file ? Lines(file) : [], .. arguments.GetValue(_tune) ?? []];
        SearchSpace space = BadUsageException.Check(() =>
            new SearchSpace([.. (given.Length > 0 ? given : Default(arguments, architecture)).Select(HyperParameterText.Parse)]));
        foreach (HyperParameter parameter in space.Parameters)
        {
            string option = $"--{parameter.Name}";
            Option searched = train.Searchable.FirstOrDefault(known => known.Name == option) ?? throw new BadUsageException(
                $"--tune: '{parameter.Name}'; expected one of {string.Join(", ", train.Searchable.Select(known => known.Name[2..]))}.");
            if (hasComparableLosses && train.OfLoss.Contains(searched))
                throw new BadUsageException($"--tune: '{parameter.Name}' with --objective loss, whose losses cannot be compared. "
                    + "Take --objective log-loss or average-precision.");
            if (hasRungs && option == "--epochs")
                throw new BadUsageException("--tune: 'epochs' with --halving, which scores trainings after the same epochs. "
                    + "Leave one of them out.");
            if (arguments.GetResult(searched) is { Implicit: false })
                throw new BadUsageException($"--tune: '{parameter.Name}' beside {option}. Give one of them.");
            foreach (string value in parameter.Probes)
            {
                ParseResult probe = arguments.RootCommandResult.Command.Parse(
                    [.. arguments.Tokens.Select(token => token.Value), option, value], arguments.Configuration);
                if (probe.Errors is [ParseError first, ..])
                    throw new BadUsageException($"--tune: {parameter}: {first.Message}");
                BadUsageException.Check(() => train.Settings(probe));
            }
        }
        return space;
    }

    // An option that was given is not searched by default.
    static IEnumerable<string> Default(ParseResult arguments, Architecture architecture)
    {
        HashSet<string> given = [.. arguments.CommandResult.Command.Options
            .Where(option => arguments.GetResult(option) is { Implicit: false }).Select(option => option.Name)];
        return architecture.SearchSpace.Where(text => !given.Contains($"--{HyperParameterText.Parse(text).Name}"));
    }

    static IEnumerable<string> Lines(string file)
    {
        try
        {
            return File.ReadAllLines(file).Select(line => line.Split('#')[0].Trim()).Where(line => line.Length > 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HotspotException($"search space '{file}'", $"it cannot be read ({e.Message})", "a file with a NAME=RANGE a line",
                "Name another.", e);
        }
    }
}
