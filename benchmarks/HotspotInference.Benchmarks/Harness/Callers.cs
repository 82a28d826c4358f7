using System.Diagnostics;
using System.Globalization;
using HotspotInference.Benchmarks.Graphs;
using HotspotInference.Cli.Bench;

namespace HotspotInference.Benchmarks.Harness;

/// <summary>Many threads that call one predictor: forecasts a second, and how long a call takes.</summary>
static class Callers
{
    static readonly int[] s_callers = [1, 2, 8, 32];

    /// <param name="output">Receives the table.</param>
    /// <param name="time">How long each number of callers.</param>
    /// <param name="options">How the predictor runs.</param>
    public static void Run(TextWriter output, TimeSpan time, HotspotPredictorOptions options)
    {
        output.WriteLine("## Many callers of one predictor");
        output.WriteLine();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{options.Threads ?? Environment.ProcessorCount} threads a call, {options.MaximumConcurrency ?? Environment.ProcessorCount} calls at a time"));
        output.WriteLine();
        output.WriteLine("| model | callers | forecasts/s | p50 ms | p99 ms | of the best | memory MB |");
        output.WriteLine("| --- | --- | --- | --- | --- | --- | --- |");
        foreach (MeasuredModel model in MeasuredModel.All)
        {
            using HotspotPredictor predictor = HotspotPredictor.Load(model.Content, options);
            var runs = s_callers.Select(callers => (Callers: callers, Result: Measure(predictor, callers, time))).ToList();
            double best = runs.Max(run => run.Result.PerSecond);
            foreach ((int callers, (double perSecond, double p50, double p99, long bytes)) in runs)
                output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"| {model.Name} | {callers} | {perSecond:F0} | {p50 * 1e3:F2} | {p99 * 1e3:F2} | {perSecond / best:F2} | {bytes / 1048576.0:F0} |"));
        }
    }

    static (double PerSecond, double P50, double P99, long Bytes) Measure(HotspotPredictor predictor, int callers, TimeSpan time)
    {
        var seconds = new List<double>[callers];
        using var start = new Barrier(callers + 1);
        var threads = new Thread[callers];
        for (int i = 0; i < callers; i++)
        {
            int caller = i;
            threads[i] = new Thread(() =>
            {
                var inputs = new ModelInputs(predictor, 1);
                inputs.Predict(predictor);
                var mine = seconds[caller] = [];
                start.SignalAndWait();
                long begin = Stopwatch.GetTimestamp();
                while (Stopwatch.GetElapsedTime(begin) < time)
                {
                    long call = Stopwatch.GetTimestamp();
                    inputs.Predict(predictor);
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
        Array.Sort(all);
        return (all.Length / elapsed, all[all.Length / 2], all[(int)(0.99 * (all.Length - 1))], Environment.WorkingSet);
    }
}
