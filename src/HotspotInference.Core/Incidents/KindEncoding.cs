namespace HotspotInference.Incidents;

/// <summary>
/// Which kinds of incident are told apart, and in which order: the channels of heat maps and the classes of forecasts. Where
/// several are told apart a last class, <c>any</c>, counts every incident of them once. Immutable, compared by value.
/// </summary>
public sealed class KindEncoding : IEquatable<KindEncoding>
{
    /// <summary>The name of the class that counts incidents of every encoded kind.</summary>
    public const string AnyClass = "any";

    const string Wildcard = "*";

    readonly Dictionary<string, int> _groupOfKind = new(StringComparer.Ordinal);
    readonly int _wildcardGroup = -1;

    /// <summary>Tells groups of kinds apart, in the order given.</summary>
    /// <param name="groups">The groups; none means that all incidents are one class, <c>any</c>.</param>
    /// <exception cref="HotspotException">
    /// A name is empty, reserved or given twice, a kind is in two groups, or a group is empty.
    /// </exception>
    public KindEncoding(IEnumerable<KindGroup> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        Groups = [.. groups];
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < Groups.Count; i++)
        {
            KindGroup group = Groups[i];
            if (string.IsNullOrWhiteSpace(group.Name) || group.Name == AnyClass || !names.Add(group.Name))
                throw Invalid($"the class name '{group.Name}'", $"distinct names, none of them '{AnyClass}'");
            if (group.Kinds.Count == 0)
                throw Invalid($"the class '{group.Name}' without kinds", "at least one kind, or *");
            foreach (string kind in group.Kinds)
            {
                if (kind == Wildcard && _wildcardGroup < 0)
                    _wildcardGroup = i;
                else if (kind == Wildcard || !_groupOfKind.TryAdd(kind, i))
                    throw Invalid($"the kind '{kind}' in two classes", "every kind in one class");
            }
        }
        Classes = Groups.Count switch
        {
            0 => [AnyClass],
            1 => [Groups[0].Name],
            _ => [.. Groups.Select(group => group.Name), AnyClass],
        };
    }

    /// <summary>No kinds told apart: every incident is of the one class <c>any</c>.</summary>
    public static KindEncoding Any { get; } = new([]);

    /// <summary>The groups told apart, in order; empty where every incident is of the one class <c>any</c>.</summary>
    public IReadOnlyList<KindGroup> Groups { get; }

    /// <summary>The class names in channel order: the groups, and <c>any</c> last where there are none or several.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>One class a kind, in the order given (the ShotSpotter report: 0 single, 1 multiple, 2 multiple or firecracker).</summary>
    /// <exception cref="HotspotException">A kind is empty, reserved or given twice.</exception>
    public static KindEncoding Of(params IEnumerable<string> kinds) => new(kinds.Select(kind => new KindGroup(kind, [kind])));

    /// <summary>
    /// Reads classes, each <c>name=kind,kind</c>, with <c>*</c> for all other kinds: <c>severe=RAPE,MURDER other=*</c>. Kinds may have
    /// spaces, as <c>severe=FELONY ASSAULT,ROBBERY other=*</c> has; names with spaces, and classes of one kind that go by its name, are set
    /// off by semicolons: <c>severe=RAPE,MURDER; THEFT; other=*</c>. A list without names is one class a kind:
    /// <c>GRAND LARCENY,ROBBERY</c>. Empty text is <see cref="Any"/>. A kind with a comma, semicolon or equals sign needs another name
    /// first (<see cref="KindMapFile"/>).
    /// </summary>
    /// <exception cref="HotspotException">The text is not of that form, or as for the constructor.</exception>
    public static KindEncoding Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var groups = new List<KindGroup>();
        IReadOnlyList<string> parts = text.Contains(';', StringComparison.Ordinal) ? Split(text, ';') : SplitBeforeNames(text);
        foreach (string part in parts)
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            string[] kinds = Split(part[(equals + 1)..], ',');
            if (equals < 0)
                groups.AddRange(kinds.Select(kind => new KindGroup(kind, [kind])));
            else
                groups.Add(new KindGroup(part[..equals].Trim(), kinds));
        }
        return new KindEncoding(groups);
    }

    /// <summary>The group of a source's kind, or -1 where the encoding leaves it out.</summary>
    public int GroupOf(string kind) => _groupOfKind.TryGetValue(kind, out int group) ? group : _wildcardGroup;

    /// <summary>
    /// Finds the classes that an incident counts in, as indices into <see cref="Classes"/>: each group once, and <c>any</c>.
    /// </summary>
    /// <param name="kinds">The incident's kinds.</param>
    /// <param name="classes">Receives the indices; at least <c>Classes.Count</c> long.</param>
    /// <returns>How many were written; 0 where the encoding leaves the incident out.</returns>
    public int Encode(KindNames kinds, Span<int> classes)
    {
        if (Groups.Count == 0)
        {
            classes[0] = 0;
            return 1;
        }
        int count = 0;
        for (int i = 0; i < kinds.Count; i++)
        {
            int group = GroupOf(kinds[i]);
            if (group >= 0 && !classes[..count].Contains(group))
                classes[count++] = group;
        }
        // An incident without a kind is one of "all others".
        if (kinds.Count == 0 && _wildcardGroup >= 0)
            classes[count++] = _wildcardGroup;
        if (count > 0 && Groups.Count > 1)
            classes[count++] = Groups.Count;
        return count;
    }

    /// <inheritdoc/>
    public bool Equals(KindEncoding? other) => other is not null && Groups.SequenceEqual(other.Groups);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as KindEncoding);

    /// <inheritdoc/>
    public override int GetHashCode() => Groups.Aggregate(0, HashCode.Combine);

    /// <summary>The classes, readable by <see cref="Parse"/>.</summary>
    public override string ToString() => string.Join("; ", Groups);

    static string[] Split(string text, char separator) =>
        text.Split(separator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    // "a=B C,D e=*": a class ends before the last word in front of the next equals sign.
    static List<string> SplitBeforeNames(string text)
    {
        var parts = new List<string>();
        int start = 0, equals = text.IndexOf('=', StringComparison.Ordinal);
        while (equals >= 0 && text.IndexOf('=', equals + 1) is var next and >= 0)
        {
            int name = text.AsSpan(0, next).TrimEnd(' ').LastIndexOf(' ') + 1;
            if (name <= equals)
                throw Invalid($"'{text[start..next]}=' without a name before the last '='", "a space and a name before every '='");
            parts.Add(text[start..name]);
            (start, equals) = (name, next);
        }
        parts.Add(text[start..]);
        return parts;
    }

    static HotspotException Invalid(string found, string expected) =>
        new("kinds", found, expected, "Example: severe=RAPE,MURDER other=*.");
}
