using System.Runtime.InteropServices;
using HotspotInference.Forecasts;

namespace HotspotInference.Evaluation;

/// <summary>
/// Risk, outcome and period of every cell-period of one class, for the scores of their order: 8 bytes each, 288 MiB for a year of
/// hourly 64 x 64 maps, and up to three times that while it grows beyond its capacity. Sorted once; each choice of periods is
/// then one linear pass.
/// </summary>
sealed class RankedOutcomes(int capacity = 0)
{
    const uint Positive = 1u << 31;

    // From the top: falling risk (32 bits), positive (1 bit), period (31 bits).
    readonly List<ulong> _keys = new(capacity);
    bool _sorted = true;

    public void Add(int period, ReadOnlySpan<float> risk, ReadOnlySpan<float> actual)
    {
        if (_keys.Count + (long)risk.Length > Array.MaxLength)
            throw new HotspotException("scoring", $"more than {_keys.Count} cell-periods", $"at most {Array.MaxLength} a class",
                "Score a shorter span or a coarser grid.");
        int start = _keys.Count;
        CollectionsMarshal.SetCount(_keys, start + risk.Length);
        Span<ulong> added = CollectionsMarshal.AsSpan(_keys)[start..];
        for (int i = 0; i < added.Length; i++)
            added[i] = RiskOrder.Descending(risk[i]) << 32 | (actual[i] > 0 ? Positive : 0) | (uint)period;
        _sorted = false;
    }

    /// <summary>The scores over a choice of periods.</summary>
    /// <param name="weights">How often each period counts.</param>
    public RankingScores Score(ReadOnlySpan<int> weights)
    {
        ReadOnlySpan<ulong> keys = Sorted();
        // Whole numbers stay exact: positives times negatives, twice, are at most half the square of Array.MaxLength.
        long seen = 0, found = 0, seenBefore = 0, foundBefore = 0, orderedTwice = 0;
        double sum = 0;
        for (int i = 0; i < keys.Length; i++)
        {
            uint low = (uint)keys[i];
            int weight = weights[(int)(low & ~Positive)];
            seen += weight;
            found += (low & Positive) != 0 ? weight : 0;
            if (i + 1 < keys.Length && keys[i + 1] >> 32 == keys[i] >> 32)
                continue;
            long positives = found - foundBefore, negatives = seen - seenBefore - positives;
            if (positives > 0)
                sum += positives * ((double)found / seen);
            // Each negative comes behind the positives seen before, and with half of those of its own risk.
            orderedTwice += negatives * (found + foundBefore);
            (seenBefore, foundBefore) = (seen, found);
        }
        return new RankingScores(sum / found, orderedTwice / (2.0 * found * (seen - found)));
    }

    /// <summary>
    /// Adds every cell-period to one of so many bins of equal mass: that of the number of cell-periods of lower risk, times the bins,
    /// over all of them. Equal risks stay together.
    /// </summary>
    /// <param name="bins">How many bins.</param>
    /// <param name="rows">By period: the row whose bins receive risk, positives and cell-periods.</param>
    /// <param name="first">Where the first bin stands in a row.</param>
    public void AddEqualMassBins(int bins, IReadOnlyList<double[]> rows, int first)
    {
        ReadOnlySpan<ulong> keys = Sorted();
        int start = 0;
        while (start < keys.Length)
        {
            int end = start + 1;
            while (end < keys.Length && keys[end] >> 32 == keys[start] >> 32)
                end++;
            int bin = first + StatisticsLayout.BinWidth * (int)((long)bins * (keys.Length - end) / keys.Length);
            double risk = RiskOrder.Risk(keys[start]);
            foreach (ulong key in keys[start..end])
            {
                uint low = (uint)key;
                double[] row = rows[(int)(low & ~Positive)];
                row[bin] += risk;
                row[bin + 1] += (low & Positive) != 0 ? 1 : 0;
                row[bin + 2]++;
            }
            start = end;
        }
    }

    ReadOnlySpan<ulong> Sorted()
    {
        Span<ulong> keys = CollectionsMarshal.AsSpan(_keys);
        if (!_sorted)
            keys.Sort();
        _sorted = true;
        return keys;
    }
}
