using HotspotInference.Heatmaps;

namespace HotspotInference.Evaluation;

/// <summary>
/// The cells where anything is known to happen: those with an incident in the history before the periods scored. Chosen by the past alone,
/// since choosing by the outcome would make every calibrated forecast look too low.
/// </summary>
public static class ActiveCells
{
    /// <summary>Finds the cells with at least one incident before a period; maps that were made up do not count.</summary>
    /// <param name="series">The heat maps.</param>
    /// <param name="period">The number of the first period scored.</param>
    /// <returns><c>[class, row, column]</c>.</returns>
    public static bool[] Before(HeatmapSeries series, long period)
    {
        ArgumentNullException.ThrowIfNull(series);
        var active = new bool[series.Spec.MapLength];
        int known = (int)Math.Clamp(period - series.Periods.First, 0, series.Periods.Count);
        for (int position = 0; position < known; position++)
        {
            if (series.IsMissing(position))
                continue;
            foreach (HeatmapEntry entry in series.Entries(position))
                active[entry.Index] |= entry.Count > 0;
        }
        return active;
    }
}
