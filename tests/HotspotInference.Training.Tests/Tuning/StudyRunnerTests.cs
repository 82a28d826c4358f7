using System.Collections.Concurrent;
using HotspotInference.Cli.Tests;
using HotspotInference.Training.Tuning;

namespace HotspotInference.Training.Tests.Tuning;

public sealed class StudyRunnerTests : IDisposable
{
    static readonly SearchSpace s_space = new([HyperParameterText.Parse("x1=linear:-5..10"), HyperParameterText.Parse("x2=linear:0..15")]);
    static readonly Rungs s_rungs = Rungs.Halving(9, 1);

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Study_that_is_stopped_and_resumed_is_the_study_that_was_not()
    {
        await Run("whole", Branin, 12);
        int left = 7;
        using (var stop = new CancellationTokenSource())
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Run("stopped", (job, token) =>
            {
                if (left-- == 0)
                    stop.Cancel();
                token.ThrowIfCancellationRequested();
                return Branin(job, token);
            }, 12, 1, stop));
        }
        Assert.Equal(7, Results("stopped").Count);
        await Run("stopped", Branin, 9);
        await Run("stopped", Branin, 12);

        Assert.Equal(Results("whole"), Results("stopped"));
        Assert.Equal(12, Results("whole").Count(result => result.Rung == 0));
        Assert.True(Results("whole").Count(result => result.Rung == 1) is >= 4 and < 12);
        Assert.Contains(Results("whole"), result => result.Rung == 2);
    }

    [Fact]
    public async Task Trial_that_fails_is_recorded_with_its_reason_and_the_study_goes_on()
    {
        await Run("failing", (job, token) => job.Trial switch
        {
            1 => throw new TrialFailedException("killed, as the system does where memory runs out"),
            2 => [1, double.NaN],
            7 => throw new HotspotException("class", "nothing", "something", "Do."),
            _ => Branin(job, token),
        }, 10);

        List<(int Trial, int Rung, double? Score, string Values, string? Failure)> results = Results("failing");
        Assert.Equal([1, 2, 7], results.Where(result => result.Score is null).Select(result => result.Trial));
        Assert.StartsWith("killed", results[1].Failure, StringComparison.Ordinal);
        Assert.Contains("1, NaN", results.First(result => result.Trial == 2).Failure!, StringComparison.Ordinal);
        Assert.Equal(10, results.Select(result => result.Trial).Distinct().Count());
    }

    [Fact]
    public async Task Defect_ends_the_study() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => Run("broken", (job, _) => job.Trial == 2
            ? throw new InvalidOperationException() : [1.0], 9, 3));

    [Fact]
    public async Task Workers_share_a_study_and_try_nothing_twice()
    {
        var together = new ConcurrentDictionary<int, int>();
        int running = 0;
        using var meet = new Barrier(3);
        await Run("shared", (job, token) =>
        {
            together[job.Trial] = Interlocked.Increment(ref running);
            // The first three must be under way at once.
            if (job.Trial < 3 && job.Rung == 0)
                Assert.True(meet.SignalAndWait(TimeSpan.FromSeconds(20), token));
            Interlocked.Decrement(ref running);
            return Branin(job, token);
        }, 12, 3);

        Assert.InRange(together.Values.Max(), 3, 3);
        List<(int Trial, int Rung, double? Score, string Values, string? Failure)> results = Results("shared");
        Assert.Equal(12, results.Where(result => result.Rung == 0).Select(result => result.Values).Distinct().Count());
        Assert.Equal(results.Count, results.Select(result => (result.Trial, result.Rung)).Distinct().Count());
    }

    // With the constant the same everywhere, two workers would be sent to the same place.
    [Fact]
    public void Search_keeps_away_from_what_is_under_way()
    {
        var search = new BayesianSearch(s_space, 1);
        var seen = new List<Observation>();
        for (int trial = 0; trial < 10; trial++)
        {
            string[] values = search.Propose(trial, seen, [])!;
            seen.Add(new Observation(values, 1, KnownFunction.Branin.At(values)));
        }
        string[] first = search.Propose(10, seen, [])!;

        string[] second = search.Propose(10, seen, [new Observation(first, 1, null)])!;

        Assert.True(s_space.Encode(first).Zip(s_space.Encode(second), (a, b) => Math.Abs(a - b)).Max() > 0.02);
    }

    // Fewer epochs leave the score further above what it comes to.
    static IReadOnlyList<double> Branin(TrialJob job, CancellationToken token) =>
        [KnownFunction.Branin.At(job.Values) + 5 * (s_rungs.Last - job.Rung), KnownFunction.Branin.At(job.Values)];

    async Task Run(string name, Func<TrialJob, CancellationToken, IReadOnlyList<double>> train, int trials, int workers = 1,
        CancellationTokenSource? stop = null)
    {
        using var study = Study.Open(_folder[name], s_space, new Dictionary<string, string>());
        await new StudyRunner(study, new BayesianSearch(s_space, 4, hasRungs: true), s_rungs, train, _ => { }).RunAsync(trials, workers,
            stop?.Token ?? TestContext.Current.CancellationToken);
    }

    // Without how long it took.
    List<(int Trial, int Rung, double? Score, string Values, string? Failure)> Results(string name)
    {
        using var study = Study.Open(_folder[name], s_space, new Dictionary<string, string>());
        return [.. study.Results.Select(result => (result.Trial, result.Rung, result.Score, string.Join(' ', result.Values),
            result.Failure))];
    }
}
