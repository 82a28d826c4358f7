namespace HotspotInference.Training.Tuning;

/// <summary>Draws configurations from all alike (Bergstra and Bengio 2012).</summary>
/// <inheritdoc/>
sealed class RandomSearch(SearchSpace space, int seed) : SearchMethod(space, seed)
{
    protected override string[]? Choose(int trial, IReadOnlyList<Observation> seen, IReadOnlyList<Observation> underWay,
        Predicate<string[]> isNew, Random random) => null;
}
