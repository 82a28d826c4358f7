using System.Globalization;
using HotspotInference.Heatmaps;
using HotspotInference.Periods;

namespace HotspotInference.Trends;

/// <summary>Incidents of one class by step and cell.</summary>
/// <param name="Grid">The study area and its cells.</param>
/// <param name="Steps">The steps, first day and day behind the last.</param>
/// <param name="Counts"><c>[step, row, column]</c>.</param>
sealed record SpaceTimeCube(GridSpec Grid, IReadOnlyList<(DateOnly First, DateOnly End)> Steps, double[] Counts)
{
    public static SpaceTimeCube Of(HeatmapSeries series, int classIndex, TrendStep step)
    {
        HeatmapSpec spec = series.Spec;
        PeriodRange periods = series.Periods;
        if (spec.Cadence.PeriodsPerDay == 0)
            throw new HotspotException("heat maps", $"periods of a {spec.Cadence}", "a day, or less",
                "Build heat maps of a day: steps are made of whole days.");
        List<(DateOnly First, DateOnly End)> steps = step.Within(
            DateOnly.FromDateTime(periods.Start.AddTicks(TimeSpan.TicksPerDay - 1)), DateOnly.FromDateTime(periods.EndTime));
        int cells = spec.Grid.CellCount;
        var counts = new double[checked(steps.Count * cells)];
        for (int i = 0; i < steps.Count; i++)
            Add(series, classIndex, steps[i], counts.AsSpan(i * cells, cells));
        return new SpaceTimeCube(spec.Grid, steps, counts);
    }

    // Days without data are made up for by the step's other days.
    static void Add(HeatmapSeries series, int classIndex, (DateOnly First, DateOnly End) step, Span<double> counts)
    {
        int first = series.PositionOf(step.First), known = 0;
        int length = (step.End.DayNumber - step.First.DayNumber) * series.Spec.Cadence.PeriodsPerDay;
        for (int period = first; period < first + length; period++)
        {
            if (series.IsMissing(period) || series.Spec.IsExcluded(series.Periods.First + period))
                continue;
            known++;
            foreach (HeatmapEntry entry in series.Entries(period))
            {
                (int entryClass, int cell) = Math.DivRem(entry.Index, counts.Length);
                if (entryClass == classIndex)
                    counts[cell] += entry.Count;
            }
        }
        if (known == 0)
            throw new HotspotException("trends",
                string.Create(CultureInfo.InvariantCulture, $"the step from {step.First:yyyy-MM-dd} without any data"),
                "data in every step", "Take longer steps, or a span without the gap.");
        foreach (ref double count in counts)
            count *= (double)length / known;
    }
}
