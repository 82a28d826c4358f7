using System.Text.RegularExpressions;

namespace HotspotInference.Docs.Tests.Markdown;

/// <summary>A page of the repository, cut into what tests look at.</summary>
sealed partial class Page
{
    readonly List<string> _prose = [];
    readonly List<string> _headings = [];
    readonly List<CodeBlock> _blocks = [];

    public Page(string path)
    {
        Path = path;
        Name = System.IO.Path.GetRelativePath(Repository.Root, path).Replace('\\', '/');
        Cut(File.ReadAllLines(path));
    }

    /// <summary>Its full path.</summary>
    public string Path { get; }

    /// <summary>Its path from the repository's root.</summary>
    public string Name { get; }

    /// <summary>Its lines outside of code blocks.</summary>
    public IReadOnlyList<string> Prose => _prose;

    /// <summary>Its code blocks, fenced or indented.</summary>
    public IReadOnlyList<CodeBlock> Blocks => _blocks;

    /// <summary>The text of its headings, without their signs.</summary>
    public IReadOnlyList<string> Headings => _headings;

    /// <summary>The names that links to its headings use, as GitHub makes them.</summary>
    public IReadOnlySet<string> Anchors
    {
        get
        {
            var anchors = new HashSet<string>();
            foreach (string heading in _headings)
            {
                string text = LinkText().Replace(heading, "$1").ToLowerInvariant();
                string anchor = string.Concat(text.Where(sign => char.IsLetterOrDigit(sign) || sign is '-' or '_' or ' ')).Replace(' ', '-');
                string name = anchor;
                for (int copy = 1; !anchors.Add(name); copy++)
                    name = $"{anchor}-{copy}";
            }
            return anchors;
        }
    }

    /// <summary>Where its links and pictures lead, as they are written.</summary>
    public IEnumerable<string> Links => Link().Matches(CodeSpan().Replace(string.Join('\n', _prose), "")).Select(link => link.Groups["target"].Value);

    /// <summary>What stands between backticks.</summary>
    public IEnumerable<string> CodeSpans => _prose.SelectMany(line => CodeSpan().Matches(line)).Select(span => span.Groups[1].Value);

    void Cut(string[] lines)
    {
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i].TrimStart().StartsWith("```", StringComparison.Ordinal))
            {
                int first = i + 1;
                string language = lines[i].Trim()[3..];
                while (++i < lines.Length && !lines[i].TrimStart().StartsWith("```", StringComparison.Ordinal)) { }
                _blocks.Add(new CodeBlock(language, Note(lines, first - 1), first + 1, lines[first..i]));
            }
            else if (IsIndented(lines[i]) && (i == 0 || lines[i - 1].Length == 0 || IsNote(lines[i - 1])))
            {
                int first = i;
                while (i + 1 < lines.Length && (IsIndented(lines[i + 1])
                    || (lines[i + 1].Length == 0 && i + 2 < lines.Length && IsIndented(lines[i + 2]))))
                    i++;
                _blocks.Add(new CodeBlock("", Note(lines, first), first + 1, [.. lines[first..(i + 1)].Select(line => line.Length == 0 ? line : line[4..])]));
            }
            else
            {
                _prose.Add(lines[i]);
                if (HeadingLine().Match(lines[i]) is { Success: true } heading)
                    _headings.Add(heading.Groups[1].Value.Trim());
            }
        }
    }

    static bool IsIndented(string line) => line.StartsWith("    ", StringComparison.Ordinal);

    // The comment in the line above a block.
    static string Note(string[] lines, int first) => first > 0 && IsNote(lines[first - 1]) ? lines[first - 1] : "";

    static bool IsNote(string line) => line.StartsWith("<!--", StringComparison.Ordinal);

    [GeneratedRegex(@"\[(?:[^\[\]]|\[[^\]]*\])*\]\((?<target>[^()\s]+)\)|<img[^>]* src=""(?<target>[^""]+)""|<a[^>]* href=""(?<target>[^""]+)""")]
    private static partial Regex Link();

    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex CodeSpan();

    [GeneratedRegex(@"\[([^\]]*)\]\([^)]*\)")]
    private static partial Regex LinkText();

    [GeneratedRegex("^#{1,6} +(.*)$")]
    private static partial Regex HeadingLine();
}
