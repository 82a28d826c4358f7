namespace HotspotInference.Training.Architectures;

/// <summary>What was chosen about an architecture: the values given, and the defaults of all others.</summary>
sealed class ArchitectureSettings
{
    readonly SortedDictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <summary>Settings of an architecture.</summary>
    /// <exception cref="HotspotException">A value is none of its setting's, or the architecture has no such setting.</exception>
    public ArchitectureSettings(Architecture architecture, params IEnumerable<(string Name, string Value)> given)
    {
        foreach (Setting setting in architecture.Settings)
            _values.Add(setting.Name, setting.Default);
        foreach ((string name, string value) in given)
        {
            Setting setting = architecture.Settings.FirstOrDefault(setting => setting.Name == name)
                ?? throw new HotspotException($"--{name}", $"'{value}' with the architecture {architecture.Name}",
                    $"one of its settings, {string.Join(", ", architecture.Settings.Select(setting => setting.Name))}",
                    "Leave it out, or choose another architecture.");
            setting.Check(value);
            _values[name] = value;
        }
    }

    /// <summary>All values, by the names of their settings.</summary>
    public IReadOnlyDictionary<string, string> Values => _values;

    /// <summary>The value of a setting that takes one number here.</summary>
    /// <exception cref="HotspotException">It has several.</exception>
    public int One(Setting<int[]> setting) => Get(setting) is [int only] ? only
        : throw new HotspotException(setting.Name, _values[setting.Name], "one number", "Give one.");

    public T Get<T>(Setting<T> setting) => setting.Parse(_values[setting.Name]);
}
