using System.Diagnostics;
using System.Globalization;

namespace HotspotInference.Training.Tuning;

/// <summary>
/// Runs a study: workers take jobs, first those that may go on to a higher rung, then new configurations, until so many were begun and none
/// may go on. With one worker the order of the results, and with it all that follows, depends on nothing but what they are.
/// </summary>
/// <param name="study">Gets the results.</param>
/// <param name="search">Chooses configurations.</param>
/// <param name="rungs">When trainings are scored.</param>
/// <param name="train">Trains a job and returns the score of each split, lower being better. A
/// <see cref="TrialFailedException"/> or <see cref="HotspotException"/> is the trial's failure; whatever else it throws ends the
/// study.</param>
/// <param name="report">Told of each result, one at a time.</param>
sealed class StudyRunner(Study study, SearchMethod search, Rungs rungs,
    Func<TrialJob, CancellationToken, IReadOnlyList<double>> train, Action<TrialResult> report)
{
    // Pulsed whenever a job has ended.
    readonly object _changed = new();
    readonly List<TrialJob> _underWay = [];
    bool _isExhausted;

    /// <summary>Runs until the study is done.</summary>
    /// <param name="trials">How many configurations it tries, those of the file included.</param>
    /// <param name="workers">How many train at the same time.</param>
    /// <param name="cancellationToken">Ends it; what is under way is not recorded.</param>
    public async Task RunAsync(int trials, int workers, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // A thread each: they wait for processes.
        Task[] running = [.. Enumerable.Range(0, workers).Select(_ => Task.Factory.StartNew(() => Work(trials, stop),
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        await Task.WhenAll(running).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
    }

    void Work(int trials, CancellationTokenSource stop)
    {
        try
        {
            while (Take(trials, stop.Token) is { } job)
                Do(job, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Asked for by the caller, or another worker has failed and tells it.
        }
        catch
        {
            stop.Cancel();
            throw;
        }
    }

    // The next job, waited for where only what is under way can show it; null where there is none any more.
    TrialJob? Take(int trials, CancellationToken cancellationToken)
    {
        lock (_changed)
        {
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (Next(trials) is { } job)
                {
                    _underWay.Add(job);
                    return job;
                }
                if (_underWay.Count == 0)
                    return null;
                Monitor.Wait(_changed);
            }
        }
    }

    void Do(TrialJob job, CancellationToken cancellationToken)
    {
        TrialResult? result = null;
        try
        {
            result = Run(job, cancellationToken);
        }
        finally
        {
            lock (_changed)
            {
                _underWay.Remove(job);
                Monitor.PulseAll(_changed);
                if (result is not null)
                {
                    study.Append(result);
                    report(result);
                }
            }
        }
    }

    TrialResult Run(TrialJob job, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        IReadOnlyList<double> splits = [];
        string? failure = null;
        try
        {
            splits = train(job, cancellationToken);
            if (!splits.All(double.IsFinite))
                failure = string.Create(CultureInfo.InvariantCulture, $"scores of {string.Join(", ", splits)}, which are not all numbers");
        }
        catch (Exception e) when (e is HotspotException or TrialFailedException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            failure = e.Message;
        }
        return new TrialResult(job.Trial, job.Rung, rungs.Epochs[job.Rung], job.Values, failure is null ? splits.Average() : null,
            failure is null ? splits : [], Math.Round(clock.Elapsed.TotalSeconds, 2), failure);
    }

    TrialJob? Next(int trials)
    {
        if (rungs.Promote(study.Results, [.. _underWay.Select(job => (job.Trial, job.Rung))]) is var (promoted, rung))
            return new TrialJob(promoted, rung, study.Results.First(result => result.Trial == promoted).Values);
        HashSet<int> begun = [.. study.Results.Select(result => result.Trial), .. _underWay.Select(job => job.Trial)];
        if (begun.Count >= trials || _isExhausted)
            return null;
        // The first number that is free: one whose training was cut off is tried again.
        int trial = Enumerable.Range(0, begun.Count + 1).First(number => !begun.Contains(number));
        string[]? values = search.Propose(trial,
            [.. study.Results.Select(result => new Observation(result.Values, rungs.Fidelity(result.Rung), result.Score))],
            [.. _underWay.Select(job => new Observation(job.Values, rungs.Fidelity(job.Rung), null))]);
        _isExhausted = values is null;
        return values is null ? null : new TrialJob(trial, 0, values);
    }
}
