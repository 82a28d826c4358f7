using System.Globalization;

namespace HotspotInference.Incidents;

/// <summary>The rows and columns that tensors reach to: the grid on which their cells lie as they did.</summary>
sealed class TensorExtent(TensorOptions? options)
{
    int _rows;
    int _columns;

    public void Add(int row, int column) => (_rows, _columns) = (Math.Max(_rows, row + 1), Math.Max(_columns, column + 1));

    /// <summary>The options that make that grid; null where no tensor was read.</summary>
    public string? Note => options is null || _rows == 0 ? null : string.Create(CultureInfo.InvariantCulture,
        $"counts of a tensor were placed at the centres of {_rows} x {_columns} cells: "
        + $"--area {options.OriginLatitude},{options.OriginLongitude},"
        + $"{options.OriginLatitude + _rows / options.CellsPerDegreeLatitude},"
        + $"{options.OriginLongitude + _columns / options.CellsPerDegreeLongitude} "
        + $"--grid {_rows}x{_columns} has the same cells");
}
