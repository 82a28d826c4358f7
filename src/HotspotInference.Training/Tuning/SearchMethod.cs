namespace HotspotInference.Training.Tuning;

/// <summary>
/// Chooses the next configuration. What it chooses follows from the space, the seed, the trial's number and what is known by then, so that
/// a study that is resumed goes on as if it had never stopped. Safe to share.
/// </summary>
/// <param name="space">Where it searches.</param>
/// <param name="seed">What its chance depends on.</param>
abstract class SearchMethod(SearchSpace space, int seed)
{
    const int MostDraws = 10_000;

    protected SearchSpace Space => space;

    /// <summary>The next configuration, one that was not tried yet; null where all were.</summary>
    /// <param name="trial">The number of the trial, from 0.</param>
    /// <param name="seen">What was observed, in the order in which it was.</param>
    /// <param name="underWay">Configurations whose scores are not known yet.</param>
    public string[]? Propose(int trial, IReadOnlyList<Observation> seen, IReadOnlyList<Observation> underWay)
    {
        HashSet<string> tried = [.. seen.Concat(underWay).Select(known => Key(known.Values))];
        if (tried.Count >= space.Count)
            return null;
        var random = new Random(SeedOf(seed, trial));
        if (Choose(trial, seen, underWay, values => !tried.Contains(Key(values)), random) is { } chosen)
            return chosen;
        for (int i = 0; i < MostDraws; i++)
        {
            string[] drawn = space.Decode(space.Draw(random));
            if (!tried.Contains(Key(drawn)))
                return drawn;
        }
        return null;
    }

    /// <summary>A configuration that is new; null leaves it to chance.</summary>
    protected abstract string[]? Choose(int trial, IReadOnlyList<Observation> seen, IReadOnlyList<Observation> underWay,
        Predicate<string[]> isNew, Random random);

    /// <summary>A seed for a trial that is nothing like its neighbours', whose first numbers would be (splitmix64, Steele et al.
    /// 2014).</summary>
    protected static int SeedOf(int seed, int trial)
    {
        ulong z = unchecked(((ulong)(uint)seed << 32 | (uint)trial) + 0x9E3779B97F4A7C15);
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EB);
        return (int)((z ^ (z >> 31)) >> 33);
    }

    static string Key(IReadOnlyList<string> values) => string.Join('\n', values);
}
