namespace HotspotInference.Features;

/// <summary>
/// The input <c>events</c> of a model of the next incident: how many of the last incidents it sees and what it is told of each,
/// unscaled, <c>[batch, step, feature]</c>, oldest first. Immutable.
/// </summary>
public sealed record EventSpec
{
    /// <summary>The features that there are, in the only order that there is.</summary>
    /// <remarks>
    /// <c>row</c> and <c>column</c>: the cell, whole numbers from 0 at the north-western corner. <c>hours</c>: hours since the incident
    /// before it, at least 0. <c>meters</c>: great-circle distance from the place of the incident before it, not from its cell's middle.
    /// </remarks>
    public static IReadOnlyList<string> KnownFeatures { get; } = ["row", "column", "hours", "meters"];

    /// <summary>How many incidents it sees, at least 1.</summary>
    public required int Steps { get; init; }

    /// <summary>What it is told of each: <see cref="KnownFeatures"/>.</summary>
    public IReadOnlyList<string> Features { get; init; } = KnownFeatures;

    /// <summary>Incidents that have to be known: one more than <see cref="Steps"/>, from which the first interval is counted.</summary>
    public int NeededEvents => Steps + 1;

    /// <summary>Values of one window: steps times features.</summary>
    public int WindowLength => Steps * Features.Count;
}
