namespace HotspotInference.PublicApi.Tests;

/// <summary>Two listings beside each other.</summary>
static class ApiDifference
{
    /// <summary>What only one of them has, each member with its type: <c>-</c> where it is gone, <c>+</c> where it is new.</summary>
    public static IEnumerable<string> Lines(IEnumerable<string> before, IEnumerable<string> after)
    {
        HashSet<string> old = [.. WithTypes(before)], now = [.. WithTypes(after)];
        return old.Except(now).Select(line => $"- {line}").Concat(now.Except(old).Select(line => $"+ {line}"))
            .OrderBy(line => line[2..], StringComparer.Ordinal);
    }

    static IEnumerable<string> WithTypes(IEnumerable<string> lines)
    {
        string type = "";
        foreach (string line in lines)
        {
            if (line.StartsWith(' '))
                yield return $"{type} | {line.Trim()}";
            else
                yield return type = line;
        }
    }
}
