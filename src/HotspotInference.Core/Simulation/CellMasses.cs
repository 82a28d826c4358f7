using HotspotInference.Grids;

namespace HotspotInference.Simulation;

/// <summary>Adds Gaussians, integrated over each cell, to fields of a grid.</summary>
sealed class CellMasses
{
    // Beyond this many standard deviations a Gaussian holds 2e-9 of its mass.
    const double Reach = 6;

    // Metres north of row edges from the northern one down, metres east of column edges from the western one on.
    readonly double[] _north;
    readonly double[] _east;
    readonly double[] _ofRow;
    readonly double[] _ofColumn;

    public CellMasses(GridSpec grid, LocalPlane plane)
    {
        GeoBounds bounds = grid.Bounds;
        _north = Edges(plane.NorthOf(bounds.North), plane.NorthOf(bounds.South), grid.Rows);
        _east = Edges(plane.EastOf(bounds.West), plane.EastOf(bounds.East), grid.Columns);
        _ofRow = new double[grid.Rows];
        _ofColumn = new double[grid.Columns];
    }

    /// <summary>Adds a Gaussian of total <paramref name="mass"/> to a field <c>[row, column]</c>.</summary>
    public void Add(double[] field, double east, double north, double spread, double mass)
    {
        (int top, int bottom) = Integrate(_north, north, spread, _ofRow);
        (int left, int right) = Integrate(_east, east, spread, _ofColumn);
        for (int row = top; row < bottom; row++)
        {
            double ofRow = mass * _ofRow[row];
            for (int column = left; column < right; column++)
                field[row * _ofColumn.Length + column] += ofRow * _ofColumn[column];
        }
    }

    static double[] Edges(double first, double last, int count) =>
        [.. Enumerable.Range(0, count + 1).Select(i => first + (last - first) * i / count)];

    // The share of a one-dimensional Gaussian between neighbouring edges, for the cells within reach.
    static (int First, int End) Integrate(double[] edges, double middle, double spread, double[] shares)
    {
        int count = shares.Length;
        double step = (edges[^1] - edges[0]) / count;
        double position = (middle - edges[0]) / step, reach = Math.Abs(Reach * spread / step);
        int first = (int)Math.Clamp(Math.Floor(position - reach), 0, count),
            end = (int)Math.Clamp(Math.Ceiling(position + reach), 0, count);
        double sign = Math.Sign(step), below = NormalCdf(sign * (edges[first] - middle) / spread);
        for (int i = first; i < end; i++)
        {
            double above = NormalCdf(sign * (edges[i + 1] - middle) / spread);
            shares[i] = above - below;
            below = above;
        }
        return (first, end);
    }

    /// <summary>
    /// The standard normal distribution function by its Taylor series (Marsaglia 2004, Evaluating the Normal Distribution, section 3).
    /// </summary>
    internal static double NormalCdf(double x)
    {
        if (Math.Abs(x) > Reach)
            return x < 0 ? 0 : 1;
        double sum = x, term = x, previous = 0;
        for (int i = 3; sum != previous; i += 2)
        {
            previous = sum;
            term *= x * x / i;
            sum += term;
        }
        return 0.5 + sum * Math.Exp(-0.5 * x * x) / Math.Sqrt(2 * Math.PI);
    }
}
