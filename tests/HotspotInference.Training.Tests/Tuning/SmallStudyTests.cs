using System.Globalization;
using HotspotInference.Cli.Tests;
using HotspotInference.Incidents;
using HotspotInference.Prediction;
using HotspotInference.Simulation;
using HotspotInference.Training.Tuning;

namespace HotspotInference.Training.Tests.Tuning;

/// <summary>Studies of a tiny network and a simulated city, whose trainings run in this process.</summary>
public sealed class SmallStudyTests(ITestOutputHelper output) : IDisposable
{
    const int Trials = 30;

    static readonly SearchSpace s_space = new([.. new[] { "learning-rate=log:1e-4..1e-1", "hidden=log-int:1..8", "batch=log-int:4..64",
        "dropout=linear:0..0.5", "peephole=channel|none" }.Select(HyperParameterText.Parse)]);

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // The last table of docs/tuning.md, which needs minutes: REPEATS=10.
    [Fact]
    [Trait("Category", "Slow")]
    public async Task Bayesian_search_ends_no_higher_than_random_search_with_as_many_trials()
    {
        int repeats = int.Parse(Environment.GetEnvironmentVariable("REPEATS") ?? "1", CultureInfo.InvariantCulture);
        IncidentWriter.Write(_folder["city.csv"], new SimulatedCity(new SimulatedCityOptions { Days = 120 }).Incidents);

        double[] random = await Losses("random", seed => new RandomSearch(s_space, seed), repeats);
        double[] bayesian = await Losses("bayesian", seed => new BayesianSearch(s_space, seed), repeats);

        Assert.True(bayesian[repeats / 2] <= random[repeats / 2], $"{bayesian[repeats / 2]} against {random[repeats / 2]}");
    }

    // The least loss that each study met, in order.
    async Task<double[]> Losses(string name, Func<int, SearchMethod> method, int repeats)
    {
        var training = new TrialTraining(Train, ["--incidents", _folder["city.csv"], "--area", "44.94,-30.08,45.06,-29.92", "--grid",
            "8x8", "--window", "2",
            "--layers", "1", "--pooling", "none", "--epochs", "3", "--threads", "1"], s_space, Rungs.Whole(3), TrialObjective.Loss,
            TinyCity.Moving().Series,
            [new DaySpan(new(2015, 3, 18), new(2015, 4, 30))], 1, _folder["trials"]);
        var losses = new List<double>();
        for (int seed = 1; seed <= repeats; seed++)
        {
            using var study = Study.Open(_folder[$"{name}{seed}"], s_space, new Dictionary<string, string>());
            await new StudyRunner(study, method(seed), Rungs.Whole(3), training.Run, _ => { }).RunAsync(Trials, 1,
                TestContext.Current.CancellationToken);
            losses.Add(study.Results.Min(result => result.Score)!.Value);
        }
        losses.Sort();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"small study, {name}: median {(losses[(repeats - 1) / 2] + losses[repeats / 2]) / 2:F5} "
            + $"({losses[repeats / 10]:F5} .. {losses[repeats - 1 - repeats / 10]:F5})"));
        return [.. losses];
    }

    static string Train(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        using StringWriter stdout = new(), stderr = new();
        return TrainingCommandLine.Run(arguments, stdout, stderr, null, cancellationToken) == 0 ? stdout.ToString()
            : throw new TrialFailedException(stderr.ToString());
    }
}
