using HotspotInference.Prediction;

namespace HotspotInference.Training.Calibrations;

/// <summary>
/// Isotonic regression of what happened on risk by pooling adjacent violators (Ayer et al. 1955; Zadrozny and Elkan 2002, section 3): of
/// all rising functions the one of least squared error, which is also the most likely.
/// </summary>
static class PooledRisk
{
    /// <summary>
    /// How much faster than risk the line may rise: a jump between two neighbours is chance, and what one runtime's last digit says must
    /// not matter.
    /// </summary>
    public const double Steepest = 5;

    /// <summary>The regression's steps, by rising risk, with rates that rise from each to the next.</summary>
    /// <param name="risks">Risks in 0..1.</param>
    /// <param name="counts">How many incidents there were at each.</param>
    public static List<Block> Pool(ReadOnlySpan<float> risks, ReadOnlySpan<float> counts)
    {
        float[] keys = risks.ToArray(), found = counts.ToArray();
        Array.Sort(keys, found);
        var blocks = new List<Block>();
        for (int i = 0; i < keys.Length;)
        {
            var block = new Block(0, 0, 0);
            // The same risk is one point, whatever order sorting left it in.
            for (int first = i; i < keys.Length && keys[i] == keys[first]; i++)
                block += new Block(1, keys[i], found[i] > 0 ? 1 : 0);
            while (blocks.Count > 0 && blocks[^1].Rate >= block.Rate)
            {
                block += blocks[^1];
                blocks.RemoveAt(blocks.Count - 1);
            }
            blocks.Add(block);
        }
        return blocks;
    }

    /// <summary>
    /// A line of straight pieces through the steps' means, from (0, 0) to (1, 1). Neighbours are joined where a step says that something
    /// never or always happens, where the line would be too steep, and where there are too many, those first that differ least.
    /// </summary>
    /// <param name="risks">Risks in 0..1.</param>
    /// <param name="counts">How many incidents there were at each.</param>
    /// <param name="maximum">Knots at most, the two ends included.</param>
    public static (double[] Risks, double[] Calibrated) Knots(ReadOnlySpan<float> risks, ReadOnlySpan<float> counts,
        int maximum = ClassCalibration.MaximumKnots)
    {
        List<Block> blocks = Pool(risks, counts);
        while (blocks.Count > 1 && First(blocks) is var position and >= 0)
            Join(position);
        while (blocks.Count > Math.Max(1, maximum - 2))
            Join(Enumerable.Range(0, blocks.Count - 1).MinBy(i => blocks[i].CostOfJoining(blocks[i + 1])));
        // One step that is left may still be of no use: nothing happened, or everything.
        if (blocks.Count == 1 && First(blocks) >= 0)
            blocks.Clear();
        return ([0, .. blocks.Select(block => block.Risk), 1], [0, .. blocks.Select(block => block.Rate), 1]);

        void Join(int i)
        {
            blocks[i] += blocks[i + 1];
            blocks.RemoveAt(i + 1);
        }
    }

    // The step that is to be joined with the next; -1 where none is.
    static int First(List<Block> blocks)
    {
        int last = blocks.Count - 1;
        if (!blocks[0].IsBetween || blocks[0].Rate > Steepest * blocks[0].Risk)
            return 0;
        if (!blocks[last].IsBetween || 1 - blocks[last].Rate > Steepest * (1 - blocks[last].Risk))
            return Math.Max(0, last - 1);
        for (int i = 0; i < last; i++)
        {
            if (blocks[i + 1].Rate - blocks[i].Rate > Steepest * (blocks[i + 1].Risk - blocks[i].Risk))
                return i;
        }
        return -1;
    }

    /// <summary>A step: how many samples, the sum of their risks, and in how many something happened.</summary>
    public readonly record struct Block(double Samples, double Risks, double Happened)
    {
        /// <summary>Mean risk.</summary>
        public double Risk => Risks / Samples;

        /// <summary>The share in which something happened.</summary>
        public double Rate => Happened / Samples;

        /// <summary>Whether risk and rate lie between 0 and 1.</summary>
        public bool IsBetween => Risk is > 0 and < 1 && Rate is > 0 and < 1;

        /// <summary>By how much the squared error grows where two steps become one (Ward 1963).</summary>
        public double CostOfJoining(Block other) =>
            Samples * other.Samples / (Samples + other.Samples) * (Rate - other.Rate) * (Rate - other.Rate);

        public static Block operator +(Block a, Block b) => new(a.Samples + b.Samples, a.Risks + b.Risks, a.Happened + b.Happened);
    }
}
