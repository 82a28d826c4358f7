namespace HotspotInference.Forecasts;

/// <summary>Where the next incident is expected: a probability for each cell, which sum to 1. Immutable.</summary>
public sealed class NextIncidentForecast
{
    readonly float[] _probabilities;

    /// <summary>Takes the probabilities of a grid's cells.</summary>
    /// <param name="grid">The grid.</param>
    /// <param name="probabilities"><c>[row, column]</c>; copied.</param>
    /// <exception cref="ArgumentException">There is not one probability for each cell.</exception>
    public NextIncidentForecast(GridSpec grid, ReadOnlySpan<float> probabilities)
    {
        ArgumentNullException.ThrowIfNull(grid);
        if (probabilities.Length != grid.CellCount)
            throw new ArgumentException($"{probabilities.Length} probabilities given; expected {grid.CellCount}.", nameof(probabilities));
        Grid = grid;
        _probabilities = probabilities.ToArray();
    }

    /// <summary>The grid.</summary>
    public GridSpec Grid { get; }

    /// <summary><c>[row, column]</c>: the probability of each cell.</summary>
    public ReadOnlySpan<float> Probabilities => _probabilities;

    /// <summary>The likeliest cells, the likeliest first; equal ones from the south-west corner eastwards and then northwards.</summary>
    /// <param name="count">How many, at least 0; all where there are fewer.</param>
    public IReadOnlyList<RankedCell> Top(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var keys = new ulong[_probabilities.Length];
        RiskOrder.Sort(_probabilities, Grid.Columns, keys);
        return [.. keys.Take(count).Select((key, i) =>
        {
            int cell = RiskOrder.Cell(key, Grid.Rows, Grid.Columns);
            return new RankedCell(i + 1, cell / Grid.Columns, cell % Grid.Columns, RiskOrder.Risk(key));
        })];
    }

    /// <summary>The rank of a cell in that order, from 1.</summary>
    /// <param name="probabilities"><c>[row, column]</c>, not negative.</param>
    /// <param name="columns">Columns of the grid.</param>
    /// <param name="cell">The cell, <c>row x columns + column</c>.</param>
    internal static int RankOf(ReadOnlySpan<float> probabilities, int columns, int cell)
    {
        int rank = 1, row = cell / columns, column = cell % columns;
        for (int other = 0; other < probabilities.Length; other++)
        {
            // Of equal cells those farther south come first, then those farther west.
            bool isBefore = other / columns > row || (other / columns == row && other % columns < column);
            if (probabilities[other] > probabilities[cell] || (probabilities[other] == probabilities[cell] && isBefore))
                rank++;
        }
        return rank;
    }
}
