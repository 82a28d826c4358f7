using System.Globalization;

namespace HotspotInference.Training;

/// <summary>What a training took over from an earlier one, by the names of parameters.</summary>
/// <param name="File">The earlier training's checkpoint.</param>
/// <param name="Taken">Those whose weights were taken over.</param>
/// <param name="Kept">Those that begin as they would without.</param>
sealed record StartReport(string File, IReadOnlyList<string> Taken, IReadOnlyList<string> Kept)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"Starting from {File}: {Taken.Count} parameters taken over"
        + $"{(Kept.Count > 0 ? $", {Kept.Count} not ({string.Join(", ", Kept)})" : "")}");
}
