using System.CommandLine;
using HotspotInference.Cli.Terminal;

namespace HotspotInference.Cli.Options;

/// <summary><c>--json [file]</c>: the report as JSON, on stdout or in a file.</summary>
sealed class JsonOption : Option<JsonTarget>
{
    public JsonOption()
        : base("--json")
    {
        Description = "Report as JSON: on stdout instead of the tables, or in this file beside them.";
        HelpName = "file";
        Arity = ArgumentArity.ZeroOrOne;
        CustomParser = result => new JsonTarget(true, result.Tokens.Count == 0 ? null : result.Tokens[0].Value);
    }

    /// <summary>Refuses a file that cannot be written, before the work.</summary>
    public void CheckPlace(ParseResult arguments)
    {
        if (arguments.GetResult(this) is { Tokens: [{ Value: var file }] })
            OutputPlace.File(Name, file);
    }
}
