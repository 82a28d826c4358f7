using System.Numerics.Tensors;
using HotspotInference.Heatmaps;

namespace HotspotInference.Baselines;

/// <summary>
/// What a running rate, smoothed in space, said before each period learnt: its value at the cells where incidents then were, and its sum
/// over all cells. The same numbers as those of a city's state.
/// </summary>
static class RateScores
{
    /// <summary>Runs through the past.</summary>
    /// <param name="events">The incidents.</param>
    /// <param name="halfLife">Half-life in periods, above 0.</param>
    /// <param name="bandwidth">Standard deviation of the smoothing in metres, 0 for none.</param>
    /// <param name="scores">Receives the rate for each of <see cref="TrainingEvents.TargetEntries"/>.</param>
    /// <param name="sums">Receives the rate's sum over all cells for each of <see cref="TrainingEvents.Targets"/>.</param>
    public static void Run(TrainingEvents events, double halfLife, double bandwidth, Span<double> scores, Span<double> sums)
    {
        GridSpec grid = events.Spec.Grid;
        var kernel = new GridKernel(grid, bandwidth);
        double decay = Math.Pow(0.5, 1 / halfLife), total = 0, periods = 0;
        var map = new double[grid.CellCount];
        var across = new double[grid.Columns];
        int entryNumber = 0;
        for (int k = 0; k < events.Periods; k++)
        {
            if (k >= events.FirstTarget)
            {
                sums[k - events.FirstTarget] = total / periods;
                int row = -1;
                foreach (HeatmapEntry entry in events.Of(k))
                {
                    (int entryRow, int column) = Math.DivRem(entry.Index, grid.Columns);
                    if (entryRow != row)
                        kernel.Row(map, row = entryRow, across);
                    scores[entryNumber++] = kernel.At(across, column) / periods;
                }
            }
            TensorPrimitives.Multiply(map, decay, map);
            foreach (HeatmapEntry entry in events.Of(k))
                map[entry.Index] += entry.Count;
            total = total * decay + events.Total(k);
            periods = periods * decay + 1;
        }
    }
}
