using System.CommandLine;
using System.CommandLine.Parsing;

namespace HotspotInference.Cli.Options;

/// <summary>An option whose one value the library parses; a value that it refuses is bad usage, in the library's words.</summary>
class ParsedOption<T> : Option<T>
{
    public ParsedOption(string name, string helpName, string description, Func<string, T> parse)
        : base(name)
    {
        Description = description;
        HelpName = helpName;
        Arity = ArgumentArity.ExactlyOne;
        CompletionSources.Clear();
        // One of several words, as the help shows them.
        if (helpName.Contains('|', StringComparison.Ordinal) && !helpName.Contains('=', StringComparison.Ordinal))
            CompletionSources.Add(helpName.Split('|'));
        CustomParser = result => Parse(result, parse);
    }

    public ParsedOption(string name, string helpName, string description, Func<string, T> parse, T byDefault)
        : this(name, helpName, description, parse) => DefaultValueFactory = _ => byDefault;

    T? Parse(ArgumentResult result, Func<string, T> parse)
    {
        try
        {
            return parse(result.Tokens[0].Value);
        }
        catch (HotspotException refusal)
        {
            result.AddError($"{Name}: {refusal.Found}; expected {refusal.Expected}. {refusal.Remedy}");
            return default;
        }
    }
}
