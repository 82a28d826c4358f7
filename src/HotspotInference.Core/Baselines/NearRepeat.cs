using HotspotInference.Features;
using HotspotInference.Prediction;

namespace HotspotInference.Baselines;

/// <summary>
/// The next incident is near the last ones, in space and time, or else falls as the last months say: the near repeats of Townsley, Homel
/// and Chaseling (2003) and Bowers, Johnson and Pease (2004) as a mixture,
/// <c>(1 - w) EWMA + w sum_i exp(-age_i / A) exp(-distance_i / D)</c>, the sum scaled to 1 over the grid and the EWMA of 90 days.
/// Immutable, safe to share between threads.
/// </summary>
public sealed class NearRepeat : INextIncidentForecaster
{
    const double HalfLifeDays = 90;
    // Where a weight is below e^-5 of a fresh incident's.
    const double Farthest = 5;
    const int MostFitted = 1000, Rounds = 50;

    static readonly double[] s_ageDays = [1 / 24.0, 0.25, 1, 4, 14, 56];
    static readonly double[] s_distanceMeters = [100, 200, 400, 800];
    static readonly PlaceRates s_base = PlaceRates.Weighted(HalfLifeDays);

    readonly GridSpec _grid;
    readonly (int Row, int Column, double Weight)[] _kernel;

    /// <summary>A mixture.</summary>
    /// <param name="grid">The grid.</param>
    /// <param name="share">The share w of near repeats, 0..1.</param>
    /// <param name="ageDays">The age A in days, above 0.</param>
    /// <param name="distanceMeters">The distance D in metres, above 0.</param>
    public NearRepeat(GridSpec grid, double share, double ageDays, double distanceMeters)
    {
        ArgumentNullException.ThrowIfNull(grid);
        ArgumentOutOfRangeException.ThrowIfNegative(share);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(ageDays);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(distanceMeters);
        (_grid, Share, AgeDays, DistanceMeters) = (grid, share, ageDays, distanceMeters);
        _kernel = [.. Kernel()];
    }

    /// <inheritdoc/>
    public string Name => "near repeat";

    /// <inheritdoc/>
    public int NeededEvents => 1;

    /// <summary>The share w of near repeats.</summary>
    public double Share { get; }

    /// <summary>The age A after which an incident counts 1/e, days.</summary>
    public double AgeDays { get; }

    /// <summary>The distance D at which it counts 1/e, metres.</summary>
    public double DistanceMeters { get; }

    /// <summary>
    /// Finds the numbers of greatest likelihood over the last incidents known, at most 1,000, each forecast from those strictly before it:
    /// w by expectation and maximisation, A of 1 hour to 56 days, and D of 100 to 800 m.
    /// </summary>
    /// <param name="events">The incidents.</param>
    /// <param name="end">Those at or after this moment are not looked at.</param>
    public static NearRepeat Fit(EventSequence events, DateTime end)
    {
        ArgumentNullException.ThrowIfNull(events);
        GridSpec grid = events.Spec.Grid;
        int known = events.Before(end).Count;
        int[] targets = [.. Enumerable.Range(Math.Max(0, known - MostFitted), Math.Min(known, MostFitted))
            .Where(i => events.Before(events.TimeOf(i)).Count > 0)];
        double[] usual = Probabilities(events, s_base, targets);
        NearRepeat best = new(grid, 0, s_ageDays[0], s_distanceMeters[0]);
        double highest = double.NegativeInfinity;
        foreach (double age in s_ageDays)
        {
            foreach (double distance in s_distanceMeters)
            {
                double[] near = Probabilities(events, new NearRepeat(grid, 1, age, distance), targets);
                double share = ShareOf(near, usual);
                double likelihood = near.Zip(usual, (n, u) => Math.Log(share * n + (1 - share) * u)).Sum();
                if (likelihood > highest && targets.Length > 0)
                    (highest, best) = (likelihood, new NearRepeat(grid, share, age, distance));
            }
        }
        return best;
    }

    /// <inheritdoc/>
    public void Predict(PastEvents past, Span<float> probabilities)
    {
        if (Share < 1)
            s_base.Predict(past, probabilities);
        else
            probabilities.Clear();
        double[] near = Near(past);
        double sum = near.Sum();
        for (int cell = 0; cell < near.Length; cell++)
            probabilities[cell] = (float)((1 - Share) * probabilities[cell] + Share * near[cell] / sum);
    }

    static double[] Probabilities(EventSequence events, INextIncidentForecaster forecaster, int[] targets)
    {
        var probabilities = new float[events.Spec.Grid.CellCount];
        return Array.ConvertAll(targets, target =>
        {
            forecaster.Predict(events.Before(events.TimeOf(target)), probabilities);
            return (double)probabilities[events.CellOf(target)];
        });
    }

    static double ShareOf(double[] near, double[] usual)
    {
        double share = 0.5;
        for (int round = 0; round < Rounds && near.Length > 0; round++)
            share = near.Zip(usual, (n, u) => share * n / (share * n + (1 - share) * u)).Average();
        return share;
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

    IEnumerable<(int Row, int Column, double Weight)> Kernel()
    {
        int rows = Reach(_grid.CellHeightMeters, _grid.Rows), columns = Reach(_grid.CellWidthMeters, _grid.Columns);
        for (int row = -rows; row <= rows; row++)
        {
            for (int column = -columns; column <= columns; column++)
            {
                double distance = double.Hypot(row * _grid.CellHeightMeters, column * _grid.CellWidthMeters) / DistanceMeters;
                if (distance <= Farthest)
                    yield return (row, column, Math.Exp(-distance));
            }
        }
    }

    int Reach(double cellMeters, int cells) => (int)Math.Min(cells - 1, Farthest * DistanceMeters / cellMeters);
}
