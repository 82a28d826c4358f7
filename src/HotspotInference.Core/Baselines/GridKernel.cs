namespace HotspotInference.Baselines;

/// <summary>A Gaussian that is round in metres, over the cells of a grid: separable, no incident leaves the grid. Immutable.</summary>
sealed class GridKernel
{
    readonly GridSpec _grid;
    readonly AxisKernel _rows;
    readonly AxisKernel _columns;

    /// <param name="grid">The grid.</param>
    /// <param name="bandwidth">Standard deviation in metres, at least 0.</param>
    public GridKernel(GridSpec grid, double bandwidth)
    {
        _grid = grid;
        _rows = new AxisKernel(grid.Rows, bandwidth / grid.CellHeightMeters);
        _columns = new AxisKernel(grid.Columns, bandwidth / grid.CellWidthMeters);
    }

    /// <summary>The sums over all rows for one row of targets; then <see cref="At"/> gives each of its cells.</summary>
    public void Row(ReadOnlySpan<double> map, int row, Span<double> across) => _rows.Weigh(map, row, across);

    /// <summary>The smoothed value of a cell in the row that <see cref="Row"/> was asked for.</summary>
    public double At(ReadOnlySpan<double> across, int column) => _columns.Weigh(across, column);

    /// <summary>Smooths a map <c>[row, column]</c>; source and target may be the same.</summary>
    public void Smooth(ReadOnlySpan<float> map, Span<float> smoothed)
    {
        var wide = new double[map.Length];
        var across = new double[_grid.Columns];
        for (int i = 0; i < map.Length; i++)
            wide[i] = map[i];
        for (int row = 0; row < _grid.Rows; row++)
        {
            Row(wide, row, across);
            for (int column = 0; column < across.Length; column++)
                smoothed[row * across.Length + column] = (float)At(across, column);
        }
    }
}
