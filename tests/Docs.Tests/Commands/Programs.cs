extern alias training;
using System.CommandLine;
using HotspotInference.Cli;
using TrainingCommandLine = training::HotspotInference.Training.TrainingCommandLine;
using TrainVerb = training::HotspotInference.Training.Verbs.TrainVerb;
using TuneVerb = training::HotspotInference.Training.Verbs.TuneVerb;

namespace HotspotInference.Docs.Tests.Commands;

/// <summary>The two programs, run in this process: <c>hotspot</c> and, for what it hands on, <c>hotspot-train</c>.</summary>
static class Programs
{
    /// <summary>The verbs, those that learn with the options of <c>hotspot-train</c>.</summary>
    public static IReadOnlyDictionary<string, Command> Verbs() => HotspotCommandLine.AllVerbs()
        .Select(verb => verb.Name switch { "train" => new TrainVerb(), "tune" => new TuneVerb(), _ => (Command)verb })
        .ToDictionary(verb => verb.Name);

    /// <summary>The same, under a root that knows the options of all.</summary>
    public static RootCommand Root(IEnumerable<Command> verbs)
    {
        var root = new RootCommand { new Option<bool>("--verbose") { Recursive = true }, new Option<bool>("--quiet") { Recursive = true } };
        foreach (Command verb in verbs)
            root.Add(verb);
        return root;
    }

    /// <summary>Runs a command line as <c>./hotspot</c> does.</summary>
    public static (int ExitCode, string Output, string Error) Run(IReadOnlyList<string> arguments)
    {
        using StringWriter stdout = new(), stderr = new();
        int exitCode = arguments[0] is "train" or "tune"
            ? TrainingCommandLine.Run(arguments, stdout, stderr, cancellationToken: TestContext.Current.CancellationToken)
            : HotspotCommandLine.Run(arguments, stdout, stderr, cancellationToken: TestContext.Current.CancellationToken);
        return (exitCode, stdout.ToString(), stderr.ToString());
    }

    /// <summary>Runs a command line, cut at spaces, that has to do its work.</summary>
    public static void Expect(string commandLine)
    {
        (int exitCode, _, string error) = Run(commandLine.Split(' '));
        Assert.True(exitCode == 0, $"hotspot {commandLine}\n{error}");
    }
}
