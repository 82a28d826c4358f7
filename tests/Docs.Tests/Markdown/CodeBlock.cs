namespace HotspotInference.Docs.Tests.Markdown;

/// <summary>A block of code in a page.</summary>
/// <param name="Language">What stands behind the fence; empty for an indented block.</param>
/// <param name="Note">The HTML comment in front of it; empty for none.</param>
/// <param name="Line">The number of its first line in the page, from 1.</param>
/// <param name="Lines">Its lines, without their indentation.</param>
sealed record CodeBlock(string Language, string Note, int Line, IReadOnlyList<string> Lines)
{
    public string Text => string.Join('\n', Lines);
}
