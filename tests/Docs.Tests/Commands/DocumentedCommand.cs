using HotspotInference.Docs.Tests.Markdown;

namespace HotspotInference.Docs.Tests.Commands;

/// <summary>A command line of the program in a page.</summary>
/// <param name="Page">The page.</param>
/// <param name="Line">The number of its line.</param>
/// <param name="Arguments">What stands behind the program's name, the verb first.</param>
sealed record DocumentedCommand(Page Page, int Line, IReadOnlyList<string> Arguments)
{
    /// <summary>The program's names.</summary>
    static readonly string[] s_programs = ["./hotspot", "hotspot", "tools/hotspot", "hotspot-train"];

    /// <summary>Those of a page, in their order.</summary>
    public static IEnumerable<DocumentedCommand> In(Page page) => page.Blocks.SelectMany(block => In(page, block));

    /// <summary>Those of a block.</summary>
    public static IEnumerable<DocumentedCommand> In(Page page, CodeBlock block) =>
        block.Language is "" or "sh" or "bash"
            ? ShellLine.Of(block.Lines, block.Line).Where(line => s_programs.Contains(line.Words[0]))
                .Select(line => new DocumentedCommand(page, line.Line, [.. line.Words.Skip(1)]))
            : [];

    public override string ToString() => $"{Page.Name}:{Line}: hotspot {string.Join(' ', Arguments)}";
}
