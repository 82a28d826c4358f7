using System.Diagnostics;
using System.Globalization;
using HotspotInference.Benchmarks.Graphs;
using HotspotInference.Benchmarks.Suites;

namespace HotspotInference.Benchmarks.Harness;

/// <summary>Our side of a comparison: this program as a process among its peers.</summary>
static class Worker
{
    /// <summary>
    /// The argument that makes a process a worker: <c>model FILE MAPS THREADS [BATCH SIDE]</c>, the last two for open sizes, or
    /// <c>windows FILE SOUTH NORTH WEST EAST</c> follows.
    /// </summary>
    public const string Verb = "worker";

    public static void Run(ReadOnlySpan<string> arguments)
    {
        switch (arguments)
        {
            case ["model", var model, var maps, var threads, .. var open]:
                (string, int)[] sizes = open is [var batch, var side]
                    ? [("batch", Number(batch)), ("row", Number(side)), ("column", Number(side))] : [];
                using (var session = new BoundSession(File.ReadAllBytes(model), Number(threads), sizes))
                {
                    session.Fill("maps", File.ReadAllBytes(maps));
                    for (int i = 0; i < 3; i++)
                        session.Run();
                    Answer(session.Results[0].Average(), session.Run);
                }
                break;
            case ["windows", var file, .. var edges]:
                double[] bounds = [.. edges.ToArray().Select(edge => double.Parse(edge, CultureInfo.InvariantCulture))];
                var grid = new GridSpec(new Grids.GeoBounds(bounds[0], bounds[2], bounds[1], bounds[3]), 32, 32);
                float[] window = [];
                long placed = Preparation.Run(file, grid, ref window);
                Answer(placed, () => Preparation.Run(file, grid, ref window));
                break;
            default:
                throw new ArgumentException(
                    $"'{string.Join(' ', arguments.ToArray())}'; expected model or windows with their arguments.", nameof(arguments));
        }
    }

    static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    static void Answer(double check, Action action)
    {
        Console.WriteLine(check.ToString(CultureInfo.InvariantCulture));
        while (Console.ReadLine() is { } line)
        {
            int calls = Number(line);
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < calls; i++)
                action();
            Console.WriteLine((Stopwatch.GetElapsedTime(start).TotalSeconds / calls).ToString(CultureInfo.InvariantCulture));
        }
    }
}
