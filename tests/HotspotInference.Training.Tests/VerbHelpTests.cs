using HotspotInference.Cli;
using HotspotInference.Training.Architectures;
using HotspotInference.Training.Verbs;

namespace HotspotInference.Training.Tests;

/// <summary>What <c>hotspot-train</c> says of its verbs, and how it refuses what it does not understand.</summary>
public sealed class VerbHelpTests
{
    public static TheoryData<string> Verbs => ["train", "tune"];

    static Verb VerbOf(string name) => name == "train" ? new TrainVerb() : new TuneVerb();

    [Theory]
    [MemberData(nameof(Verbs))]
    public void Examples_of_the_help_can_be_parsed(string name)
    {
        (int exitCode, string output, _) = Run(name, "--help");

        string[] examples = output.ReplaceLineEndings("\n").Split("Examples:\n")[1].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(0, exitCode);
        Assert.NotEmpty(examples);
        Assert.All(examples, example =>
        {
            Assert.StartsWith($"  hotspot {name} ", example, StringComparison.Ordinal);
            Assert.Empty(VerbOf(name).Parse(example[$"  hotspot {name}".Length..]).Errors);
        });
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public void Options_and_architectures_are_offered_for_completion(string name)
    {
        string options = $"{name} ", architectures = $"{name} --architecture ";

        Assert.Empty(VerbOf(name).Options.Select(option => option.Name).Except(Offered(options)));
        Assert.Empty(ArchitectureRegistry.All.Select(known => known.Name).Except(Offered(architectures)));

        static string[] Offered(string line) =>
            Run($"[suggest:{line.Length}]", line).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    [Theory]
    [InlineData(2, "'--epoch' is no option of train; did you mean '--epochs'?", "train", "--out", "a.onnx", "--incidents", "a.csv", "--epoch", "3")]
    [InlineData(2, "'trian' is no verb; did you mean 'train'?", "trian")]
    [InlineData(2, "--study: not given; expected --study <file.jsonl>.", "tune", "--incidents", "a.csv")]
    [InlineData(1, "--out: 'none/a.onnx', in a folder that is missing;", "train", "--out", "none/a.onnx", "--incidents", "a.csv")]
    public void Mistake_is_one_line_that_says_what_to_do(int exitCode, string expected, params string[] args)
    {
        (int found, string output, string error) = Run(args);

        Assert.Equal((exitCode, ""), (found, output));
        Assert.StartsWith("error: " + expected, Assert.Single(error.Split('\n'), line => line.StartsWith("error: ", StringComparison.Ordinal)),
            StringComparison.Ordinal);
    }

    static (int ExitCode, string Output, string Error) Run(params string[] args)
    {
        using StringWriter stdout = new(), stderr = new();
        int exitCode = TrainingCommandLine.Run(args, stdout, stderr, null, TestContext.Current.CancellationToken);
        return (exitCode, stdout.ToString(), stderr.ToString());
    }
}
