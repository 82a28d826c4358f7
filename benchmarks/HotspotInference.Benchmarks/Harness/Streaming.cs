using System.Globalization;
using HotspotInference.Benchmarks.Graphs;

namespace HotspotInference.Benchmarks.Harness;

/// <summary>
/// A window of 16 maps over one step from a state, and fixed sizes over sizes that each run chooses; each within one interleaved run.
/// </summary>
static class Streaming
{
    public static void Run(TextWriter output, TimeSpan time, bool isQuick)
    {
        int[] sizes = isQuick ? [16] : [8, 16, 32];
        output.WriteLine();
        output.WriteLine("## One step from a state: two ConvLSTM layers, 32 x 32, 3 x 3; a window has 16 maps");
        output.WriteLine();
        output.WriteLine("| hidden | batch | threads | window ms | step ms | window / step | window / Predict of a step |");
        output.WriteLine("| --- | --- | --- | --- | --- | --- | --- |");
        foreach (int hidden in sizes)
        foreach (int batch in new[] { 1, 32 })
        foreach (int threads in new[] { 1, 2 })
            Steps(output, new ConvLstmSize(hidden), batch, threads, time);
        output.WriteLine();
        output.WriteLine("## Fixed sizes: the library's graph, batch 1");
        output.WriteLine();
        output.WriteLine("| hidden | threads | load ms | fixed / any | load and first run ms | fixed / any | run ms | fixed / any |");
        output.WriteLine("| --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach (int hidden in sizes)
        foreach (int threads in new[] { 1, 2 })
            FixedSizes(output, new ConvLstmSize(hidden), threads, time);
    }

    static void Steps(TextWriter output, ConvLstmSize size, int batch, int threads, TimeSpan time)
    {
        byte[] model = ConvLstmGraphs.Step(size, batch);
        using var window = new BoundSession(ConvLstmGraphs.Library(size, batch), threads);
        using var step = new BoundSession(model, threads);
        var actions = new List<(string, Action)> { ("window", window.Run), ("step", step.Run) };
        // Threads of a predictor that wait would take the processor from the sessions beside it: measured where it has none.
        using HotspotPredictor? predictor = threads > 1 ? null : HotspotPredictor.Load(model, new HotspotPredictorOptions { Threads = 1 });
        if (predictor is not null)
            actions.Add(("predict", Predict(predictor, size, batch)));
        IReadOnlyList<Timing> timings = Interleaved.Run(actions, time);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {size.Hidden} | {batch} | {threads} | {Each(0)} | {Each(1)} "
            + $"| {Ratios.Text(timings[0], timings[1])} | {(predictor is null ? "" : Ratios.Text(timings[0], timings[2]))} |"));

        string Each(int i) => (timings[i].Median * 1e3 / batch).ToString("F3", CultureInfo.InvariantCulture);
    }

    static Action Predict(HotspotPredictor predictor, ConvLstmSize size, int batch)
    {
        int cells = size.Side * size.Side;
        float[] map = new float[batch * cells], state = new float[batch * predictor.Metadata.StateChannels * cells],
            risk = new float[batch * cells];
        map[cells / 2] = 1;
        return () => predictor.Predict(new HotspotInput { Batch = batch, Rows = size.Side, Columns = size.Side, Maps = map, State = state },
            new HotspotOutput { Risk = risk, NextState = state });
    }

    static void FixedSizes(TextWriter output, ConvLstmSize size, int threads, TimeSpan time)
    {
        byte[] fixedModel = ConvLstmGraphs.Library(size, 1), anyModel = ConvLstmGraphs.Library(size, null);
        IReadOnlyList<Timing> loads = Interleaved.Run(
        [
            ("fixed", () => Open(fixedModel).Dispose()), ("any", () => Open(anyModel).Dispose()),
            ("fixed, one run", () => OpenAndRun(fixedModel).Dispose()), ("any, one run", () => OpenAndRun(anyModel).Dispose()),
        ], time);
        using BoundSession one = OpenAndRun(fixedModel), other = OpenAndRun(anyModel);
        IReadOnlyList<Timing> runs = Interleaved.Run([("fixed", one.Run), ("any", other.Run)], time);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {size.Hidden} | {threads} | {loads[1].Median * 1e3:F1} | {Ratios.Text(loads[0], loads[1])} "
            + $"| {loads[3].Median * 1e3:F1} | {Ratios.Text(loads[2], loads[3])} "
            + $"| {runs[1].Median * 1e3:F2} | {Ratios.Text(runs[0], runs[1])} |"));

        BoundSession Open(byte[] model) => new(model, threads, ("batch", 1), ("row", size.Side), ("column", size.Side));

        BoundSession OpenAndRun(byte[] model)
        {
            BoundSession session = Open(model);
            session.Run();
            return session;
        }
    }
}
