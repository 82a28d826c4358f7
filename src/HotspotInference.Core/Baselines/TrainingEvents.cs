using HotspotInference.Heatmaps;
using HotspotInference.Periods;

namespace HotspotInference.Baselines;

/// <summary>
/// One class's incidents as a fit sees them: only periods that count (neither missing nor left out), numbered 0, 1, ... from the start of
/// history to the end of training, as the discounting of a city's state counts them too. Sparse: the empty cells are not stored.
/// </summary>
sealed class TrainingEvents
{
    readonly int[] _starts;
    readonly HeatmapEntry[] _entries;

    TrainingEvents(HeatmapSpec spec, string name, long[] numbers, int firstTarget, int[] starts, HeatmapEntry[] entries)
    {
        Spec = spec;
        Name = name;
        Numbers = numbers;
        FirstTarget = firstTarget;
        _starts = starts;
        _entries = entries;
        TargetTotal = entries.AsSpan(starts[firstTarget]..).ToArray().Sum(entry => (double)entry.Count);
    }

    /// <summary>How the heat maps are made.</summary>
    public HeatmapSpec Spec { get; }

    /// <summary>The class.</summary>
    public string Name { get; }

    /// <summary>For each period that counts its number (<see cref="Cadence.IndexOf"/>).</summary>
    public long[] Numbers { get; }

    /// <summary>How many periods count, those before training with them.</summary>
    public int Periods => Numbers.Length;

    /// <summary>The first that is learnt: in the training span, and with at least one before it.</summary>
    public int FirstTarget { get; }

    /// <summary>How many periods are learnt.</summary>
    public int Targets => Periods - FirstTarget;

    /// <summary>Cells times periods learnt.</summary>
    public double CellPeriods => (double)Targets * Spec.Grid.CellCount;

    /// <summary>Incidents in the periods learnt, above 0.</summary>
    public double TargetTotal { get; }

    /// <summary>The cells with incidents (<see cref="HeatmapEntry.Index"/> is the cell) in one period, in their order.</summary>
    public ReadOnlySpan<HeatmapEntry> Of(int period) => _entries.AsSpan(_starts[period].._starts[period + 1]);

    /// <summary>Cells with incidents in the periods learnt.</summary>
    public int TargetEntries => _entries.Length - _starts[FirstTarget];

    /// <summary>The incidents of each period learnt's cells, in the order of <see cref="Of"/>.</summary>
    public double[] TargetCounts() => [.. _entries.AsSpan(_starts[FirstTarget]..).ToArray().Select(entry => (double)entry.Count)];

    /// <summary>The incidents in one period.</summary>
    public double Total(int period)
    {
        double total = 0;
        foreach (HeatmapEntry entry in Of(period))
            total += entry.Count;
        return total;
    }

    /// <summary>Collects every class's incidents.</summary>
    /// <exception cref="ArgumentException"><paramref name="training"/> is of another cadence.</exception>
    /// <exception cref="HotspotException">
    /// The span leaves the series, or holds no period or no incident of a class to learn from.
    /// </exception>
    public static TrainingEvents[] Collect(HeatmapSeries series, PeriodRange training, CancellationToken cancellationToken)
    {
        (long[] numbers, int firstTarget) = Counted(series, training);
        HeatmapSpec spec = series.Spec;
        int cells = spec.Grid.CellCount;
        int classes = spec.Kinds.Classes.Count;
        var entries = new List<HeatmapEntry>[classes];
        var starts = new int[classes][];
        for (int c = 0; c < classes; c++)
            (entries[c], starts[c]) = ([], new int[numbers.Length + 1]);
        for (int k = 0; k < numbers.Length; k++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (HeatmapEntry entry in series.Entries(series.PositionOf(numbers[k])))
            {
                (int c, int cell) = Math.DivRem(entry.Index, cells);
                entries[c].Add(entry with { Index = cell });
            }
            for (int c = 0; c < classes; c++)
                starts[c][k + 1] = entries[c].Count;
        }
        for (int c = 0; c < classes; c++)
        {
            if (entries[c].Count == starts[c][firstTarget])
                throw new HotspotException($"class '{spec.Kinds.Classes[c]}'", "no incident in the training span", "at least one",
                    "Leave the class out, join it with another, or widen the span.");
        }
        return [.. spec.Kinds.Classes.Select((name, c) =>
            new TrainingEvents(spec, name, numbers, firstTarget, starts[c], [.. entries[c]]))];
    }

    /// <summary>The numbers of the periods that count, up to the end of training, and the position of the first that is learnt.</summary>
    public static (long[] Numbers, int FirstTarget) Counted(HeatmapSeries series, PeriodRange training)
    {
        ArgumentNullException.ThrowIfNull(series);
        if (training.Cadence != series.Spec.Cadence)
            throw new ArgumentException($"The periods are of a {training.Cadence}; expected the heat maps' {series.Spec.Cadence}.",
                nameof(training));
        if (training.First < series.Periods.First || training.End > series.Periods.End)
            throw new HotspotException("training span", $"{training}", $"periods within {series.Periods}",
                "Narrow the span, or give incidents that cover it.");
        int known = (int)(training.End - series.Periods.First);
        long[] numbers = [.. Enumerable.Range(0, known)
            .Where(i => !series.IsMissing(i) && !series.Spec.IsExcluded(series.Periods.First + i))
            .Select(i => series.Periods.First + i)];
        // The first period of all has no history to be forecast from.
        int firstTarget = Math.Max(1, numbers.Count(number => number < training.First));
        if (firstTarget >= numbers.Length)
            throw new HotspotException("training span", $"{training} with no period to learn from",
                "periods that are neither missing nor left out, and at least one before the last",
                "Widen the span, or let the history begin earlier.");
        return (numbers, firstTarget);
    }
}
