using System.Diagnostics;

namespace HotspotInference.Benchmarks.Harness;

/// <summary>
/// Times several actions in turns, one after the other in every round, so that whatever else the machine does falls on all of them alike.
/// Each round begins with another action.
/// </summary>
static class Interleaved
{
    // A measurement below it would be the clock's.
    static readonly TimeSpan s_shortest = TimeSpan.FromMilliseconds(2);

    /// <summary>Times actions.</summary>
    /// <param name="actions">What is timed, with a name each.</param>
    /// <param name="time">For how long in all; at least five rounds are run.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>One timing an action, in their order.</returns>
    public static IReadOnlyList<Timing> Run(IReadOnlyList<(string Name, Action Action)> actions, TimeSpan time,
        CancellationToken cancellationToken = default)
    {
        int[] calls = [.. actions.Select(action => CallsFor(action.Action))];
        List<double>[] seconds = [.. actions.Select(_ => new List<double>())];
        var clock = Stopwatch.StartNew();
        for (int round = 0; round < 5 || clock.Elapsed < time; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int turn = 0; turn < actions.Count; turn++)
            {
                int i = (turn + round) % actions.Count;
                seconds[i].Add(Time(actions[i].Action, calls[i]));
            }
        }
        return [.. actions.Select((action, i) => new Timing(action.Name, seconds[i]))];
    }

    // Also warms up: memory is there, code is compiled.
    static int CallsFor(Action action)
    {
        action();
        int calls = 1;
        while (Time(action, calls) * calls < s_shortest.TotalSeconds)
            calls *= 2;
        return calls;
    }

    static double Time(Action action, int calls)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < calls; i++)
            action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds / calls;
    }
}
