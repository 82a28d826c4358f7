using System.Globalization;

namespace HotspotInference.Evaluation;

/// <summary>What the scores of one forecaster of the next incident follow from, day by day.</summary>
sealed class NextIncidentSums
{
    // The logarithm of nothing would outweigh all else.
    const double LeastProbability = 1e-12;

    readonly IReadOnlyList<int> _topCells;
    // [score][day]: hits of each k, then the sums of 1 / rank and of the logarithms.
    readonly double[][] _sums;
    readonly int[] _incidents;

    public NextIncidentSums(IReadOnlyList<int> topCells, int days)
    {
        _topCells = topCells;
        _incidents = new int[days];
        _sums = [.. Enumerable.Range(0, topCells.Count + 2).Select(_ => new double[days])];
    }

    public void Add(int day, int rank, float probability)
    {
        _incidents[day]++;
        for (int k = 0; k < _topCells.Count; k++)
            _sums[k][day] += rank <= _topCells[k] ? 1 : 0;
        _sums[^2][day] += 1.0 / rank;
        _sums[^1][day] += Math.Log(Math.Max(probability, LeastProbability));
    }

    /// <summary>The means over all incidents, and over those of each draw of days.</summary>
    public NextIncidentScore Score(string name, IntervalMethod interval)
    {
        int[] once = new int[_incidents.Length];
        Array.Fill(once, 1);
        double[] values = [.. _sums.Select(sum => Mean(sum, once))];
        var draws = new double[_sums.Length][];
        for (int score = 0; score < draws.Length; score++)
            draws[score] = new double[interval.Draws];
        int draw = 0;
        foreach (int[] weights in PeriodDraws.Weights(_incidents.Length, interval.BlockPeriods, interval.Draws, interval.Seed))
        {
            for (int score = 0; score < draws.Length; score++)
                draws[score][draw] = Mean(_sums[score], weights);
            draw++;
        }
        ScoreDraws[] scores = [.. values.Select((value, i) => new ScoreDraws(value, draws[i], HigherIsBetter: true))];
        return new NextIncidentScore
        {
            Name = name,
            TopCells = Enumerable.Range(0, _topCells.Count).ToDictionary(k => _topCells[k], k => scores[k].ToEstimate()),
            MeanReciprocalRank = scores[^2].ToEstimate(),
            MeanLogProbability = scores[^1].ToEstimate(),
            Draws = new Dictionary<string, ScoreDraws>(Enumerable.Range(0, _topCells.Count).Select(k => KeyValuePair.Create(
                string.Create(CultureInfo.InvariantCulture, $"top_cells/{_topCells[k]}"), scores[k])))
            {
                ["mean_reciprocal_rank"] = scores[^2],
                ["mean_log_probability"] = scores[^1],
            },
        };
    }

    double Mean(double[] sums, int[] weights)
    {
        double sum = 0, incidents = 0;
        for (int day = 0; day < weights.Length; day++)
        {
            sum += weights[day] * sums[day];
            incidents += weights[day] * (double)_incidents[day];
        }
        return sum / incidents;
    }
}
