namespace HotspotInference.Baselines;

/// <summary>
/// Makes an expected count of a score: <c>scale * score + floor</c>, fitted by Poisson maximum likelihood. That the floor is above 0 keeps
/// a place that was quiet so far from being impossible; the order of cells stays the score's.
/// </summary>
/// <param name="Scale">What one unit of score is worth in incidents, at least 0.</param>
/// <param name="Floor">Incidents expected in every cell and period, above 0.</param>
/// <param name="LogLikelihood">At the maximum, without the term that no parameter enters.</param>
readonly record struct ScaleAndFloor(double Scale, double Floor, double LogLikelihood)
{
    // Incidents that the floor expects at least over all cells and periods learnt.
    const double LeastFloor = 0.5;

    /// <summary>Finds the maximum.</summary>
    /// <param name="scores">The score of each cell and period with incidents, at least 0.</param>
    /// <param name="counts">Its incidents.</param>
    /// <param name="exposure">The sum of the scores over all cells and periods, those without incidents with them.</param>
    /// <param name="floorExposure">The sum of what one unit of floor expects: the number of cells and periods, or of their factors.</param>
    public static ScaleAndFloor Fit(ReadOnlySpan<double> scores, ReadOnlySpan<double> counts, double exposure, double floorExposure)
    {
        double total = 0, scored = 0;
        for (int i = 0; i < counts.Length; i++)
            (total, scored) = (total + counts[i], scored + scores[i]);
        double least = Math.Min(1, LeastFloor / total);
        // At the maximum as many incidents are expected as there were: only their share that is due to the score is free. The likelihood
        // is concave in it.
        double low = 0, high = exposure > 0 && scored > 0 ? 1 - least : 0;
        double perScore = exposure > 0 ? total / exposure : 0, perFloor = total / floorExposure;
        if (Slope(high, scores, counts, perScore, perFloor) < 0)
        {
            while (high - low > 1e-9)
            {
                double middle = (low + high) / 2;
                if (Slope(middle, scores, counts, perScore, perFloor) > 0)
                    low = middle;
                else
                    high = middle;
            }
        }
        double likelihood = -total;
        for (int i = 0; i < counts.Length; i++)
            likelihood += counts[i] * Math.Log(high * perScore * scores[i] + (1 - high) * perFloor);
        return new ScaleAndFloor(high * perScore, (1 - high) * perFloor, likelihood);
    }

    static double Slope(double share, ReadOnlySpan<double> scores, ReadOnlySpan<double> counts, double perScore, double perFloor)
    {
        double slope = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            double score = perScore * scores[i];
            slope += counts[i] * (score - perFloor) / (share * score + (1 - share) * perFloor);
        }
        return slope;
    }
}
