using System.CommandLine;
using System.Diagnostics;
using HotspotInference.Cli.Terminal;

namespace HotspotInference.Cli.Verbs;

/// <summary>A verb that hands everything to <c>hotspot-train</c>, so that who only predicts needs no libtorch.</summary>
abstract class TrainingToolVerb : Verb
{
    protected const string Tool = "hotspot-train";

    protected TrainingToolVerb(string name, string description)
        : base(name, description) => TreatUnmatchedTokensAsErrors = false;

    public override bool ParsesItself => true;

    public override void Run(ParseResult arguments, VerbConsole console, CancellationToken cancellationToken)
    {
        string program = Find() ?? throw new HotspotException(Tool, "not found beside this program or on the PATH", "the training tool",
            $"Install it with 'dotnet tool install --global HotspotInference.Training', or run './hotspot {Name}' in a clone of the "
            + "repository, which builds it.");
        using Process process = Process.Start(new ProcessStartInfo(program, arguments.Tokens.Select(token => token.Value)))!;
        // On Ctrl-C the terminal tells the tool too: it saves its state and ends.
        process.WaitForExit();
        if (process.ExitCode != ExitCode.Success)
            throw new ProcessFailedException(process.ExitCode);
    }

    static string? Find()
    {
        string file = OperatingSystem.IsWindows() ? Tool + ".exe" : Tool;
        string[] folders = Environment.GetEnvironmentVariable("PATH")
            ?.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries) ?? [];
        return folders.Prepend(AppContext.BaseDirectory).Select(folder => Path.Combine(folder, file)).FirstOrDefault(File.Exists);
    }
}
