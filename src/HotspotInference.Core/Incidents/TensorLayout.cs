using System.Globalization;

namespace HotspotInference.Incidents;

/// <summary>How one source of tensor counts becomes incidents.</summary>
/// <param name="FirstDay">The date of day 0.</param>
/// <param name="Count">The column with the count.</param>
/// <param name="Options">Where the cells lie.</param>
sealed record TensorLayout(DateOnly FirstDay, int Count, TensorOptions Options)
{
    /// <summary>The layout of a source with the columns of a tensor and none of incidents; null for any other.</summary>
    /// <param name="source">The source.</param>
    /// <param name="position">Its position among the sources.</param>
    /// <param name="options">How to read.</param>
    /// <param name="header">The names of the columns.</param>
    /// <param name="normalized">The same as <see cref="KnownColumns.Normalize"/> leaves them.</param>
    /// <param name="delimiter">The field separator.</param>
    /// <exception cref="HotspotException">It is a tensor, and the date of its day 0 is not known.</exception>
    public static RowLayout? Find(
        IncidentSource source, int position, IncidentReaderOptions options, string[] header, string[] normalized, char delimiter)
    {
        int row = Array.IndexOf(normalized, "row"),
            column = Math.Max(Array.IndexOf(normalized, "col"), Array.IndexOf(normalized, "column"));
        int day = Array.IndexOf(normalized, "day"), count = Array.IndexOf(normalized, "count");
        bool named = (options.TimeColumn ?? options.DateColumn ?? options.LatitudeColumn ?? options.LongitudeColumn) is not null;
        if (named || Math.Min(Math.Min(row, column), Math.Min(day, count)) < 0)
            return null;
        if (options.Tensor is not { } tensor || tensor.FirstDays.Count <= position)
        {
            throw new HotspotException(source.Name,
                $"a tensor of counts ({string.Join(delimiter, header)}), source {position + 1}, "
                + $"with {options.Tensor?.FirstDays.Count ?? 0} first days given",
                "the date of its day 0",
                "Give --first-day once for each --incidents, in their order (TensorOptions.FirstDays), for example 2016-01-01.");
        }
        int category = Array.IndexOf(normalized, "category");
        return new RowLayout
        {
            Header = header,
            Time = day,
            TimePattern = new TimePattern("yyyy-M-d"),
            Latitude = row,
            Longitude = column,
            Kinds = category < 0 ? [] : [category],
            Delimiter = delimiter,
            Notes = [],
            Tensor = new TensorLayout(tensor.FirstDays[position], count, tensor),
        };
    }

    /// <summary>For the report: what the days mean.</summary>
    public string TimeFormat => string.Create(CultureInfo.InvariantCulture, $"days from {FirstDay:yyyy-MM-dd}");
}
