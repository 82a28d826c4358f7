using System.Text.RegularExpressions;
using HotspotInference.Docs.Tests.Markdown;

namespace HotspotInference.Docs.Tests;

/// <summary>
/// Every block of C# in a page stands in a test that compiles and runs it, between two comments <c>// EXAMPLE</c>: in this project's
/// folder Examples, or where its subject is tested.
/// </summary>
public sealed partial class ExampleTests
{
    static readonly HashSet<string> s_examples = [.. Examples()];

    public static TheoryData<string> PagesWithExamples => [.. Pages.All.Where(page => Blocks(page.Value).Any()).Select(page => page.Key)];

    [Theory]
    [MemberData(nameof(PagesWithExamples))]
    public void Code_is_compiled_and_run_by_a_test(string name)
    {
        foreach (CodeBlock block in Blocks(Pages.All[name]))
            Assert.True(s_examples.Contains(block.Text.Trim()), $"{name}:{block.Line}: no test has this between two // EXAMPLE:\n{block.Text}");
    }

    [Fact]
    public void Code_is_marked_as_such()
    {
        // C# in a block without a language would slip through.
        string[] unmarked = [.. Pages.All.Values.SelectMany(page => page.Blocks
            .Where(block => block.Language.Length == 0 && block.Lines.Any(line => CSharp().IsMatch(line))).Select(block => $"{page.Name}:{block.Line}"))];

        Assert.Empty(unmarked);
    }

    static IEnumerable<CodeBlock> Blocks(Page page) => page.Blocks.Where(block => block.Language is "csharp" or "cs");

    static IEnumerable<string> Examples()
    {
        foreach (string file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*.cs", SearchOption.AllDirectories))
        {
            string code = File.ReadAllText(file);
            foreach (Match example in Example().Matches(code))
            {
                string text = example.Groups["code"].Value, indent = Regex.Match(text, "^ *").Value;
                yield return string.Join('\n', text.TrimEnd().Split('\n')
                    .Select(line => line.StartsWith(indent, StringComparison.Ordinal) ? line[indent.Length..] : line)).Trim();
            }
        }
    }

    [GeneratedRegex(@"^ *// EXAMPLE\n(?<code>.*?)\n *// EXAMPLE$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Example();

    [GeneratedRegex(@"^\s*(using var |var [a-z]\w* = |foreach \()")]
    private static partial Regex CSharp();
}
