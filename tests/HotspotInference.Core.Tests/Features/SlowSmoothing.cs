namespace HotspotInference.Tests.Features;

/// <summary>
/// A Gaussian cut at four standard deviations, cell after cell in double precision; what leaves the grid is mirrored at its edge.
/// </summary>
sealed class SlowSmoothing
{
    readonly int _rows, _columns, _radius;
    readonly double[] _weights;

    public SlowSmoothing(double width, GridSpec grid)
        : this(width, grid.Rows, grid.Columns)
    {
    }

    public SlowSmoothing(double width, int rows, int columns)
    {
        (_rows, _columns, _radius) = (rows, columns, (int)(4 * width + 0.5));
        _weights = [.. Enumerable.Range(-_radius, 2 * _radius + 1).Select(i => width > 0 ? Math.Exp(-0.5 * i * i / (width * width)) : 1)];
        double sum = _weights.Sum();
        for (int i = 0; i < _weights.Length; i++)
            _weights[i] /= sum;
    }

    /// <summary>Adds a count in a cell to a map.</summary>
    public void Add(double count, int cell, double[] map)
    {
        for (int dr = -_radius; dr <= _radius; dr++)
        for (int dc = -_radius; dc <= _radius; dc++)
            map[Row(cell, dr) * _columns + Mirror(cell % _columns + dc, _columns)] += count * _weights[dr + _radius] * _weights[dc + _radius];
    }

    /// <summary>The rows that a count in a cell reaches.</summary>
    public IEnumerable<int> RowsReached(int cell) => Enumerable.Range(-_radius, 2 * _radius + 1).Select(dr => Row(cell, dr));

    int Row(int cell, int offset) => Mirror(cell / _columns + offset, _rows);

    // Half-sample symmetric, by its period of twice the length.
    static int Mirror(int position, int length)
    {
        int within = (position % (2 * length) + 2 * length) % (2 * length);
        return within < length ? within : 2 * length - 1 - within;
    }
}
