using System.Globalization;

namespace HotspotInference.Features;

/// <summary>
/// The first incidents of a sequence, all that was known at some moment: whoever holds it can see no later one. Immutable, safe to share
/// between threads.
/// </summary>
public readonly struct PastEvents
{
    readonly EventSequence _all;

    internal PastEvents(EventSequence all, int count)
    {
        _all = all;
        Count = count;
    }

    /// <summary>How many are known.</summary>
    public int Count { get; }

    /// <summary>When an incident was, wall-clock.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not known.</exception>
    public DateTime TimeOf(int index) => _all.TimeOf(Checked(index));

    /// <summary>The cell of an incident, <c>row x columns + column</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not known.</exception>
    public int CellOf(int index) => _all.CellOf(Checked(index));

    /// <summary>Writes what a model is told of the last incidents.</summary>
    /// <param name="spec">How many, and what.</param>
    /// <param name="features">Receives <c>[step, feature]</c>, oldest first; exactly <see cref="EventSpec.WindowLength"/> long.</param>
    /// <exception cref="HotspotException">Too few incidents are known.</exception>
    /// <exception cref="ArgumentException">The span is of another length.</exception>
    public void CopyFeatures(EventSpec spec, Span<float> features)
    {
        ArgumentNullException.ThrowIfNull(spec);
        if (features.Length != spec.WindowLength)
            throw new ArgumentException($"{features.Length} elements given; expected {spec.WindowLength}.", nameof(features));
        if (Count < spec.NeededEvents)
            throw new HotspotException("incidents", string.Create(CultureInfo.InvariantCulture, $"{Count} before the moment"),
                string.Create(CultureInfo.InvariantCulture, $"at least {spec.NeededEvents}: the last {spec.Steps}, and one to count from"),
                "Give older incidents, or ask for a later moment.");
        _all.CopyFeatures(Count, spec, features);
    }

    int Checked(int index) => index >= 0 && index < Count ? index
        : throw new ArgumentOutOfRangeException(nameof(index), index, $"Expected 0 to {Count - 1}, the incidents known.");
}
