namespace HotspotInference.Incidents;

/// <summary>Which columns of one source were read, and how.</summary>
/// <param name="TimeColumn">The column with date and clock, or with the date where <paramref name="ClockColumn"/> is given.</param>
/// <param name="ClockColumn">The column with the time of day; null where it stands beside the date.</param>
/// <param name="TimeFormat">The format of the times; date and clock joined by a space where they stand in two columns.</param>
/// <param name="LatitudeColumn">The column with the latitude.</param>
/// <param name="LongitudeColumn">The column with the longitude.</param>
/// <param name="KindColumns">The column with the kind, or the 0/1 columns; empty where there are none.</param>
/// <param name="PlaceColumn">The column with the place; null where there is none.</param>
/// <param name="Delimiter">The field separator.</param>
public sealed record SourceSchema(
    string TimeColumn,
    string? ClockColumn,
    string TimeFormat,
    string LatitudeColumn,
    string LongitudeColumn,
    IReadOnlyList<string> KindColumns,
    string? PlaceColumn,
    char Delimiter)
{
    /// <summary>For example <c>time 'timestamp' as yyyy-M-d H:m:s.F, position 'latitude','longitude', kind 'type'</c>.</summary>
    public override string ToString() =>
        $"time '{TimeColumn}'{(ClockColumn is null ? "" : $" and '{ClockColumn}'")} as {TimeFormat}, "
        + $"position '{LatitudeColumn}','{LongitudeColumn}'"
        + (KindColumns.Count == 0 ? ", no kind" : $", kind '{string.Join("','", KindColumns)}'")
        + (PlaceColumn is null ? "" : $", place '{PlaceColumn}'");
}
