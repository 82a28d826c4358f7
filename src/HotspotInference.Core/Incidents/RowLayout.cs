namespace HotspotInference.Incidents;

/// <summary>Where the needed columns of one source stand and how their values are written; -1 where there is no such column.</summary>
sealed record RowLayout
{
    public required IReadOnlyList<string> Header { get; init; }

    public required int Time { get; init; }

    public required TimePattern TimePattern { get; init; }

    /// <summary>The same with day before month, where the first rows did not tell; null where they did or it was given.</summary>
    public TimePattern? DayFirstPattern { get; init; }

    public int Clock { get; init; } = -1;

    public TimePattern? ClockPattern { get; init; }

    public required int Latitude { get; init; }

    public required int Longitude { get; init; }

    /// <summary>The kind column, or the 0/1 columns where <see cref="KindFlags"/> is set; may be empty.</summary>
    public required int[] Kinds { get; init; }

    public bool KindFlags { get; init; }

    public char? KindSeparator { get; init; }

    public int Place { get; init; } = -1;

    /// <summary>How the counts of a tensor become incidents; null where a row is an incident.</summary>
    public TensorLayout? Tensor { get; init; }

    public required char Delimiter { get; init; }

    /// <summary>What was assumed and the user should know.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>The layout in names, for the report.</summary>
    public SourceSchema Schema => new(
        Header[Time],
        Clock < 0 ? null : Header[Clock],
        Tensor is not null ? Tensor.TimeFormat : ClockPattern is null ? TimePattern.Format : $"{TimePattern} {ClockPattern}",
        Header[Latitude],
        Header[Longitude],
        [.. Kinds.Select(column => Header[column])],
        Place < 0 ? null : Header[Place],
        Delimiter);
}
