using System.Diagnostics;
using System.Globalization;
using HotspotInference.Benchmarks.Graphs;
using HotspotInference.Cli.Bench;

namespace HotspotInference.Benchmarks.Harness;

/// <summary>
/// Many threads that call one predictor: forecasts a second, the median of rounds in each of which every number of callers has its turn,
/// and how long a call takes.
/// </summary>
static class Callers
{
    const int Rounds = 5;

    static readonly int[] s_callers = [1, 2, 8, 32];

    sealed record Turn(double PerSecond, double[] Seconds, long Bytes);

    /// <param name="output">Receives the table.</param>
    /// <param name="time">How long each number of callers in each round.</param>
    /// <param name="options">How the predictor runs.</param>
    public static void Run(TextWriter output, TimeSpan time, HotspotPredictorOptions options)
    {
        output.WriteLine("## Many callers of one predictor");
        output.WriteLine();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{options.Threads ?? Environment.ProcessorCount} threads a call, "
            + $"{options.MaximumConcurrency ?? Environment.ProcessorCount} calls at a time"));
        output.WriteLine();
        output.WriteLine("| model | callers | forecasts/s | p50 ms | p99 ms | of the best | memory MB |");
        output.WriteLine("| --- | --- | --- | --- | --- | --- | --- |");
        foreach (MeasuredModel model in MeasuredModel.All)
        {
            using HotspotPredictor predictor = HotspotPredictor.Load(model.Content, options);
            ModelInputs[] inputs = [.. Enumerable.Range(0, s_callers.Max()).Select(_ => new ModelInputs(predictor, 1))];
            Turn[][] rounds = [.. Enumerable.Range(0, Rounds).Select(_ =>
                s_callers.Select(callers => Measure(predictor, inputs[..callers], time)).ToArray())];
            double[] perSecond = [.. s_callers.Select((_, i) => Quantile([.. rounds.Select(round => round[i].PerSecond)], 0.5))];
            for (int i = 0; i < s_callers.Length; i++)
            {
                double[] seconds = [.. rounds.SelectMany(round => round[i].Seconds)];
                output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"| {model.Name} | {s_callers[i]} | {perSecond[i]:F0} | {Quantile(seconds, 0.5) * 1e3:F2} "
                    + $"| {Quantile(seconds, 0.99) * 1e3:F2} "
                    + $"| {perSecond[i] / perSecond.Max():F2} | {rounds[^1][i].Bytes / 1048576.0:F0} |"));
            }
        }
    }

    static Turn Measure(HotspotPredictor predictor, ModelInputs[] inputs, TimeSpan time)
    {
        int callers = inputs.Length;
        var seconds = new List<double>[callers];
        using var start = new Barrier(callers + 1);
        var threads = new Thread[callers];
        for (int i = 0; i < callers; i++)
        {
            int caller = i;
            threads[i] = new Thread(() =>
            {
                inputs[caller].Predict(predictor);
                var mine = seconds[caller] = [];
                start.SignalAndWait();
                long begin = Stopwatch.GetTimestamp();
                while (Stopwatch.GetElapsedTime(begin) < time)
                {
                    long call = Stopwatch.GetTimestamp();
                    inputs[caller].Predict(predictor);
                    mine.Add(Stopwatch.GetElapsedTime(call).TotalSeconds);
                }
            });
            threads[i].Start();
        }
        start.SignalAndWait();
        var clock = Stopwatch.StartNew();
        foreach (Thread thread in threads)
            thread.Join();
        double elapsed = clock.Elapsed.TotalSeconds;
        double[] all = [.. seconds.SelectMany(mine => mine)];
        return new Turn(all.Length / elapsed, all, Environment.WorkingSet);
    }

    static double Quantile(double[] values, double share)
    {
        Array.Sort(values);
        return values[(int)(share * (values.Length - 1))];
    }
}
