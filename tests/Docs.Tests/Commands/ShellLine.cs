using System.Text;

namespace HotspotInference.Docs.Tests.Commands;

/// <summary>One command of a shell block, as words.</summary>
/// <param name="Line">The number of its first line in the page, from 1.</param>
/// <param name="Words">Its words, without quotes and comments; variables that the block sets have their values.</param>
sealed record ShellLine(int Line, IReadOnlyList<string> Words)
{
    /// <summary>Cuts a block into commands: lines joined at backslashes, cut at <c>|</c>, <c>;</c> and <c>&amp;&amp;</c>.</summary>
    public static IReadOnlyList<ShellLine> Of(IReadOnlyList<string> lines, int firstLine)
    {
        var commands = new List<ShellLine>();
        var variables = new Dictionary<string, string>();
        for (int i = 0; i < lines.Count; i++)
        {
            int line = firstLine + i;
            string text = lines[i];
            for (; text.EndsWith('\\') && i + 1 < lines.Count; i++)
                text = text[..^1] + " " + lines[i + 1];
            foreach (List<string> words in Cut(text, variables))
            {
                if (words is [string single] && single.IndexOf('=', StringComparison.Ordinal) is var sign and > 0 && IsName(single[..sign]))
                    variables[single[..sign]] = single[(sign + 1)..];
                else
                    commands.Add(new ShellLine(line, words));
            }
        }
        return commands;
    }

    static IEnumerable<List<string>> Cut(string text, Dictionary<string, string> variables)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        bool isWord = false;
        char quote = '\0';
        for (int i = 0; i <= text.Length; i++)
        {
            char sign = i < text.Length ? text[i] : ' ';
            if (quote != '\0')
            {
                if (sign == quote)
                    quote = '\0';
                else
                    word.Append(sign);
                continue;
            }
            if (sign is '\'' or '"')
            {
                (quote, isWord) = (sign, true);
                continue;
            }
            bool isEnd = sign is '|' or ';' or '&', isComment = sign == '#' && !isWord;
            if (sign != ' ' && !isEnd && !isComment)
            {
                word.Append(sign);
                isWord = true;
                continue;
            }
            if (isWord)
                words.AddRange(Expand(word.ToString(), variables));
            word.Clear();
            isWord = false;
            if ((isEnd || isComment || i == text.Length) && words.Count > 0)
            {
                yield return words;
                words = [];
            }
            if (isComment)
                yield break;
        }
    }

    // A variable outside of quotes becomes several words, as in a shell.
    static string[] Expand(string word, Dictionary<string, string> variables) =>
        word.StartsWith('$') && variables.TryGetValue(word[1..], out string? value) ? value.Split(' ', StringSplitOptions.RemoveEmptyEntries) : [word];

    static bool IsName(string text) => text.All(sign => char.IsLetterOrDigit(sign) || sign == '_');
}
