using System.CommandLine;
using System.Text.RegularExpressions;
using HotspotInference.Docs.Tests.Commands;
using HotspotInference.Docs.Tests.Markdown;

namespace HotspotInference.Docs.Tests;

/// <summary>The commands in pages, parsed by the programs' own parsers.</summary>
public sealed partial class CommandTests
{
    // Options in running text that belong to other programs: the scripts, dotnet, the test runner and the benchmarks.
    static readonly string[] s_othersOptions =
    [
        "--refresh", "--all", "--filter-class", "--project", "--solution", "--add-source", "--tool-path", "--version", "--seconds", "--quick", "--source", "--ignore-scripts", "--global",
        "--concurrency", "--spin", "--training",
    ];

    static readonly Dictionary<string, Command> s_verbs = new(Programs.Verbs());

    static readonly HashSet<string> s_options = [.. s_verbs.Values.SelectMany(verb => verb.Options).SelectMany(Names), "--help", "--version", "--verbose", "--quiet"];

    public static TheoryData<string> PagesWithCommands =>
        [.. Pages.All.Where(page => DocumentedCommand.In(page.Value).Any()).Select(page => page.Key)];

    [Theory]
    [MemberData(nameof(PagesWithCommands))]
    public void Commands_can_be_parsed(string name)
    {
        string[] faults = [.. DocumentedCommand.In(Pages.All[name]).SelectMany(command => Faults(command.Arguments).Select(fault => $"{command}\n    {fault}"))];

        Assert.True(faults.Length == 0, string.Join('\n', faults));
    }

    [Fact]
    public void Commands_are_found() => Assert.True(PagesWithCommands.Count > 20 && Pages.All.Values.Sum(page => DocumentedCommand.In(page).Count()) > 100);

    [Theory]
    [MemberData(nameof(Pages.Names), MemberType = typeof(Pages))]
    public void Options_in_the_text_exist(string name)
    {
        IEnumerable<string> named = Pages.All[name].CodeSpans.SelectMany(span => OptionName().Matches(span)).Select(option => option.Value);

        Assert.Empty(named.Where(option => !s_options.Contains(option) && !s_othersOptions.Contains(option)).Distinct());
    }

    [Fact]
    public void Projects_and_scripts_in_commands_exist()
    {
        string[] missing = [.. from page in Pages.All.Values
                               from block in page.Blocks
                               from line in ShellLine.Of(block.Lines, block.Line)
                               where line.Words[0] is "dotnet" || line.Words[0].EndsWith(".sh", StringComparison.Ordinal)
                               from word in line.Words
                               where InClone().IsMatch(word) && !Path.Exists(Path.Combine(Repository.Root, word))
                               select $"{page.Name}:{line.Line}: {word}"];

        Assert.Empty(missing);
    }

    [Theory]
    [InlineData("fit --incidents a.csv --out a.onnx")]
    [InlineData("train --architecture A --incidents F ... --epochs 3")]
    [InlineData("evaluate ... --thresholds retrospective")]
    public void Right_commands_are_taken(string line) => Assert.Empty(Faults(line.Split(' ')));

    [Theory]
    [InlineData("fit --incidents a.csv --oot a.onnx")]
    [InlineData("fit --incidents a.csv")]
    [InlineData("train --architecture A --epochz 3 ...")]
    [InlineData("train --incidents a.csv --epochs many --out a.onnx")]
    [InlineData("forecats ...")]
    [InlineData("evaluate --model M --incidents a.csv --from 2016-13-01")]
    public void Wrong_commands_are_told(string line) => Assert.NotEmpty(Faults(line.Split(' ')));

    // What pages leave out is "..." or a word in capitals: a value N, F or NAME that the reader has, or OPTIONS.
    static IEnumerable<string> Faults(IReadOnlyList<string> arguments)
    {
        if (arguments.Count > 0 && arguments[0].StartsWith("--", StringComparison.Ordinal))
            return arguments[0] is "--refresh" or "--help" or "--version" ? [] : [$"no option of the program: {arguments[0]}"];
        if (arguments.Count == 0 || !s_verbs.TryGetValue(arguments[0], out Command? verb))
            return [$"no verb: {(arguments.Count > 0 ? arguments[0] : "none")}"];
        var words = new List<string>();
        var left = new List<string>();
        foreach (string word in arguments)
        {
            if (word is "..." or "OPTIONS" or "[options]")
                left.Add(word);
            else if (Placeholder().IsMatch(word) && words.Count > 0 && words[^1].StartsWith("--", StringComparison.Ordinal))
                (_, words) = (Leave(words[^1]), words[..^1]);
            else
                words.Add(word);
        }
        IEnumerable<string> unknown = left.Where(option => option.StartsWith("--", StringComparison.Ordinal) && !verb.Options.SelectMany(Names).Contains(option))
            .Select(option => $"no option of {verb.Name}: {option}");
        ParseResult parsed = Programs.Root(Programs.Verbs().Values).Parse(words, new ParserConfiguration { ResponseFileTokenReplacer = null });
        IEnumerable<string> faults = parsed.Errors.Select(error => error.Message);
        return [.. unknown, .. left.Count == 0 ? faults : faults.Where(fault => !Missing().IsMatch(fault))];

        bool Leave(string option)
        {
            left.Add(option);
            return true;
        }
    }

    static IEnumerable<string> Names(Option option) => option.Aliases.Append(option.Name);

    [GeneratedRegex(@"(?<![\w-])--[a-z][a-z0-9-]*")]
    private static partial Regex OptionName();

    [GeneratedRegex("is required\\.$|: not given;")]
    private static partial Regex Missing();

    [GeneratedRegex(@"^(src|tests|samples|benchmarks|docs)/|^\./\w+\.sh$")]
    private static partial Regex InClone();

    [GeneratedRegex("^[A-Z]+(-[A-Z]+)*$")]
    private static partial Regex Placeholder();
}
