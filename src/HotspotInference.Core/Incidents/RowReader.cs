using CsvHelper;

namespace HotspotInference.Incidents;

/// <summary>Reads the rows of one source: the needed fields of each, or why it cannot be used.</summary>
sealed class RowReader(IncidentSource source, CsvReader csv, RowLayout layout, TimeReader times, KindReader kinds, TensorExtent extent)
{
    // Around latitude 0, longitude 0 there is only sea.
    const double NullIslandDegrees = 0.01;

    // A count beyond it is a mistake that would fill the memory with incidents.
    const int LargestCount = 1_000_000;

    // A field that ran away must not fill a report or a message.
    const int LongestExample = 100;

    readonly Utf8Cache<string> _places = new();

    /// <summary>A usable row, and how many incidents it stands for: any number in a tensor, else 1.</summary>
    public readonly record struct Row(DateTime Time, bool TimeMoved, double Latitude, double Longitude, KindSet Kinds, int Count = 1);

    /// <summary>Reads the current row.</summary>
    /// <param name="row">The row; meaningless where it was rejected.</param>
    /// <returns>Why the row cannot be used; null where it can.</returns>
    /// <exception cref="HotspotException">Day and month were taken for each other.</exception>
    public RejectionReason? Read(out Row row)
    {
        row = default;
        if (layout.Tensor is { } tensor)
            return csv.FieldCount == layout.Header.Count || HasOnlyEmptyFieldsBeyondHeader() ? ReadTensor(tensor, out row)
                : RejectionReason.FieldCount;
        if (csv.FieldCount != layout.Header.Count && !HasOnlyEmptyFieldsBeyondHeader())
            return RejectionReason.FieldCount;
        bool moved = false;
        if (!times.TryReadFixed(csv, out DateTime time) && ReadTime(out time, out moved) is { } reason)
            return reason;
        if (!DecimalText.TryRead(csv.GetRawSpan(layout.Latitude), out double latitude) && !csv.TryParse(layout.Latitude, out latitude))
            return csv.IsEmpty(layout.Latitude) ? RejectionReason.LatitudeMissing : RejectionReason.LatitudeUnreadable;
        if (!(Math.Abs(latitude) <= 90))
            return RejectionReason.LatitudeOutOfRange;
        if (!DecimalText.TryRead(csv.GetRawSpan(layout.Longitude), out double longitude) && !csv.TryParse(layout.Longitude, out longitude))
            return csv.IsEmpty(layout.Longitude) ? RejectionReason.LongitudeMissing : RejectionReason.LongitudeUnreadable;
        if (!(Math.Abs(longitude) <= 180))
            return RejectionReason.LongitudeOutOfRange;
        if (Math.Abs(latitude) <= NullIslandDegrees && Math.Abs(longitude) <= NullIslandDegrees)
            return RejectionReason.NullIsland;
        if (!kinds.TryRead(csv, out KindSet? set, out _))
            return RejectionReason.KindFlagUnreadable;
        row = new Row(time, moved, latitude, longitude, set);
        return null;
    }

    RejectionReason? ReadTime(out DateTime time, out bool moved)
    {
        (time, moved) = (default, false);
        if (csv.IsEmpty(layout.Time) || layout.Clock >= 0 && csv.IsEmpty(layout.Clock))
            return RejectionReason.TimeMissing;
        TimeOutcome outcome = times.Read(csv, out time, out moved);
        if (outcome == TimeOutcome.Read)
            return null;
        ThrowIfDayFirst();
        return outcome == TimeOutcome.Impossible ? RejectionReason.TimeImpossible : RejectionReason.TimeUnreadable;
    }

    RejectionReason? ReadTensor(TensorLayout tensor, out Row row)
    {
        row = default;
        if (csv.IsEmpty(layout.Time))
            return RejectionReason.TimeMissing;
        if (!csv.TryParse(layout.Time, out int day))
            return RejectionReason.TimeUnreadable;
        if (day < 0 || day > DateOnly.MaxValue.DayNumber - tensor.FirstDay.DayNumber)
            return RejectionReason.TimeImpossible;
        if (csv.IsEmpty(layout.Latitude))
            return RejectionReason.LatitudeMissing;
        if (!csv.TryParse(layout.Latitude, out int south))
            return RejectionReason.LatitudeUnreadable;
        if (csv.IsEmpty(layout.Longitude))
            return RejectionReason.LongitudeMissing;
        if (!csv.TryParse(layout.Longitude, out int west))
            return RejectionReason.LongitudeUnreadable;
        (double latitude, double longitude) = tensor.Options.CenterOf(south, west);
        if (south < 0 || !(Math.Abs(latitude) <= 90))
            return RejectionReason.LatitudeOutOfRange;
        if (west < 0 || !(Math.Abs(longitude) <= 180))
            return RejectionReason.LongitudeOutOfRange;
        if (!csv.TryParse(tensor.Count, out int count) || count is < 0 or > LargestCount)
            return RejectionReason.CountUnreadable;
        kinds.TryRead(csv, out KindSet? set, out _);
        extent.Add(south, west);
        row = new Row(tensor.FirstDay.AddDays(day).ToDateTime(TimeOnly.MinValue), false, latitude, longitude, set!, count);
        return null;
    }

    /// <summary>The place of the current row; null where there is none.</summary>
    public string? Place()
    {
        if (layout.Place < 0 || csv.IsEmpty(layout.Place))
            return null;
        // As it stands in the file: equal before decoding is equal after it, and what was seen before needs none.
        ReadOnlySpan<byte> field = csv.GetRawSpan(layout.Place);
        if (!_places.TryGet(field, out string place))
            _places.Add(field, place = csv.GetString(layout.Place));
        return place;
    }

    /// <summary>Where the current row stands.</summary>
    public SourceLine Line => new(source.Name, csv.LineNumber);

    /// <summary>The value of the current row that a reason is about, and what was expected instead.</summary>
    public (string Value, string Expected) Explain(RejectionReason reason) => reason switch
    {
        RejectionReason.FieldCount => ($"{csv.FieldCount} fields", $"{layout.Header.Count} fields as in the header"),
        RejectionReason.CountUnreadable => (Text(layout.Tensor!.Count), $"a whole number of 0 to {LargestCount}"),
        RejectionReason.TimeMissing or RejectionReason.TimeUnreadable or RejectionReason.TimeImpossible when layout.Tensor is { } tensor =>
            (Text(layout.Time), $"a whole number of {tensor.TimeFormat}"),
        <= RejectionReason.LongitudeOutOfRange and >= RejectionReason.LatitudeMissing when layout.Tensor is not null =>
            ($"{Text(layout.Latitude)},{Text(layout.Longitude)}", "a row and a column from 0 that lie on the globe"),
        RejectionReason.TimeMissing or RejectionReason.TimeUnreadable or RejectionReason.TimeImpossible =>
            (layout.Clock < 0 ? Text(layout.Time) : $"{Text(layout.Time)} {Text(layout.Clock)}", $"a time as {layout.Schema.TimeFormat}"),
        RejectionReason.LatitudeMissing or RejectionReason.LatitudeUnreadable or RejectionReason.LatitudeOutOfRange =>
            (Text(layout.Latitude), "a latitude of -90 to 90 degrees"),
        RejectionReason.LongitudeMissing or RejectionReason.LongitudeUnreadable or RejectionReason.LongitudeOutOfRange =>
            (Text(layout.Longitude), "a longitude of -180 to 180 degrees"),
        RejectionReason.NullIsland => ($"{Text(layout.Latitude)},{Text(layout.Longitude)}", "a position away from latitude 0, longitude 0"),
        _ => (BadFlag(), "0 or 1"),
    };

    bool HasOnlyEmptyFieldsBeyondHeader()
    {
        for (int i = layout.Header.Count; i < csv.FieldCount; i++)
        {
            if (!csv.IsEmpty(i))
                return false;
        }
        return csv.FieldCount > layout.Header.Count;
    }

    // Rows above were read with month before day for want of evidence; this one is the evidence that they were read wrongly.
    void ThrowIfDayFirst()
    {
        if (layout.DayFirstPattern is { } dayFirst && dayFirst.Read(csv.GetSpan(layout.Time), out _, out _) == TimeOutcome.Read)
            throw new HotspotException(Line.ToString(), $"'{Text(layout.Time)}'",
                $"a time as {layout.TimePattern}, as the first rows seemed to be",
                $"Give --date-format {dayFirst}, or correct the row and give --date-format {layout.TimePattern}.");
    }

    string BadFlag()
    {
        kinds.TryRead(csv, out _, out int column);
        return $"{Text(column)} in column {layout.Header[column]}";
    }

    string Text(int column) => csv.GetString(column) is var value
        && value.Length > LongestExample ? value[..LongestExample] + "..." : value;
}
