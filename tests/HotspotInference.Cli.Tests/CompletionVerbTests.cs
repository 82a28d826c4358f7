using System.Diagnostics;

namespace HotspotInference.Cli.Tests;

/// <summary>What the program offers where a command line stops, and what bash makes of it.</summary>
public sealed class CompletionVerbTests
{
    static string[] Offered(string line) =>
        CommandLineRun.Of($"[suggest:{line.Length}]", line).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    [Fact]
    public void Every_verb_is_offered() => Assert.Empty(HotspotCommandLine.AllVerbs().Select(verb => verb.Name).Except(Offered("")));

    [Theory]
    [MemberData(nameof(HotspotCommandLineTests.OwnVerbs), MemberType = typeof(HotspotCommandLineTests))]
    public void Every_option_of_a_verb_is_offered(string name)
    {
        Verb verb = HotspotCommandLine.AllVerbs().Single(verb => verb.Name == name);

        Assert.Empty(verb.Options.Select(option => option.Name).Concat(["--verbose", "--quiet"]).Except(Offered($"{name} ")));
    }

    [Theory]
    [InlineData("forecast --device ", "cpu", "cuda")]
    [InlineData("prepare --missing ", "declared-gaps", "empty-periods", "none")]
    [InlineData("evaluate --model a.onnx --baselines ", "all", "none", "quick")]
    [InlineData("fit --likelihood oc", "occurrence")]
    [InlineData("completion ", "bash")]
    public void Values_of_a_choice_are_offered_as_they_are_written(string line, params string[] expected) =>
        Assert.Equal(expected, Offered(line).Where(word => !word.StartsWith('-') && !word.StartsWith('/')));

    [Fact]
    public void Bash_is_the_shell_by_default() => Assert.Equal(CommandLineRun.Of("completion", "bash"), CommandLineRun.Of("completion"));

    [Fact]
    public void Shell_that_is_not_known_is_bad_usage() => Refusals.BadUsage(CommandLineRun.Of("completion", "tcsh"), "'tcsh'; expected bash.");

    // In bash itself, with this program behind the name.
    [Theory]
    [InlineData("hotspot fo", "forecast")]
    [InlineData("hotspot forecast --inc", "--incidents")]
    [InlineData("hotspot forecast --model a.onnx --device cu", "cuda")]
    public async Task Script_completes_in_bash(string line, string expected)
    {
        if (!OperatingSystem.IsLinux())
            Assert.Skip("Needs bash.");
        string script = CommandLineRun.Of("completion", "bash").Output;
        string program = Path.Combine(AppContext.BaseDirectory, "hotspot.dll");
        var start = new ProcessStartInfo("bash", ["--norc", "-s"]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        using Process bash = Process.Start(start)!;
        await bash.StandardInput.WriteAsync($$"""
            hotspot() { dotnet '{{program}}' "$@"; }
            {{script}}
            COMP_LINE='{{line}}' COMP_POINT={{line.Length}} COMP_WORDS=({{line}}) COMP_CWORD={{line.Split(' ').Length - 1}}
            _hotspot hotspot
            printf '%s\n' "${COMPREPLY[@]}"
            """);
        bash.StandardInput.Close();

        Assert.Equal(expected, (await bash.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).Trim());
    }
}
