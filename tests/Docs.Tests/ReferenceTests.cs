using System.Text.RegularExpressions;
using HotspotInference.Docs.Tests.Commands;

namespace HotspotInference.Docs.Tests;

/// <summary>docs/reference has a page for each verb, and it is what <c>--help</c> says, in lines of a page's width.</summary>
public sealed partial class ReferenceTests
{
    /// <summary>Set to 1, the tests write the pages instead of comparing them.</summary>
    public const string Update = "HOTSPOT_UPDATE_REFERENCE";

    const int Width = 120;

    static readonly string s_folder = Path.Combine(Repository.Root, "docs", "reference");

    public static TheoryData<string> Verbs => [.. Programs.Verbs().Keys];

    [Theory]
    [MemberData(nameof(Verbs))]
    public void Page_of_a_verb_is_its_help(string name)
    {
        string file = Path.Combine(s_folder, name + ".md"), expected = PageOf(name);
        if (Environment.GetEnvironmentVariable(Update) == "1")
            File.WriteAllText(file, expected);

        Assert.True(File.Exists(file) && File.ReadAllText(file) == expected, $"docs/reference/{name}.md is not what 'hotspot {name} --help' says. Write the pages anew and commit them:\n"
            + $"    {Update}=1 dotnet test --project tests/Docs.Tests -c Release");
    }

    [Fact]
    public void Every_page_is_of_a_verb() =>
        Assert.Equal(Programs.Verbs().Keys.Order(), Directory.EnumerateFiles(s_folder, "*.md").Select(file => Path.GetFileNameWithoutExtension(file)).Order());

    static string PageOf(string name)
    {
        (int exitCode, string help, _) = Programs.Run([name, "--help"]);
        Assert.Equal(0, exitCode);
        IEnumerable<string> lines = help.ReplaceLineEndings("\n").TrimEnd().Split('\n').SelectMany(Wrap);
        return $"# hotspot {name}\n\n<!-- Written by tests/Docs.Tests. -->\nWhat `hotspot {name} --help` says; [all verbs](../command-line.md).\n\n"
            // The program that runs has the tests' name here.
            + Regex.Replace(string.Concat(lines.Select(line => line.Length == 0 ? "\n" : $"    {line}\n")), $@"(?m)^(    +)\S+ {name} \[", $"$1hotspot {name} [");
    }

    // The second column goes on below itself; commands are left whole.
    static IEnumerable<string> Wrap(string line)
    {
        if (line.TrimEnd().Length <= Width || line.StartsWith("  hotspot ", StringComparison.Ordinal))
            return [line.TrimEnd()];
        int indent = Option().Match(line) is { Success: true } option ? option.Length : line.Length - line.TrimStart().Length;
        List<string> lines = [line[..indent]];
        foreach (string word in line[indent..].Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (lines[^1].Length + word.Length > Width)
                lines.Add(new string(' ', indent));
            lines[^1] += word + " ";
        }
        return lines.Select(part => part.TrimEnd());
    }

    [GeneratedRegex(@"^  -\S.*?  +")]
    private static partial Regex Option();
}
