using HotspotInference.Training.Tuning;

namespace HotspotInference.Training.Tests.Tuning;

public sealed class GaussianProcessTests
{
    static readonly double[][] s_points = [[.1, .2, 0], [.5, .9, 1], [.8, .3, 1], [.35, .6, 0], [.95, .05, 0], [.2, .75, 1]];
    static readonly double[] s_values = [.3, -1.2, .8, -.1, 1.9, -.7];
    static readonly double[][] s_elsewhere = [[.3, .3, 0], [.9, .9, 1], [.1, .2, 0]];
    static readonly KernelParameters s_kernel = new([.4, .9, 2], 1.3, 0.02);

    // NumPy and SciPy: the general Matérn kernel by its Bessel function, the normal distribution conditioned with the inverse.
    [Theory]
    [InlineData(0, 0.24086333928121398, 0.12297091002368443)]
    [InlineData(1, 0.13514616173110913, 0.5987831664926371)]
    [InlineData(2, 0.29350922877949187, 0.019357170545661884)]
    public void Predictions_are_those_of_NumPy(int point, double mean, double variance)
    {
        (double foundMean, double foundVariance) = new GaussianProcess(s_points, s_values, s_kernel).Predict(s_elsewhere[point]);

        Assert.Equal(mean, foundMean, 1e-9);
        Assert.Equal(variance, foundVariance, 1e-9);
    }

    [Fact]
    public void Likelihood_is_that_of_SciPy() =>
        Assert.Equal(-7.52587334867816, new GaussianProcess(s_points, s_values, s_kernel).LogLikelihood, 1e-9);

    [Fact]
    public void Gradient_is_the_quotient_of_differences()
    {
        double[] logs = [.. s_kernel.Lengths.Select(length => Math.Log(length)), Math.Log(s_kernel.Variance), Math.Log(s_kernel.Noise)];

        double[] gradient = At(logs).Gradient();

        for (int i = 0; i < logs.Length; i++)
        {
            const double Step = 1e-5;
            double[] above = [.. logs], below = [.. logs];
            above[i] += Step;
            below[i] -= Step;
            Assert.Equal((At(above).LogLikelihood - At(below).LogLikelihood) / (2 * Step), gradient[i], 1e-6);
        }

        static GaussianProcess At(double[] logs) =>
            new(s_points, s_values, new([.. logs[..3].Select(log => Math.Exp(log))], Math.Exp(logs[3]), Math.Exp(logs[4])));
    }

    // SciPy: L-BFGS-B from 20 starts on the likelihood times the same prior.
    [Fact]
    public void Fit_finds_the_kernel_that_SciPy_finds()
    {
        GaussianProcess process = GaussianProcessFit.Run(s_points, s_values, new Random(1));

        Assert.Equal(0.4629903536887179, process.Predict(s_elsewhere[0]).Mean, 1e-3);
        Assert.Equal(-0.854871176188831, process.Predict(s_elsewhere[1]).Mean, 1e-3);
        Assert.Equal(0.30004192416659903, process.Predict(s_elsewhere[2]).Mean, 1e-3);
    }

    [Fact]
    public void Point_that_is_believed_in_changes_no_mean_and_leaves_less_to_learn_there()
    {
        var process = new GaussianProcess(s_points, s_values, s_kernel);

        GaussianProcess believing = process.Believing([s_elsewhere[1]]);

        Assert.Equal(process.Predict(s_elsewhere[0]).Mean, believing.Predict(s_elsewhere[0]).Mean, 1e-9);
        Assert.True(believing.Predict(s_elsewhere[1]).Variance < 0.05 * process.Predict(s_elsewhere[1]).Variance);
    }
}
