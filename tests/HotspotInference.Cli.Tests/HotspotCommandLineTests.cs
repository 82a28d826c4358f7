using System.CommandLine;

namespace HotspotInference.Cli.Tests;

public sealed class HotspotCommandLineTests
{
    public static TheoryData<string> Verbs => [.. HotspotCommandLine.AllVerbs().Select(verb => verb.Name)];

    // But for those that hand everything to another program, help included.
    public static TheoryData<string> OwnVerbs => [.. HotspotCommandLine.AllVerbs().Where(verb => !verb.ParsesItself).Select(verb => verb.Name)];

    [Fact]
    public void No_verb_is_bad_usage_that_names_the_verbs()
    {
        var run = CommandLineRun.Of();

        Assert.Equal(2, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.StartsWith("error: no verb; expected one of demo, simulate,", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_verb_is_bad_usage_that_names_it_and_what_was_meant()
    {
        Refusals.BadUsage(CommandLineRun.Of("forecats", "--incidents", "a.csv"), "'forecats' is no verb; did you mean 'forecast'? Expected one of demo, ");
        Refusals.BadUsage(CommandLineRun.Of("eval"), "'eval' is no verb; did you mean 'evaluate'?");
        Refusals.BadUsage(CommandLineRun.Of("bake", "bread"), "'bake' is no verb; expected one of demo, ");
    }

    [Fact]
    public void Unknown_option_is_bad_usage_that_names_what_was_meant_and_points_to_the_help_of_the_verb()
    {
        var run = CommandLineRun.Of("info", "--jsno");

        Assert.Equal(2, run.ExitCode);
        Assert.Equal(["error: '--jsno' is no option of info; did you mean '--json'?", "Try 'hotspot info --help'."], run.ErrorLines);
        Assert.Equal("error: '--colour' is no option of info.", CommandLineRun.Of("info", "--colour", "red").ErrorLines[0]);
    }

    // The option that was meant is not said to be missing too, and its value is no error of its own.
    [Fact]
    public void Misspelt_option_that_is_required_is_one_error() =>
        Refusals.BadUsage(CommandLineRun.Of("forecast", "--modle", "a.onnx", "--incidents", "a.csv"), "'--modle' is no option of forecast; did you mean '--model'?");

    [Theory]
    [InlineData("--model: not given; expected --model <file>. The .onnx file.", "forecast", "--incidents", "a.csv")]
    [InlineData("--horizon: without a value; expected --horizon <K>. How many periods", "forecast", "--model", "a.onnx", "--incidents", "a.csv", "--horizon")]
    [InlineData("--horizon: 'soon'; expected a whole number. How many periods", "forecast", "--model", "a.onnx", "--incidents", "a.csv", "--horizon", "soon")]
    [InlineData("--percentile: 'most'; expected a number. Cells above", "forecast", "--model", "a.onnx", "--incidents", "a.csv", "--percentile", "most")]
    [InlineData("--cell-meters: 'big'; expected a number. ", "prepare", "--incidents", "a.csv", "--out", "a.maps", "--cell-meters", "big")]
    [InlineData("--model: 2 values; expected one. Give it once.", "forecast", "--model", "a.onnx", "--incidents", "a.csv", "--model", "b.onnx")]
    [InlineData("--threads: 'all'; expected a whole number of at least 1. Leave it out", "forecast", "--model", "a.onnx", "--incidents", "a.csv", "--threads", "all")]
    [InlineData("'file.csv' belongs to no option; expected values behind their options. Put quotes around", "inspect", "--incidents", "my", "file.csv")]
    [InlineData("--device: 'gpu'; expected one of cpu, cuda.", "forecast", "--model", "a.onnx", "--incidents", "a.csv", "--device", "gpu")]
    public void Bad_usage_is_said_in_the_words_of_the_program(string expected, params string[] args) => Refusals.BadUsage(CommandLineRun.Of(args), expected);

    [Fact]
    public void Json_file_that_cannot_be_written_is_refused_before_the_work()
    {
        using var folder = new TemporaryFolder();

        Refusals.Failure(CommandLineRun.Of("simulate", "--out", folder["a.csv"], "--json", folder["none/a.json"]), "--json: ", "in a folder that is missing");

        Assert.False(File.Exists(folder["a.csv"]));
    }

    [Fact]
    public void Help_lists_every_verb()
    {
        var run = CommandLineRun.Of("--help");

        Assert.Equal(0, run.ExitCode);
        Assert.All(Verbs, verb => Assert.Contains($"\n  {verb.Data} ", run.Output, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(OwnVerbs))]
    public void Help_of_a_verb_ends_with_examples_that_can_be_parsed(string verb)
    {
        var run = CommandLineRun.Of(verb, "--help");

        Assert.Equal(0, run.ExitCode);
        string[] examples = [.. run.Output.ReplaceLineEndings("\n").Split("Examples:\n")[1].Split('\n', StringSplitOptions.RemoveEmptyEntries)];
        Assert.NotEmpty(examples);
        Assert.All(examples, example =>
        {
            Assert.StartsWith($"  hotspot {verb}", example, StringComparison.Ordinal);
            // Where its output goes is the shell's.
            string line = example.Split(" >")[0].Trim()["hotspot".Length..];
            Assert.Empty(HotspotCommandLine.AllVerbs().Single(one => one.Name == verb).Parse(line.Trim()[verb.Length..]).Errors);
        });
        // All have a report but for the one that prints a script.
        Assert.Equal(verb != "completion", run.Output.Contains("--json", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public void Examples_of_a_verb_can_be_parsed(string name)
    {
        Verb verb = HotspotCommandLine.AllVerbs().Single(verb => verb.Name == name);

        Assert.NotEmpty(verb.Examples);
        Assert.All(verb.Examples, example =>
        {
            Assert.StartsWith($"hotspot {name}", example, StringComparison.Ordinal);
            Assert.Empty(verb.Parse(example.Split(" >")[0][$"hotspot {name}".Length..]).Errors);
        });
    }

    [Fact]
    public void Failure_is_one_line_and_with_verbose_a_stack_trace()
    {
        string[] args = ["inspect", "--incidents", "no-such-file.csv"];

        var plain = CommandLineRun.Of(args);
        var verbose = CommandLineRun.Of([.. args, "--verbose"]);

        Assert.Equal((1, 1), (plain.ExitCode, verbose.ExitCode));
        Assert.Equal(["error: no-such-file.csv: no such file; expected a .csv or .csv.gz file. Check the path."], plain.ErrorLines);
        Assert.StartsWith(plain.Error, verbose.Error, StringComparison.Ordinal);
        Assert.Contains("   at HotspotInference.", verbose.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Cancelled_verb_fails_and_says_so()
    {
        using var folder = new TemporaryFolder();
        using var stderr = new StringWriter();

        int exitCode = HotspotCommandLine.Run(["simulate", "--out", folder["a.csv"]], TextWriter.Null, stderr, cancellationToken: new CancellationToken(canceled: true));

        Assert.Equal(1, exitCode);
        Assert.StartsWith("error: cancelled;", stderr.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Argument_that_begins_with_an_at_sign_is_a_name()
    {
        var run = CommandLineRun.Of("inspect", "--incidents", "@no-such-file.csv");

        Assert.StartsWith("error: @no-such-file.csv: no such file;", run.Error, StringComparison.Ordinal);
    }
}
