namespace HotspotInference.Rendering;

/// <summary>One line of a <see cref="LineChart"/>. Immutable.</summary>
/// <param name="Name">What the legend calls it.</param>
/// <param name="Points">Its points, finite, from left to right.</param>
/// <param name="IsStrong">Whether it is drawn wider than others.</param>
public sealed record LineChartSeries(string Name, IReadOnlyList<(double X, double Y)> Points, bool IsStrong = false)
{
    /// <summary>Whether its points are marked alone, without a line between them; they may then be in any order.</summary>
    public bool IsDots { get; init; }
}
