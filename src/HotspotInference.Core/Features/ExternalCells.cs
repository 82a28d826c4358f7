using System.Globalization;
using HotspotInference.Incidents;

namespace HotspotInference.Features;

/// <summary>Numbers for the cells of one grid, the same in every period: population, income, the distance to a place. Immutable.</summary>
public sealed class ExternalCells
{
    // By cell, then feature.
    readonly double[][] _rows;

    /// <summary>A table in memory.</summary>
    /// <param name="grid">The grid.</param>
    /// <param name="names">The names of the features, each once.</param>
    /// <param name="values"><c>[row, column, feature]</c>.</param>
    /// <exception cref="ArgumentException">There is not one finite number a cell and feature, or a name is empty or there
    /// twice.</exception>
    public ExternalCells(GridSpec grid, IReadOnlyList<string> names, ReadOnlySpan<double> values)
    {
        ArgumentNullException.ThrowIfNull(grid);
        ExternalFeatures.CheckNames(names, nameof(names));
        if (values.Length != grid.CellCount * names.Count)
            throw new ArgumentException($"{values.Length} values; expected cells x features = {grid.CellCount * names.Count}.",
                nameof(values));
        _rows = new double[grid.CellCount][];
        for (int cell = 0; cell < _rows.Length; cell++)
        {
            _rows[cell] = values.Slice(cell * names.Count, names.Count).ToArray();
            if (!_rows[cell].All(double.IsFinite))
                throw new ArgumentException($"The values of cell {cell} are not all finite.", nameof(values));
        }
        (Grid, Names) = (grid, [.. names]);
    }

    ExternalCells(GridSpec grid, IReadOnlyList<string> names, double[][] rows, int outside) =>
        (Grid, Names, _rows, Outside) = (grid, names, rows, outside);

    /// <summary>The grid.</summary>
    public GridSpec Grid { get; }

    /// <summary>The names of the features, in the order of the columns.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Rows of the file whose place is outside the grid; they are not used.</summary>
    public int Outside { get; }

    /// <summary>
    /// Reads a CSV file with one row a cell: the columns <c>row</c> and <c>column</c> (from 0, in the north-west), or <c>latitude</c> and
    /// <c>longitude</c> of a point in the cell, or <c>location_id</c>, the <see cref="LocationId"/> of its middle
    /// (<see cref="GridSpec.CellCenter"/>); and numbers in all other columns.
    /// </summary>
    /// <param name="path">The file, plain or gzip-compressed.</param>
    /// <param name="grid">The grid.</param>
    /// <exception cref="HotspotException">
    /// The file cannot be read or has no such columns, a field is no number, or a cell has no row or two.
    /// </exception>
    public static ExternalCells Load(string path, GridSpec grid)
    {
        ArgumentNullException.ThrowIfNull(grid);
        using ExternalTable table = ExternalTable.Open(path);
        return Read(table, grid);
    }

    /// <summary>Reads the same from a stream, which stays open.</summary>
    /// <param name="stream">CSV, plain or gzip-compressed.</param>
    /// <param name="name">What errors call it.</param>
    /// <param name="grid">The grid.</param>
    /// <exception cref="HotspotException">As for <see cref="Load"/>.</exception>
    public static ExternalCells Read(Stream stream, string name, GridSpec grid)
    {
        ArgumentNullException.ThrowIfNull(grid);
        using ExternalTable table = ExternalTable.Open(stream, name);
        return Read(table, grid);
    }

    static ExternalCells Read(ExternalTable table, GridSpec grid)
    {
        (int[] keys, Func<int> cellOf) = Keys(table, grid);
        string[] names = table.Features(keys);
        var rows = new double[grid.CellCount][];
        int outside = 0;
        while (table.Next())
        {
            int cell = cellOf();
            if (cell < 0)
                outside++;
            else if (rows[cell] is null)
                rows[cell] = table.Numbers();
            else
                throw new HotspotException(table.Line, $"{Name(grid, cell)} a second time", "one row a cell",
                    "Put the values of a cell together in one row, as their mean or sum.");
        }
        int missing = rows.Count(row => row is null);
        return missing == 0 ? new ExternalCells(grid, names, rows, outside)
            : throw new HotspotException(table.Name, string.Create(CultureInfo.InvariantCulture,
                    $"no row for {missing} of the {grid.CellCount} cells, ")
                    + $"the first {Name(grid, Array.FindIndex(rows, row => row is null))}",
                $"one row for each cell of {grid}", "Add the cells that are missing: a value that is not known is not made up.");
    }

    static (int[] Keys, Func<int> CellOf) Keys(ExternalTable table, GridSpec grid)
    {
        int row = table.Find("row"), column = table.Find("column", "col");
        int latitude = table.Find("latitude", "lat"), longitude = table.Find("longitude", "lon", "lng", "long"),
            id = table.Find("locationid");
        return (row >= 0 && column >= 0, latitude >= 0 && longitude >= 0, id >= 0) switch
        {
            (true, false, false) => ([row, column], () => Side(table, row, grid.Rows) * grid.Columns + Side(table, column, grid.Columns)),
            (false, true, false) => ([latitude, longitude], () => grid.CellOf(table.Number(latitude), table.Number(longitude))),
            (false, false, true) => ([id], ById(table, id, grid)),
            _ => throw new HotspotException(table.Name, $"the header {table.HeaderText}",
                "either row and column, or latitude and longitude, or location_id", "Name the columns that say which cell a row is about."),
        };
    }

    static int Side(ExternalTable table, int column, int count) => table.Number(column) is var value && value == (int)value && value >= 0
        && value < count
        ? (int)value : throw table.Invalid(column, $"a whole number from 0 to {count - 1}");

    static Func<int> ById(ExternalTable table, int column, GridSpec grid)
    {
        var cells = new Dictionary<long, int>();
        for (int cell = 0; cell < grid.CellCount; cell++)
        {
            (double latitude, double longitude) = grid.CellCenter(cell / grid.Columns, cell % grid.Columns);
            if (!cells.TryAdd(LocationId.Of(latitude, longitude), cell))
                throw new HotspotException(table.Name, $"the column location_id for {grid}", "a grid whose cells have ids of their own",
                    "Say which cell a row is about by row and column.");
        }
        return () => long.TryParse(table.Text(column), NumberStyles.None, CultureInfo.InvariantCulture, out long id)
            ? cells.GetValueOrDefault(id, -1) : throw table.Invalid(column, "a whole number");
    }

    internal double Value(int cell, int feature) => _rows[cell][feature];

    static string Name(GridSpec grid, int cell) => $"row {cell / grid.Columns}, column {cell % grid.Columns}";
}
