using HotspotInference.Onnx.History;

namespace HotspotInference.Onnx.Tests.History;

/// <summary>
/// Counts of every cell of every period with their features, and the likelihood written out over all of them: slow, and nothing is
/// summed beforehand.
/// </summary>
sealed class PoissonProblem
{
    const double Ridge = 10;

    /// <param name="features"><c>[period][cell][feature]</c>, whole floats.</param>
    /// <param name="counts"><c>[period][cell]</c>.</param>
    /// <param name="calendar"><c>[period][feature]</c>.</param>
    public PoissonProblem(double[][][] features, int[][] counts, double[][] calendar)
    {
        (Features, Counts, Calendar) = (features, counts, calendar);
        Standardised = [.. calendar.Select(_ => new double[calendar[0].Length])];
        for (int j = 0; j < calendar[0].Length; j++)
        {
            double mean = calendar.Sum(row => row[j]) / calendar.Length;
            double deviation = Math.Sqrt(calendar.Sum(row => Math.Pow(row[j] - mean, 2)) / calendar.Length);
            for (int t = 0; t < calendar.Length; t++)
                Standardised[t][j] = deviation > 0 ? (calendar[t][j] - mean) / deviation : 0;
        }
    }

    public double[][][] Features { get; }

    public int[][] Counts { get; }

    public double[][] Calendar { get; }

    public double[][] Standardised { get; }

    public int FeatureCount => Features[0][0].Length;

    /// <summary>
    /// Random features and calendar, and counts drawn from known weights and day coefficients (of the standardised calendar).
    /// </summary>
    public static PoissonProblem Simulate(int periods, int cells, double[] weights, double[] beta, int seed)
    {
        var random = new Random(seed);
        double[][][] features = [.. Enumerable.Range(0, periods)
            .Select(_ => Rows(cells, weights.Length, () => (float)Math.Pow(random.NextDouble(), 2)))];
        double[][] calendar = Rows(periods, beta.Length, () => 3 + 2 * random.NextDouble());
        var problem = new PoissonProblem(features, [], calendar);
        int[][] counts = [.. Enumerable.Range(0, periods).Select(t =>
            (int[])[.. Enumerable.Range(0, cells).Select(cell => Poisson(problem.Mean(t, cell, weights, [0, .. beta]), random))])];
        return new PoissonProblem(features, counts, calendar);

        static double[][] Rows(int rows, int columns, Func<double> draw) =>
            [.. Enumerable.Range(0, rows).Select(_ => (double[])[.. Enumerable.Range(0, columns).Select(_ => draw())])];
    }

    /// <summary>The class under test, fitted.</summary>
    public PoissonMixture Fit(HistoryLikelihood likelihood = HistoryLikelihood.Counts)
    {
        (int Period, int Cell)[] events = [.. from t in Enumerable.Range(0, Counts.Length)
                                              from cell in Enumerable.Range(0, Counts[t].Length)
                                              where Counts[t][cell] > 0
                                              select (t, cell)];
        var mixture = new PoissonMixture(FeatureCount,
            [.. events.SelectMany(e => Features[e.Period][e.Cell]).Select(value => (float)value)],
            [.. events.Select(e => (float)Counts[e.Period][e.Cell])],
            [.. events.Select(e => e.Period)],
            [.. Features.Select(cells => (double[])[.. Enumerable.Range(0, FeatureCount).Select(k => cells.Sum(cell => cell[k]))])],
            Calendar, likelihood);
        mixture.Fit(TestContext.Current.CancellationToken);
        return mixture;
    }

    /// <summary>The expected count; the first of <paramref name="beta"/> is the bias.</summary>
    public double Mean(int t, int cell, double[] weights, double[] beta)
    {
        double mixture = 0, exponent = beta[0];
        for (int k = 0; k < weights.Length; k++)
            mixture += Features[t][cell][k] * weights[k];
        for (int j = 1; j < beta.Length; j++)
            exponent += Standardised[t][j - 1] * beta[j];
        return mixture * Math.Exp(exponent);
    }

    public double Objective(double[] weights, double[] beta)
    {
        double objective = -0.5 * Ridge * beta.Skip(1).Sum(value => value * value);
        Visit((t, cell) =>
        {
            double mean = Mean(t, cell, weights, beta);
            objective += (Counts[t][cell] == 0 ? 0 : Counts[t][cell] * Math.Log(mean)) - mean;
        });
        return objective;
    }

    /// <summary>The derivatives of the objective, and for each weight the expected count that one unit of it adds.</summary>
    public (double[] Weights, double[] Beta, double[] Exposure) Gradient(double[] weights, double[] beta)
    {
        double[] byWeight = new double[weights.Length], byBeta = new double[beta.Length], exposure = new double[weights.Length];
        Visit((t, cell) =>
        {
            double mean = Mean(t, cell, weights, beta),
                dayFactor = Mean(t, cell, weights, beta) / Mean(t, cell, weights, new double[beta.Length]);
            if (double.IsNaN(dayFactor))
                dayFactor = 0;
            double ratio = Counts[t][cell] == 0 ? 0 : Counts[t][cell] / mean;
            for (int k = 0; k < weights.Length; k++)
            {
                exposure[k] += dayFactor * Features[t][cell][k];
                byWeight[k] += (ratio - 1) * dayFactor * Features[t][cell][k];
            }
            for (int j = 0; j < beta.Length; j++)
                byBeta[j] += (Counts[t][cell] - mean) * (j == 0 ? 1 : Standardised[t][j - 1]);
        });
        for (int j = 1; j < beta.Length; j++)
            byBeta[j] -= Ridge * beta[j];
        return (byWeight, byBeta, exposure);
    }

    /// <summary>
    /// The maximum by expectation-maximisation of the weights (each event is shared out among the features that may have caused it) in
    /// turn with small steps up the slope of the day factor. Thousands of rounds.
    /// </summary>
    public (double[] Weights, double[] Beta) ClimbSlowly(int rounds)
    {
        double[] weights = new double[FeatureCount], beta = new double[Calendar[0].Length + 1];
        Array.Fill(weights, 0.1);
        double events = Counts.Sum(cells => cells.Sum());
        for (int round = 0; round < rounds; round++)
        {
            (double[] byWeight, _, double[] exposure) = Gradient(weights, beta);
            for (int k = 0; k < weights.Length; k++)
                weights[k] *= exposure[k] > 0 ? 1 + byWeight[k] / exposure[k] : 0;
            double[] byBeta = Gradient(weights, beta).Beta;
            // The curvature is at most about the events times the number of features.
            for (int j = 0; j < beta.Length; j++)
                beta[j] += byBeta[j] / (2 * beta.Length * events);
        }
        return (weights, beta);
    }

    void Visit(Action<int, int> cell)
    {
        for (int t = 0; t < Features.Length; t++)
        {
            for (int c = 0; c < Features[t].Length; c++)
                cell(t, c);
        }
    }

    // By inversion.
    static int Poisson(double mean, Random random)
    {
        double left = random.NextDouble(), probability = Math.Exp(-mean);
        int count = 0;
        for (; left > probability && count < 1000; count++)
        {
            left -= probability;
            probability *= mean / (count + 1);
        }
        return count;
    }
}
