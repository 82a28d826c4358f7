using System.CommandLine;
using System.Text.RegularExpressions;

namespace HotspotInference.Cli;

/// <summary>What is wrong with a command line, each in one sentence that names what was given, what was expected and what to do.</summary>
static partial class UsageErrors
{
    /// <summary>Why the first word is no verb.</summary>
    public static string NoVerb(IReadOnlyList<string> args, IEnumerable<string> verbs)
    {
        string expected = $"xpected one of {string.Join(", ", verbs)}.";
        if (args.Count == 0)
            return $"no verb; e{expected}";
        return Nearest(args[0], verbs) is { } meant
            ? $"'{args[0]}' is no verb; did you mean '{meant}'? E{expected}"
            : $"'{args[0]}' is no verb; e{expected}";
    }

    /// <summary>What the parser found, in the words of this program.</summary>
    /// <param name="arguments">A command line that names a verb.</param>
    public static IReadOnlyList<string> Of(ParseResult arguments)
    {
        Command verb = arguments.CommandResult.Command;
        Option[] options = [.. verb.Options, .. arguments.RootCommandResult.Command.Options.Where(option => option.Recursive)];
        var errors = new List<string>();
        var meant = new HashSet<string>();
        bool isValue = false;
        foreach (string token in arguments.UnmatchedTokens)
        {
            if (token.StartsWith('-') && token.Length > 1 && !char.IsAsciiDigit(token[1]))
            {
                string? near = Nearest(token.Split('=', ':')[0], options.Select(option => option.Name));
                if (near is not null)
                    meant.Add(near);
                errors.Add($"'{token}' is no option of {verb.Name}{(near is null ? "." : $"; did you mean '{near}'?")}");
                isValue = true;
            }
            else if (!isValue)
            {
                errors.Add($"'{token}' belongs to no option; expected values behind their options. Put quotes around a value with spaces.");
            }
        }
        foreach (string message in arguments.Errors.Select(error => error.Message).Where(message => !Unmatched().IsMatch(message)))
        {
            if (Missing().Match(message) is { Success: true } missing)
            {
                if (!meant.Contains(missing.Groups[1].Value))
                    errors.Add($"{missing.Groups[1].Value}: not given; {Expected(missing.Groups[1].Value)}");
            }
            else if (WithoutValue().Match(message) is { Success: true } empty)
            {
                errors.Add($"{empty.Groups[1].Value}: without a value; {Expected(empty.Groups[1].Value)}");
            }
            else if (Repeated().Match(message) is { Success: true } repeated)
            {
                errors.Add($"{repeated.Groups[1].Value}: {repeated.Groups[2].Value} values; expected one. Give it once.");
            }
            else if (Unreadable().Match(message) is { Success: true } unreadable)
            {
                string kind = unreadable.Groups[3].Value.Contains("Int", StringComparison.Ordinal) ? "a whole number" : "a number";
                errors.Add(
                    $"{unreadable.Groups[2].Value}: '{unreadable.Groups[1].Value}'; expected {kind}. "
                    + $"{DescriptionOf(unreadable.Groups[2].Value)}");
            }
            else
            {
                errors.Add(message);
            }
        }
        return errors;

        string Expected(string name) =>
            $"expected {name}"
            + $"{(options.FirstOrDefault(option => option.Name == name)?.HelpName is { } value ? $" <{value}>" : "")}. "
            + $"{DescriptionOf(name)}";

        string DescriptionOf(string name) => options.FirstOrDefault(option => option.Name == name)?.Description ?? "";
    }

    /// <summary>The name that was probably meant; null where none is like it.</summary>
    public static string? Nearest(string text, IEnumerable<string> names)
    {
        (string? nearest, int least) = (null, Math.Max(1, text.TrimStart('-').Length / 3) + 1);
        foreach (string name in names)
        {
            // The beginning of one is as good as a letter wrong.
            int distance = text.TrimStart('-').Length > 2 && name.StartsWith(text, StringComparison.Ordinal) ? 1 : Distance(text, name);
            if (distance < least)
                (nearest, least) = (name, distance);
        }
        return nearest;
    }

    // Letters to put in, leave out, change, or swap with the next.
    static int Distance(string a, string b)
    {
        var distances = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    distances[i, j] = i + j;
                    continue;
                }
                int best = Math.Min(Math.Min(distances[i - 1, j], distances[i, j - 1]) + 1,
                    distances[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                bool isSwap = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
                distances[i, j] = isSwap ? Math.Min(best, distances[i - 2, j - 2] + 1) : best;
            }
        }
        return distances[a.Length, b.Length];
    }

    // The parser tells its errors apart by their words alone.
    [GeneratedRegex("^Unrecognized command or argument '")]
    private static partial Regex Unmatched();

    [GeneratedRegex(@"^Option '(.+)' is required\.$")]
    private static partial Regex Missing();

    [GeneratedRegex(@"^Required argument missing for option: '(.+)'\.$")]
    private static partial Regex WithoutValue();

    [GeneratedRegex(@"^Option '(.+)' expects a single argument but (\d+) were provided\.$")]
    private static partial Regex Repeated();

    [GeneratedRegex(@"^Cannot parse argument '(.*)' for option '(.+)' as expected type '(.+)'\.$")]
    private static partial Regex Unreadable();
}
