using HotspotInference.Features;

namespace HotspotInference.Training.Architectures.HotspotNet;

/// <summary>Which rates a network looks at: those that any class's mixture weighs, and for each class some of its own counts.</summary>
sealed class RateSelection
{
    /// <param name="start">The history model. Its first rates are those of plain counts, with the classes as channels.</param>
    /// <param name="classes">How many classes.</param>
    public RateSelection(HistoryStart start, int classes)
    {
        HistorySpec history = start.Features.History!;
        int smoothings = history.Smoothings.Count, perChannel = history.HalfLives.Count * smoothings;
        // Every other half-life: neighbouring ones are nearly the same.
        int[] chosen = [.. Enumerable.Range(0, perChannel).Where(feature => feature / smoothings % 2 == 0)];
        int[] own = [.. Enumerable.Range(0, classes).SelectMany(c => chosen.Select(feature => c * perChannel + feature))];
        IEnumerable<int> mixed = Enumerable.Range(0, history.FeatureCount)
            .Where(feature => start.Parameters.Weights.Concat(start.Refit?.Weights ?? []).Any(weights => weights[feature] > 0));
        Features = [.. own.Union(mixed).Order()];
        Own = Array.ConvertAll(own, feature => (long)Array.IndexOf(Features, feature));
        PerClass = chosen.Length;
    }

    /// <summary>The features of the input <c>history</c>, in order.</summary>
    public int[] Features { get; }

    /// <summary>For each class the positions of its own rates in <see cref="Features"/>, one class behind the other.</summary>
    public long[] Own { get; }

    /// <summary>Own rates of a class.</summary>
    public int PerClass { get; }
}
