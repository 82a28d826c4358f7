using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using HotspotInference.Cli.Options;
using HotspotInference.Cli.Terminal;

namespace HotspotInference.Cli;

/// <summary>What all verbs of a program have in common: parsing, help, errors and exit codes.</summary>
static class VerbRunner
{
    /// <summary>Runs one command line and returns the exit code: 0 done, 1 failed, 2 bad usage.</summary>
    /// <param name="description">What the program does.</param>
    /// <param name="verbs">Its verbs, in the order of the help.</param>
    /// <param name="args">The arguments, the verb first.</param>
    /// <param name="stdout">Gets results.</param>
    /// <param name="stderr">Gets notes, progress and errors.</param>
    /// <param name="stdin">What <c>-</c> reads; null for the process's standard input.</param>
    /// <param name="cancellationToken">Stops the verb, which then fails.</param>
    public static int Run(string description, IEnumerable<Verb> verbs, IReadOnlyList<string> args, TextWriter stdout, TextWriter stderr,
        Stream? stdin, CancellationToken cancellationToken)
    {
        var verbose = new Option<bool>("--verbose") { Description = "Say more, and show the stack trace of an error.", Recursive = true };
        var quiet = new Option<bool>("--quiet") { Description = "Show results and errors only.", Recursive = true };
        var root = new RootCommand(description) { verbose, quiet };
        foreach (Verb verb in verbs)
        {
            verb.SetAction(arguments => Execute(verb, arguments, ConsoleOf(arguments), cancellationToken));
            root.Add(verb);
        }
        HelpOption help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!);

        // A file's name may begin with an @: no response files.
        ParseResult arguments = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (arguments.CommandResult.Command is Verb { ParsesItself: true } whole)
            return Execute(whole, arguments, ConsoleOf(arguments), cancellationToken);
        // Asking for help or the version clears the errors by taking the error action's place.
        if (arguments.Action is ParseErrorAction)
        {
            IReadOnlyList<string> errors = arguments.CommandResult.Command is Verb
                ? UsageErrors.Of(arguments)
                : [UsageErrors.NoVerb(args, root.Subcommands.Select(verb => verb.Name))];
            ConsoleOf(arguments).BadUsage(errors, arguments.CommandResult.Command);
            return ExitCode.BadUsage;
        }
        return arguments.Invoke(new InvocationConfiguration { Output = stdout, Error = stderr, EnableDefaultExceptionHandler = false });

        VerbConsole ConsoleOf(ParseResult arguments) => new(stdout, stderr, stdin,
            arguments.GetValue(quiet) ? Verbosity.Quiet : arguments.GetValue(verbose) ? Verbosity.Verbose : Verbosity.Normal);
    }

    static int Execute(Verb verb, ParseResult arguments, VerbConsole console, CancellationToken token)
    {
        try
        {
            foreach (JsonOption json in verb.Options.OfType<JsonOption>())
                json.CheckPlace(arguments);
            verb.Run(arguments, console, token);
            return ExitCode.Success;
        }
        catch (BadUsageException refusal)
        {
            console.BadUsage([refusal.Message], verb);
            return ExitCode.BadUsage;
        }
        catch (ProcessFailedException failure)
        {
            return failure.ExitCode;
        }
        // Whatever went wrong is shown as one line; nothing above could do more with it.
#pragma warning disable CA1031
        catch (Exception failure)
#pragma warning restore CA1031
        {
            console.Error(failure);
            return ExitCode.Failed;
        }
    }
}
