namespace HotspotInference.Heatmaps;

/// <summary>
/// What became of the incidents given to a <see cref="HeatmapBuilder"/>. Each counts once, under the first of these that holds:
/// outside the area, outside the span, of other kinds, in a gap, placed.
/// </summary>
/// <param name="Placed">Incidents in the heat maps, each once however many classes it counts in.</param>
/// <param name="OutsideArea">Outside the study area, or without valid coordinates.</param>
/// <param name="OutsideSpan">Before or after the span asked for.</param>
/// <param name="OfOtherKinds">Of no kind that the encoding tells apart.</param>
/// <param name="InGaps">In a period that is declared to have no data.</param>
public sealed record PlacementReport(long Placed, long OutsideArea, long OutsideSpan, long OfOtherKinds, long InGaps)
{
    /// <summary>All incidents given.</summary>
    public long Total => Placed + OutsideArea + OutsideSpan + OfOtherKinds + InGaps;

    /// <summary>
    /// For example <c>5438 of 5999 incidents placed (500 outside the study area, 61 of other kinds)</c>.
    /// </summary>
    public override string ToString()
    {
        (long Count, string Why)[] parts =
        [
            (OutsideArea, "outside the study area"), (OutsideSpan, "outside the span"),
            (OfOtherKinds, "of other kinds"), (InGaps, "in gaps")
        ];
        string why = string.Join(", ", parts.Where(part => part.Count > 0).Select(part => $"{part.Count} {part.Why}"));
        return $"{Placed} of {Total} incidents placed{(why.Length > 0 ? $" ({why})" : "")}";
    }
}
