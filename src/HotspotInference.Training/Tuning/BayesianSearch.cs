namespace HotspotInference.Training.Tuning;

/// <summary>
/// Bayesian optimisation: a Latin hypercube to begin with, then the configuration from which a Gaussian process of the scores expects the
/// largest improvement (Jones, Schonlau and Welch 1998; Snoek, Larochelle and Adams 2012). How much of a training was seen is one more
/// coordinate, so that scores of a few epochs inform those of all (Klein et al. 2017), and the improvement is that at the last epoch.
/// </summary>
/// <param name="space">Where it searches.</param>
/// <param name="seed">What its chance depends on.</param>
/// <param name="hasRungs">Whether trainings are stopped early.</param>
sealed class BayesianSearch(SearchSpace space, int seed, bool hasRungs = false) : SearchMethod(space, seed)
{
    // Which trial's chance is that of the beginning: none's.
    const int Beginning = -1;
    const int MostInitial = 10;

    readonly Lazy<double[][]> _initial = new(() => [.. LatinHypercube.Draw(Math.Min(2 * space.Parameters.Count + 2, MostInitial),
        space.Parameters.Count, new Random(SeedOf(seed, Beginning))).Select(shares => space.Quantile(shares))]);

    protected override string[]? Choose(int trial, IReadOnlyList<Observation> seen, IReadOnlyList<Observation> underWay,
        Predicate<string[]> isNew, Random random)
    {
        if (trial < _initial.Value.Length)
            return Space.Decode(_initial.Value[trial]) is var first && isNew(first) ? first : null;
        if (seen.Count(observation => observation.Score is not null) < 2)
            return null;
        GaussianProcess process = GaussianProcessFit.Run([.. seen.Select(Coordinates)], Standardized(seen), random)
            .Believing([.. underWay.Select(Coordinates)]);
        // The mean at what was tried, rather than its score: that of few epochs is of another training, and scores have noise.
        double[][] tried = [.. seen.Concat(underWay).Select(observation => Space.Encode(observation.Values))];
        double[] means = [.. tried.Select(point => process.Predict(AtEnd(point)).Mean)];
        double best = means.Min();
        double[][] bestPoints = [.. tried.Zip(means).OrderBy(pair => pair.Second).Select(pair => pair.First)];
        return AcquisitionSearch.Run(Space, bestPoints, values =>
        {
            (double mean, double variance) = process.Predict(AtEnd(Space.Encode(values)));
            return ExpectedImprovement.Log(mean, variance, best);
        }, isNew, random);
    }

    double[] Coordinates(Observation observation) =>
        hasRungs ? [.. Space.Encode(observation.Values), observation.Fidelity] : Space.Encode(observation.Values);

    double[] AtEnd(double[] point) => hasRungs ? [.. point, 1] : point;

    // Of mean 0 and variance 1. Above the median only the logarithm counts: how bad a bad configuration is says little about where the good
    // ones are. A training that failed is as bad as the worst that did not.
    static double[] Standardized(IReadOnlyList<Observation> seen)
    {
        double worst = seen.Max(observation => observation.Score) ?? 0;
        double[] scores = [.. seen.Select(observation => observation.Score ?? worst)];
        double[] sorted = [.. scores.Order()];
        double median = sorted[sorted.Length / 2], scale = median - sorted[0];
        if (scale > 0)
            scores = [.. scores.Select(score => (score - median) / scale).Select(score => score > 0 ? Math.Log(1 + score) : score)];
        double mean = scores.Average(), deviation = Math.Sqrt(scores.Average(score => (score - mean) * (score - mean)));
        return [.. scores.Select(score => deviation > 0 ? (score - mean) / deviation : 0)];
    }
}
