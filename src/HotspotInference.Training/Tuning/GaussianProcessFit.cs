using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;

namespace HotspotInference.Training.Tuning;

/// <summary>
/// The kernel of greatest marginal likelihood times a prior (Rasmussen and Williams 2006, section 5.4), by bounded BFGS from several
/// starts. The prior is log-normal in each: with a handful of observations the likelihood alone would often call a parameter irrelevant, or
/// all noise.
/// </summary>
static class GaussianProcessFit
{
    const int Starts = 3, MostSteps = 60;
    const double LogLengthSpread = 1, LogVariance = 0, LogVarianceSpread = 1, LogNoise = -9, LogNoiseSpread = 2.5;

    /// <summary>Fits a kernel.</summary>
    /// <param name="points">Points of the unit cube, at least one.</param>
    /// <param name="values">Observations, of mean 0 and variance 1.</param>
    /// <param name="random">Draws starts from the prior.</param>
    public static GaussianProcess Run(double[][] points, double[] values, Random random)
    {
        int width = points[0].Length;
        // Points of a wider cube lie further apart, with the root of its width.
        double[] mean = [.. Enumerable.Repeat(Math.Log(0.3 * Math.Sqrt(width)), width), LogVariance, LogNoise];
        double[] spread = [.. Enumerable.Repeat(LogLengthSpread, width), LogVarianceSpread, LogNoiseSpread];
        var lower = Vector<double>.Build.Dense(width + 2, i => mean[i] - 3 * spread[i]);
        var upper = Vector<double>.Build.Dense(width + 2, i => mean[i] + 3 * spread[i]);
        double[] best = mean;
        double least = double.PositiveInfinity;

        IObjectiveFunction objective = ObjectiveFunction.Gradient(Loss);
        for (int start = 0; start < Starts; start++)
        {
            var from = Vector<double>.Build.Dense(width + 2, i => mean[i] + (start == 0 ? 0 : spread[i] * (2 * random.NextDouble() - 1)));
            try
            {
                new BfgsBMinimizer(1e-4, 1e-6, 1e-8, MostSteps).FindMinimum(objective, lower, upper, from);
            }
            catch (OptimizationException)
            {
                // A line search that finds nothing lower any more: what it saw on the way counts.
            }
        }
        return new GaussianProcess(points, values, Kernel(best));

        (double, Vector<double>) Loss(Vector<double> logs)
        {
            double[] at = logs.ToArray();
            var process = new GaussianProcess(points, values, Kernel(at));
            double loss = -process.LogLikelihood;
            double[] gradient = process.Gradient();
            for (int i = 0; i < at.Length; i++)
            {
                double away = (at[i] - mean[i]) / spread[i];
                loss += 0.5 * away * away;
                gradient[i] = away / spread[i] - gradient[i];
            }
            if (loss < least)
                (least, best) = (loss, at);
            return (loss, Vector<double>.Build.Dense(gradient));
        }
    }

    static KernelParameters Kernel(double[] logs) =>
        new([.. logs[..^2].Select(Math.Exp)], Math.Exp(logs[^2]), Math.Exp(logs[^1]));
}
