using HotspotInference.Evaluation;

namespace HotspotInference.Tests.Evaluation;

/// <summary>The scores by their definitions, slowly and in double.</summary>
static class SlowScores
{
    public static CellLabel[] Labels(float[] risk, float[] actual, int rows, int columns, double threshold)
    {
        var labels = new CellLabel[risk.Length];
        for (int cell = 0; cell < risk.Length; cell++)
        {
            bool Near(Func<int, bool> holds) => Enumerable.Range(0, rows * columns).Any(other => other != cell
                && Math.Abs(other / columns - cell / columns) <= 1 && Math.Abs(other % columns - cell % columns) <= 1 && holds(other));
            bool nearHot = Near(i => risk[i] > threshold), nearEvent = Near(i => actual[i] > 0);
            string state = (risk[cell] > threshold ? "hot " : "") + (actual[cell] > 0 ? "event" : "");
            labels[cell] = state switch
            {
                "hot event" => CellLabel.Correct,
                "hot " when nearEvent => CellLabel.FalsePositiveNeighbour,
                "hot " => CellLabel.FalsePositive,
                "event" when nearHot => CellLabel.FalseNegativeNeighbour,
                "event" => CellLabel.FalseNegative,
                _ => CellLabel.TrueNegative,
            };
        }
        return labels;
    }

    /// <summary>Precision and recall counted afresh at every distinct risk.</summary>
    public static double AveragePrecision(IReadOnlyList<(float Risk, bool Positive)> pairs)
    {
        double positives = pairs.Count(pair => pair.Positive), recallBefore = 0, sum = 0;
        foreach (float risk in pairs.Select(pair => pair.Risk).Distinct().OrderDescending())
        {
            int flagged = pairs.Count(pair => pair.Risk >= risk), found = pairs.Count(pair => pair.Risk >= risk && pair.Positive);
            double recall = found / positives;
            sum += (recall - recallBefore) * found / flagged;
            recallBefore = recall;
        }
        return sum;
    }

    /// <summary>Every positive against every negative.</summary>
    public static double RocAuc(IReadOnlyList<(float Risk, bool Positive)> pairs)
    {
        var positives = pairs.Where(pair => pair.Positive).ToList();
        var negatives = pairs.Where(pair => !pair.Positive).ToList();
        return positives.Average(positive => negatives.Average(negative =>
            positive.Risk > negative.Risk ? 1.0 : positive.Risk == negative.Risk ? 0.5 : 0));
    }

    /// <summary>Window by window, cell by cell, over maps of one size.</summary>
    public static double Fss(IReadOnlyList<(float[] Risk, float[] Actual)> maps, int rows, int columns, int window)
    {
        double squares = 0, worst = 0;
        foreach ((float[] risk, float[] actual) in maps)
        {
            for (int cell = 0; cell < risk.Length; cell++)
            {
                int[] near = [.. Enumerable.Range(0, rows * columns).Where(other =>
                    Math.Abs(other / columns - cell / columns) <= window / 2 && Math.Abs(other % columns - cell % columns) <= window / 2)];
                double forecast = near.Sum(i => (double)risk[i]) / window / window,
                    observed = near.Count(i => actual[i] > 0) / (double)window / window;
                squares += (forecast - observed) * (forecast - observed);
                worst += forecast * forecast + observed * observed;
            }
        }
        return 1 - squares / worst;
    }

    /// <summary>Hits of the k cells of highest risk, ties by latitude from the south and then by longitude.</summary>
    public static double Hits(float[] risk, float[] actual, int columns, int k) =>
        Enumerable.Range(0, risk.Length).OrderByDescending(i => risk[i]).ThenByDescending(i => i / columns).ThenBy(i => i % columns)
            .Take(k).Sum(i => (double)actual[i]);

    /// <summary>Hits expected over random orders of ties, by drawing many.</summary>
    public static double SimulatedHits(float[] risk, float[] actual, int k, int draws, int seed)
    {
        var random = new Random(seed);
        double sum = 0;
        for (int i = 0; i < draws; i++)
            sum += Enumerable.Range(0, risk.Length).OrderByDescending(cell => risk[cell]).ThenBy(_ => random.Next()).Take(k)
                .Sum(cell => actual[cell]);
        return sum / draws;
    }

    public static double CalibrationError(IReadOnlyList<(float Risk, bool Positive)> pairs, int bins) =>
        pairs.GroupBy(pair => Math.Min((int)(pair.Risk * (double)bins), bins - 1)).Sum(bin =>
            (double)bin.Count() / pairs.Count * Math.Abs(bin.Average(pair => (double)pair.Risk) - bin.Average(pair =>
                pair.Positive ? 1.0 : 0.0)));

    /// <summary>Bins by the share of all pairs that have a lower risk.</summary>
    public static double EqualMassError(IReadOnlyList<(float Risk, bool Positive)> pairs, int bins) =>
        pairs.GroupBy(pair => pairs.Count(other => other.Risk < pair.Risk) * bins / pairs.Count).Sum(bin =>
            (double)bin.Count() / pairs.Count * Math.Abs(bin.Average(pair => (double)pair.Risk) - bin.Average(pair =>
                pair.Positive ? 1.0 : 0.0)));
}
