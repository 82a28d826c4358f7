using HotspotInference.Onnx.History;

namespace HotspotInference.Onnx.Tests.History;

/// <summary>The likelihood of "at least one incident", with probability <c>1 - exp(-mean)</c>.</summary>
public sealed class OccurrenceMixtureTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Fit_meets_the_optimality_conditions(int seed)
    {
        PoissonProblem problem = PoissonProblem.Simulate(60, 12, [0.3, 0, 0.02, 0.1, 0], [0.4, -0.2, 0], seed);

        PoissonMixture fit = problem.Fit(HistoryLikelihood.Occurrence);

        AssertOptimal(problem, fit);
        Assert.Contains(0.0, fit.Weights);
    }

    [Fact]
    public void Fit_of_a_busy_city_meets_the_optimality_conditions()
    {
        // Half of the cells have incidents, often several: the hidden counts are most of what EM has to find.
        PoissonProblem problem = PoissonProblem.Simulate(60, 12, [0.8, 0.8, 1.5], [0.4], seed: 4);

        AssertOptimal(problem, problem.Fit(HistoryLikelihood.Occurrence));
    }

    [Fact]
    public void Fit_equals_what_an_optimiser_found()
    {
        // scipy 1.9 L-BFGS-B on the likelihood written out over all cells, from three starts with the same end.
        double[] weights = [0.0265385, 0.2993377, 0.1932194];
        const double Slope = 0.0446886, Objective = -26.4588032;
        double[][][] features = [.. Enumerable.Range(0, 12).Select(t => (double[][])[.. Enumerable.Range(0, 5).Select(cell => (double[])
            [((t * 7 + cell * 3) % 11 + 1) / 16.0, (t * t + cell * 4) % 9 / 16.0, ((t * 7 + cell * 3 + 10) % 11 + 1) / 16.0])])];
        int[][] counts = [.. Enumerable.Range(0, 12).Select(t => (int[])[.. Enumerable.Range(0, 5).Select(cell =>
            (t * 5 + cell * 11 + t * cell) % 4 == 0 ? 1 + (t + cell) % 3 : 0)])];
        var problem = new PoissonProblem(features, counts, [.. Enumerable.Range(0, 12).Select(t => (double[])[t % 5])]);

        PoissonMixture fit = problem.Fit(HistoryLikelihood.Occurrence);

        // Only the product of scale and weights is determined.
        Assert.Equal(weights, fit.Weights.Select(weight => weight * Math.Exp(fit.Beta[0])), (a, b) => Math.Abs(a - b) < 2e-5);
        Assert.Equal(Slope, fit.Beta[1], 2e-5);
        Assert.Equal(Objective, fit.Objective, 1e-6);
    }

    [Fact]
    public void How_many_incidents_there_were_does_not_matter()
    {
        PoissonProblem problem = PoissonProblem.Simulate(40, 10, [0.3, 0.2, 0.1], [0.5], seed: 7);
        PoissonMixture once = Counted(_ => 1).Fit(HistoryLikelihood.Occurrence),
            many = Counted(i => 2 + i % 4).Fit(HistoryLikelihood.Occurrence);

        Assert.Equal(once.Weights, many.Weights);
        Assert.Equal(once.Beta, many.Beta);
        Assert.Equal(once.Objective, many.Objective);
        Assert.NotEqual(once.Weights, Counted(i => 2 + i % 4).Fit().Weights);

        PoissonProblem Counted(Func<int, int> count)
        {
            int events = 0;
            return new PoissonProblem(problem.Features,
                [.. problem.Counts.Select(cells => Array.ConvertAll(cells, n => n > 0 ? count(events++) : 0))],
                problem.Calendar);
        }
    }

    [Fact]
    public void Count_ratio_makes_the_intensities_sum_to_the_incidents()
    {
        PoissonProblem problem = PoissonProblem.Simulate(60, 12, [0.3, 0.2], [0.4], seed: 9);
        foreach (int[] cells in problem.Counts)
        {
            // Clusters: each cell with incidents has three times as many.
            for (int cell = 0; cell < cells.Length; cell++)
                cells[cell] *= 3;
        }

        PoissonMixture fit = problem.Fit(HistoryLikelihood.Occurrence);

        double intensity = 0;
        for (int t = 0; t < problem.Counts.Length; t++)
            intensity += Enumerable.Range(0, problem.Counts[t].Length).Sum(cell => problem.Mean(t, cell, fit.Weights, fit.Beta));
        Assert.InRange(fit.CountRatio, 2.5, 3.5);
        Assert.Equal(problem.Counts.Sum(cells => cells.Sum()), fit.CountRatio * intensity, 1e-9 * intensity);
        Assert.Equal(1, problem.Fit().CountRatio);
    }

    // Karush, Kuhn and Tucker, of the likelihood written out over all cells: an empty one has probability exp(-mean), any other 1 -
    // exp(-mean).
    static void AssertOptimal(PoissonProblem problem, PoissonMixture fit)
    {
        double[] byWeight = new double[fit.Weights.Length], exposure = new double[fit.Weights.Length];
        double[] byBeta = [.. fit.Beta.Select((value, j) => j == 0 ? 0 : -10 * value)];
        double objective = -5 * fit.Beta.Skip(1).Sum(value => value * value), events = 0;
        for (int t = 0; t < problem.Counts.Length; t++)
        {
            double dayFactor = Math.Exp(fit.Beta.Select((value, j) => value * (j == 0 ? 1 : problem.Standardised[t][j - 1])).Sum());
            for (int cell = 0; cell < problem.Counts[t].Length; cell++)
            {
                double mean = problem.Mean(t, cell, fit.Weights, fit.Beta), p = 1 - Math.Exp(-mean);
                bool happened = problem.Counts[t][cell] > 0;
                double slope = happened ? (1 - p) / p : -1;
                objective += happened ? Math.Log(p) : -mean;
                events += happened ? 1 : 0;
                for (int k = 0; k < byWeight.Length; k++)
                {
                    exposure[k] += dayFactor * problem.Features[t][cell][k];
                    byWeight[k] += slope * dayFactor * problem.Features[t][cell][k];
                }
                for (int j = 0; j < byBeta.Length; j++)
                    byBeta[j] += slope * mean * (j == 0 ? 1 : problem.Standardised[t][j - 1]);
            }
        }
        for (int k = 0; k < byWeight.Length; k++)
        {
            // In incidents: what the feature explains, times how much too little or too much.
            Assert.InRange(byWeight[k] * fit.Weights[k], -1e-4 * events, 1e-4 * events);
            Assert.InRange(byWeight[k] / exposure[k], double.NegativeInfinity, 1e-4);
        }
        Assert.All(byBeta, slope => Assert.InRange(slope, -1e-4 * events, 1e-4 * events));
        Assert.Equal(objective, fit.Objective, 1e-9 * Math.Abs(objective));
    }
}
