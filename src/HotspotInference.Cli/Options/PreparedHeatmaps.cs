using HotspotInference.Heatmaps;

namespace HotspotInference.Cli.Options;

/// <summary>Heat maps built from the incidents of a command line.</summary>
/// <param name="Series">The heat maps, missing ones not made up.</param>
/// <param name="Placement">What became of the incidents.</param>
sealed record PreparedHeatmaps(HeatmapSeries Series, PlacementReport Placement)
{
    /// <summary>The incidents that were read, those of other kinds, places and days included.</summary>
    public required IReadOnlyList<Incident> Incidents { get; init; }
}
