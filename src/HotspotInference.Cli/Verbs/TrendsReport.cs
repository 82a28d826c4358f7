using HotspotInference.Heatmaps;

namespace HotspotInference.Cli.Verbs;

/// <summary>What <c>trends</c> found.</summary>
sealed record TrendsReport(GridSpec Grid, string Class, string Step, int Steps, DateOnly From, DateOnly To, int AnalysedCells,
    IReadOnlyList<TrendsReport.PatternCount> Patterns, IReadOnlyList<TrendsReport.CellTrend> Cells, IReadOnlyList<string> Files,
    PlacementReport Incidents)
{
    /// <summary>How many cells show a pattern.</summary>
    public sealed record PatternCount(string Pattern, int Cells);

    /// <summary>A cell with a pattern; <paramref name="Z"/> is Gi* in the last step.</summary>
    public sealed record CellTrend(int Row, int Column, string Pattern, double Z, double TrendZ, double TrendP);
}
