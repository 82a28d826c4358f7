using System.Globalization;
using CsvHelper;
using HotspotInference.Incidents;

namespace HotspotInference.Features;

/// <summary>A CSV file with a header, some columns that say what a row is about, and numbers in all others.</summary>
sealed class ExternalTable : IDisposable
{
    const string Remedy = "Correct the row, or leave the column out.";

    readonly IncidentSource _source;
    readonly CsvReader _csv;
    readonly string[] _header;
    int[] _numbers = [];

    ExternalTable(IncidentSource source)
    {
        _source = source;
        _csv = source.CreateReader(delimiter: null);
        _header = [.. _csv.Headers.Select(name => name.Trim())];
    }

    public string Name => _source.Name;

    /// <summary>Where the current row stands.</summary>
    public string Line => $"{_source.Name} line {_csv.LineNumber}";

    public string HeaderText => string.Join(',', _header);

    public static ExternalTable Open(string path) => new(IncidentSource.Open(path));

    public static ExternalTable Open(Stream stream, string name) => new(IncidentSource.Open(stream, name));

    /// <summary>The first column of one of some names, compared by letters and digits in lower case; -1 for none.</summary>
    public int Find(params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (Array.FindIndex(_header, column => KnownColumns.Normalize(column) == name) is var found and >= 0)
                return found;
        }
        return -1;
    }

    /// <summary>Takes all other columns for features.</summary>
    /// <param name="keys">The columns that say what a row is about.</param>
    /// <returns>Their names.</returns>
    /// <exception cref="HotspotException">There is none, or one has no name or that of another.</exception>
    public string[] Features(params ReadOnlySpan<int> keys)
    {
        var numbers = new List<int>(Enumerable.Range(0, _header.Length));
        foreach (int key in keys)
            numbers.Remove(key);
        _numbers = [.. numbers];
        string[] names = [.. numbers.Select(column => _header[column])];
        return names.Length > 0 && names.All(name => name.Length > 0) && names.Distinct(StringComparer.Ordinal).Count() == names.Length
            ? names
            : throw new HotspotException(Name, $"the header {HeaderText}", "one or more columns of numbers, each with a name of its own",
                "Add, name or rename them.");
    }

    /// <summary>Moves to the next row; false at the end.</summary>
    public bool Next()
    {
        if (!_source.Next(_csv))
            return false;
        return _csv.FieldCount == _header.Length ? true
            : throw new HotspotException(Line, $"{_csv.FieldCount} fields", $"{_header.Length} as in the header", "Correct the row.");
    }

    public string Text(int column) => _csv.GetString(column);

    /// <summary>The row's features.</summary>
    /// <exception cref="HotspotException">A field is empty or no number.</exception>
    public double[] Numbers() => Array.ConvertAll(_numbers, Number);

    /// <summary>A number.</summary>
    /// <exception cref="HotspotException">The field is empty or no number.</exception>
    public double Number(int column) =>
        double.TryParse(Text(column), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && float.IsFinite((float)value)
            ? value
            : throw Invalid(column, "a number, with a point for decimals");

    public HotspotException Invalid(int column, string expected) => new(Line,
        Text(column) is { Length: > 0 } text ? $"'{text}' in column {_header[column]}" : $"nothing in column {_header[column]}", expected,
            Remedy);

    public void Dispose() => _source.Dispose();
}
