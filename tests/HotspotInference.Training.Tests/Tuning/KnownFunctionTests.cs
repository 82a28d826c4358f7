using System.Globalization;
using HotspotInference.Training.Tuning;

namespace HotspotInference.Training.Tests.Tuning;

public sealed class KnownFunctionTests(ITestOutputHelper output)
{
    const int Trials = 30, Repeats = 10;

    [Fact]
    public void Functions_have_their_published_least_values()
    {
        Assert.Equal(KnownFunction.Branin.Least, KnownFunction.Branin.Value([Math.PI, 2.275]), 6);
        Assert.Equal(KnownFunction.Branin.Least, KnownFunction.Branin.Value([-Math.PI, 12.275]), 6);
        Assert.Equal(KnownFunction.Hartmann6.Least,
            KnownFunction.Hartmann6.Value([0.20169, 0.150011, 0.476874, 0.275332, 0.311652, 0.6573]), 5);
    }

    // The table of docs/tuning.md.
    [Theory]
    [Trait("Category", "Slow")]
    [InlineData("Branin")]
    [InlineData("Hartmann 6")]
    public void Bayesian_search_comes_closer_than_random_search_with_as_many_trials(string name)
    {
        KnownFunction function = name == "Branin" ? KnownFunction.Branin : KnownFunction.Hartmann6;

        double[] random = Regrets(function, seed => new RandomSearch(function.Space, seed));
        double[] bayesian = Regrets(function, seed => new BayesianSearch(function.Space, seed));

        // The medians' intervals, from the 2nd to the 9th of 10 values, do not meet.
        Assert.True(bayesian[8] < random[1], $"{bayesian[8]} against {random[1]}");
    }

    double[] Regrets(KnownFunction function, Func<int, SearchMethod> method)
    {
        double[] regrets = [.. Enumerable.Range(1, Repeats).Select(seed => function.Search(method(seed), Trials) - function.Least).Order()];
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{function.Name}, {method(1).GetType().Name}: median {(regrets[4] + regrets[5]) / 2:G3} "
            + $"({regrets[1]:G3} .. {regrets[8]:G3})"));
        return regrets;
    }
}
