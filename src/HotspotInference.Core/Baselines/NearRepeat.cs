using HotspotInference.Features;
using HotspotInference.Prediction;

namespace HotspotInference.Baselines;

/// <summary>
/// The next incident is near the last ones, in space and time, or else falls as the historical frequency says: the near repeats of
/// Townsley, Homel and Chaseling (2003) and Bowers, Johnson and Pease (2004) as a mixture,
/// <c>(1 - w) frequency + w sum_i exp(-age_i / 14 days) exp(-distance_i / 400 m)</c>, the sum scaled to 1 over the grid. Immutable, safe to
/// share between threads.
/// </summary>
public sealed class NearRepeat : INextIncidentForecaster
{
    const double AgeDays = 14, DistanceMeters = 400;
    // Where a weight is below e^-5 of a fresh incident's.
    const double Farthest = 5;
    const int MostFitted = 2000, Rounds = 50;

    readonly GridSpec _grid;
    readonly double _share;
    readonly (int Row, int Column, double Weight)[] _kernel;

    /// <summary>A mixture of a given share.</summary>
    /// <param name="grid">The grid.</param>
    /// <param name="share">The share w of near repeats, 0..1.</param>
    public NearRepeat(GridSpec grid, double share)
    {
        ArgumentNullException.ThrowIfNull(grid);
        ArgumentOutOfRangeException.ThrowIfNegative(share);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 1);
        (_grid, _share, _kernel) = (grid, share, [.. Kernel(grid)]);
    }

    /// <inheritdoc/>
    public string Name => "near repeat";

    /// <inheritdoc/>
    public int NeededEvents => 1;

    /// <summary>The share of near repeats.</summary>
    public double Share => _share;

    /// <summary>
    /// Finds the share of greatest likelihood, by expectation and maximisation, over the last incidents known, at most 2,000, each forecast
    /// from those strictly before it.
    /// </summary>
    /// <param name="events">The incidents.</param>
    /// <param name="end">Those at or after this moment are not looked at.</param>
    public static NearRepeat Fit(EventSequence events, DateTime end)
    {
        ArgumentNullException.ThrowIfNull(events);
        GridSpec grid = events.Spec.Grid;
        var repeats = new NearRepeat(grid, 1);
        var pairs = new List<(double Frequent, double Near)>();
        float[] frequent = new float[grid.CellCount], near = new float[grid.CellCount];
        int known = events.Before(end).Count;
        for (int i = Math.Max(0, known - MostFitted); i < known; i++)
        {
            PastEvents past = events.Before(events.TimeOf(i));
            if (past.Count < repeats.NeededEvents)
                continue;
            PlaceRates.Frequency.Predict(past, frequent);
            repeats.Predict(past, near);
            pairs.Add((frequent[events.CellOf(i)], near[events.CellOf(i)]));
        }
        double share = 0.5;
        for (int round = 0; round < Rounds && pairs.Count > 0; round++)
            share = pairs.Average(pair => share * pair.Near / (share * pair.Near + (1 - share) * pair.Frequent));
        return new NearRepeat(grid, share);
    }

    /// <inheritdoc/>
    public void Predict(PastEvents past, Span<float> probabilities)
    {
        PlaceRates.Frequency.Predict(past, probabilities);
        double[] near = Near(past);
        double sum = near.Sum();
        for (int cell = 0; cell < near.Length; cell++)
            probabilities[cell] = (float)((1 - _share) * probabilities[cell] + _share * near[cell] / sum);
    }

    double[] Near(PastEvents past)
    {
        // First what the ages say of each cell: most incidents share theirs with others.
        double[] ages = new double[_grid.CellCount], near = new double[_grid.CellCount];
        DateTime now = past.TimeOf(past.Count - 1);
        for (int i = past.Count - 1; i >= 0; i--)
        {
            double age = (now - past.TimeOf(i)).TotalDays / AgeDays;
            if (age > Farthest)
                break;
            ages[past.CellOf(i)] += Math.Exp(-age);
        }
        for (int cell = 0; cell < ages.Length; cell++)
        {
            if (ages[cell] == 0)
                continue;
            foreach ((int row, int column, double weight) in _kernel)
            {
                int r = cell / _grid.Columns + row, c = cell % _grid.Columns + column;
                if (r >= 0 && r < _grid.Rows && c >= 0 && c < _grid.Columns)
                    near[r * _grid.Columns + c] += ages[cell] * weight;
            }
        }
        return near;
    }

    static IEnumerable<(int Row, int Column, double Weight)> Kernel(GridSpec grid)
    {
        int rows = Reach(grid.CellHeightMeters, grid.Rows), columns = Reach(grid.CellWidthMeters, grid.Columns);
        for (int row = -rows; row <= rows; row++)
        {
            for (int column = -columns; column <= columns; column++)
            {
                double distance = double.Hypot(row * grid.CellHeightMeters, column * grid.CellWidthMeters) / DistanceMeters;
                if (distance <= Farthest)
                    yield return (row, column, Math.Exp(-distance));
            }
        }
    }

    static int Reach(double cellMeters, int cells) => (int)Math.Min(cells - 1, Farthest * DistanceMeters / cellMeters);
}
