namespace HotspotInference.Training.Tuning;

/// <summary>
/// Looks for the configuration that is worth most: many drawn from everywhere and some near the best known, then uphill in ever smaller
/// random steps from the best of these. It takes no gradient, so that whole numbers and choices are steps like any other.
/// </summary>
static class AcquisitionSearch
{
    const int Draws = 1000, Origins = 3, Neighbours = 50, Climbs = 5, Steps = 80;
    const double FirstStep = 0.2, LastStep = 0.002;

    /// <summary>Looks for it.</summary>
    /// <param name="space">Where.</param>
    /// <param name="bestPoints">Points known to be good, best first.</param>
    /// <param name="worth">What a configuration is worth; negative infinity for nothing.</param>
    /// <param name="isNew">Whether a configuration may be chosen.</param>
    /// <param name="random">Draws steps.</param>
    /// <returns>The configuration; null where none that may be chosen was met.</returns>
    public static string[]? Run(SearchSpace space, IReadOnlyList<double[]> bestPoints, Func<string[], double> worth,
        Predicate<string[]> isNew,
        Random random)
    {
        IEnumerable<double[]> everywhere = Enumerable.Range(0, Draws).Select(_ => space.Draw(random));
        IEnumerable<double[]> near = bestPoints.Take(Origins).SelectMany(origin => Enumerable.Range(0, Neighbours)
            .Select(i => space.Neighbour(origin, StepSize(i, Neighbours), random)));
        Candidate[] starts = [.. everywhere.Concat(near).Select(Evaluate).OrderByDescending(candidate => candidate.Worth).Take(Climbs)];
        Candidate best = starts.Select(Climb).MaxBy(candidate => candidate.Worth);
        return double.IsNegativeInfinity(best.Worth) ? null : best.Values;

        Candidate Climb(Candidate at)
        {
            for (int i = 0; i < Steps; i++)
            {
                Candidate next = Evaluate(space.Neighbour(at.Point, StepSize(i, Steps), random));
                if (next.Worth > at.Worth)
                    at = next;
            }
            return at;
        }

        Candidate Evaluate(double[] point)
        {
            string[] values = space.Decode(point);
            return new Candidate(point, values, isNew(values) ? worth(values) : double.NegativeInfinity);
        }
    }

    static double StepSize(int i, int count) => FirstStep * Math.Pow(LastStep / FirstStep, (double)i / (count - 1));

    readonly record struct Candidate(double[] Point, string[] Values, double Worth);
}
