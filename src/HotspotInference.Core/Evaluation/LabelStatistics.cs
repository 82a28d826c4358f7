using HotspotInference.Forecasts;

namespace HotspotInference.Evaluation;

/// <summary>
/// Counts the six labels of one period at every percentile, and what is expected of them where as many cells were flagged at random.
/// Holds scratch space; not thread-safe.
/// </summary>
sealed class LabelStatistics(ScoringOptions options, StatisticsLayout layout, int rows, int columns)
{
    readonly int _cells = rows * columns;
    readonly float[] _nearbyRisk = new float[rows * columns];
    readonly float[] _nearbyEvents = new float[rows * columns];
    // Cells with an event by the size of their neighbourhood, themselves included.
    readonly int[] _eventsByNeighbourhood = new int[10];

    /// <param name="className">The class.</param>
    /// <param name="risk"><c>[row, column]</c>.</param>
    /// <param name="actual"><c>[row, column]</c>.</param>
    /// <param name="ascendingRisk">The risk in ascending order.</param>
    /// <param name="row">Receives the labels.</param>
    public void Add(string className, ReadOnlySpan<float> risk, ReadOnlySpan<float> actual,
        ReadOnlySpan<float> ascendingRisk, Span<double> row)
    {
        SixLabels.NeighbourMaximum(risk, columns, _nearbyRisk);
        SixLabels.NeighbourMaximum(actual, columns, _nearbyEvents);
        int positives = 0, isolated = 0;
        Array.Clear(_eventsByNeighbourhood);
        for (int i = 0; i < _cells; i++)
        {
            if (actual[i] > 0)
            {
                positives++;
                _eventsByNeighbourhood[Extent(i / columns, rows) * Extent(i % columns, columns)]++;
            }
            else if (!(_nearbyEvents[i] > 0))
            {
                isolated++;
            }
        }
        for (int p = 0; p < options.LabelPercentiles.Count; p++)
        {
            double percentile = options.LabelPercentiles[p];
            double threshold = options.Thresholds is { } table && table.TryGet(className, percentile, out RiskThreshold stored)
                ? stored.Value
                : Percentiles.OfSorted(ascendingRisk, percentile);
            Span<double> counts = row.Slice(layout.Label(p, default), SixLabels.Count);
            int flagged = 0;
            for (int i = 0; i < _cells; i++)
            {
                bool hot = risk[i] > threshold;
                flagged += hot ? 1 : 0;
                counts[(int)SixLabels.LabelOf(hot, _nearbyRisk[i] > threshold, actual[i] > 0, _nearbyEvents[i] > 0)]++;
            }
            AddRandom(flagged, positives, isolated, row.Slice(layout.RandomLabel(p, default), SixLabels.Count));
        }
    }

    // Every choice of so many cells is as likely as any other, so that each cell is flagged with the same chance, and a neighbourhood of m
    // cells holds none of them with the hypergeometric chance C(cells - m, flagged) / C(cells, flagged).
    void AddRandom(int flagged, int positives, int isolated, Span<double> expected)
    {
        double share = (double)flagged / _cells, missed = 0;
        for (int size = 1; size < _eventsByNeighbourhood.Length; size++)
        {
            if (_eventsByNeighbourhood[size] == 0)
                continue;
            double none = 1;
            for (int i = 0; i < size; i++)
                none *= Math.Max(0, _cells - flagged - i) / (double)(_cells - i);
            missed += _eventsByNeighbourhood[size] * none;
        }
        expected[(int)CellLabel.Correct] += share * positives;
        expected[(int)CellLabel.FalseNegative] += missed;
        expected[(int)CellLabel.FalseNegativeNeighbour] += (1 - share) * positives - missed;
        expected[(int)CellLabel.FalsePositive] += share * isolated;
        expected[(int)CellLabel.FalsePositiveNeighbour] += share * (_cells - positives - isolated);
        expected[(int)CellLabel.TrueNegative] += (1 - share) * (_cells - positives);
    }

    static int Extent(int position, int count) => Math.Min(position + 1, count - 1) - Math.Max(position - 1, 0) + 1;
}
