using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace HotspotInference.Benchmarks.Harness;

/// <summary>
/// A process that does the same work as we do: it says first what it computed, then, for each line with a number of calls, how many seconds
/// a call took. Ours is one too, so that all are measured alike.
/// </summary>
sealed class Peer : IDisposable
{
    /// <summary>
    /// How long libtorch's threads spin for each other, as the launcher of the training tool has it: by default that is milliseconds, which
    /// on two cores that others use too makes PyTorch several times slower.
    /// </summary>
    public const string SpinCount = "10000";

    readonly Process _process;

    Peer(Process process, double check)
    {
        _process = process;
        Check = check;
    }

    /// <summary>What it computed, by which all are seen to do the same work.</summary>
    public double Check { get; }

    /// <summary>Starts a process and waits until it is ready; null, with a line to the error output, where it cannot be.</summary>
    public static Peer? Start(string program, params IEnumerable<string> arguments)
    {
        try
        {
            var start = new ProcessStartInfo(program, arguments)
            {
                RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            };
            start.Environment["GOMP_SPINCOUNT"] = SpinCount;
            Process process = Process.Start(start)!;
            // Threads of its own, so that a full pipe stops nobody.
            Task<string> errors = process.StandardError.ReadToEndAsync();
            if (double.TryParse(process.StandardOutput.ReadLine(), CultureInfo.InvariantCulture, out double check))
                return new Peer(process, check);
            process.WaitForExit();
            Console.Error.WriteLine($"{program} {arguments.First()}: not measured ({errors.Result.Trim().Split('\n')[^1]})");
            process.Dispose();
        }
        catch (Win32Exception e)
        {
            Console.Error.WriteLine($"{program}: not measured ({e.Message})");
        }
        return null;
    }

    /// <summary>This program, in another process.</summary>
    public static Peer Ours(params IEnumerable<string> arguments)
    {
        string[] dotnet = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet"
            ? [Environment.GetCommandLineArgs()[0]] : [];
        return Start(Environment.ProcessPath!, [.. dotnet, Worker.Verb, .. arguments])
            ?? throw new InvalidOperationException("The benchmark program does not start.");
    }

    /// <summary>Seconds a call.</summary>
    public double Measure(int calls)
    {
        _process.StandardInput.WriteLine(calls.ToString(CultureInfo.InvariantCulture));
        _process.StandardInput.Flush();
        return double.Parse(_process.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
    }

    /// <summary>Measures peers in turns, each round beginning with another.</summary>
    /// <param name="peers">Those that are there, and null for those that are not.</param>
    /// <param name="time">For how long in all; at least five rounds are run.</param>
    /// <returns>One timing a peer, in their order.</returns>
    public static IReadOnlyList<Timing?> InTurns(IReadOnlyList<Peer?> peers, TimeSpan time)
    {
        // Much longer than the pause before it, and short enough for many rounds.
        const double Turn = 0.25;
        int[] calls = [.. peers.Select(peer => peer is null ? 0 : Math.Max(1, (int)(Turn / peer.Measure(1))))];
        List<double>[] seconds = [.. peers.Select(_ => new List<double>())];
        var clock = Stopwatch.StartNew();
        for (int round = 0; round < 5 || clock.Elapsed < time; round++)
        {
            for (int turn = 0; turn < peers.Count; turn++)
            {
                int i = (turn + round) % peers.Count;
                if (peers[i] is not { } peer)
                    continue;
                // The threads of the one before, which spin for a while, go to sleep.
                Thread.Sleep(10);
                seconds[i].Add(peer.Measure(calls[i]));
            }
        }
        return [.. peers.Select((peer, i) => peer is null ? null : new Timing($"{i}", seconds[i]))];
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(5)))
            _process.Kill();
        _process.Dispose();
    }
}
