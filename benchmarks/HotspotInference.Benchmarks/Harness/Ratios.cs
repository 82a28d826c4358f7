using System.Globalization;
using HotspotInference.Benchmarks.Graphs;
using HotspotInference.Cli.Bench;

namespace HotspotInference.Benchmarks.Harness;

/// <summary>
/// The ratios that matter, each within one interleaved run: the library's graph over the textbook's and over what cannot be left out, and
/// the predictor over ONNX Runtime itself.
/// </summary>
static class Ratios
{
    public static void Run(TextWriter output, TimeSpan time, bool isQuick)
    {
        output.WriteLine("## Ways of writing two ConvLSTM layers: 16 maps of 32 x 32, 3 x 3");
        output.WriteLine();
        output.WriteLine("| hidden | batch | threads | textbook ms/window | library ms/window | stripped ms/window "
            + "| library / textbook | library / stripped | library GFLOP/s |");
        output.WriteLine("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach (int hidden in isQuick ? [16] : new[] { 8, 16, 32 })
        foreach (int batch in new[] { 1, 32 })
        foreach (int threads in new[] { 1, 2 })
            Networks(output, new ConvLstmSize(hidden), batch, threads, time);
        output.WriteLine();
        output.WriteLine("## Eight bits, fewer channels: the textbook's 16 channels in float32 beside the library's in eight bits");
        output.WriteLine();
        output.WriteLine("| batch | threads | textbook ms/window | 16 in eight bits | 8 in eight bits | textbook / 16 | textbook / 8 |");
        output.WriteLine("| --- | --- | --- | --- | --- | --- | --- |");
        foreach (int batch in new[] { 1, 32 })
        foreach (int threads in new[] { 1, 2 })
            Fast(output, batch, threads, time);
        output.WriteLine();
        output.WriteLine("## Separable gates, beside the textbook's and the library's with as many channels");
        output.WriteLine();
        output.WriteLine("| hidden | batch | threads | textbook ms/window | separable | eight bits "
            + "| textbook / separable | eight bits / separable |");
        output.WriteLine("| --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach (int hidden in new[] { 8, 16 })
        foreach (int batch in new[] { 1, 32 })
        foreach (int threads in new[] { 1, 2 })
            Separable(output, new ConvLstmSize(hidden), batch, threads, time);
        output.WriteLine();
        output.WriteLine("## The predictor and ONNX Runtime itself: one forecast, one thread");
        output.WriteLine();
        output.WriteLine("| model | RunWithBinding ms | Predict / it | new day to forecast / it | new day ms |");
        output.WriteLine("| --- | --- | --- | --- | --- |");
        foreach (MeasuredModel model in MeasuredModel.All)
            Predictors(output, model, time);
    }

    static void Networks(TextWriter output, ConvLstmSize size, int batch, int threads, TimeSpan time)
    {
        using var textbook = new BoundSession(ConvLstmGraphs.Textbook(size, batch), threads);
        using var library = new BoundSession(ConvLstmGraphs.Library(size, batch), threads);
        using var stripped = new BoundSession(ConvLstmGraphs.Stripped(size, batch), threads);
        IReadOnlyList<Timing> timings = Interleaved.Run(
            [("textbook", textbook.Run), ("library", library.Run), ("stripped", stripped.Run)], time);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {size.Hidden} | {batch} | {threads} | {Each(timings[0], batch)} | {Each(timings[1], batch)} | {Each(timings[2], batch)} "
            + $"| {Text(timings[1], timings[0])} | {Text(timings[1], timings[2])} | {size.Flop * batch / timings[1].Median / 1e9:F0} |"));
    }

    static void Fast(TextWriter output, int batch, int threads, TimeSpan time)
    {
        var size = new ConvLstmSize(16);
        using var textbook = new BoundSession(ConvLstmGraphs.Textbook(size, batch), threads);
        using var same = new BoundSession(ConvLstmGraphs.Fast(size), threads, ("batch", batch), ("row", size.Side), ("column", size.Side));
        using var half = new BoundSession(ConvLstmGraphs.Fast(size with { Hidden = 8 }), threads,
            ("batch", batch), ("row", size.Side), ("column", size.Side));
        IReadOnlyList<Timing> timings = Interleaved.Run([("textbook", textbook.Run), ("16", same.Run), ("8", half.Run)], time);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {batch} | {threads} | {Each(timings[0], batch)} | {Each(timings[1], batch)} | {Each(timings[2], batch)} "
            + $"| {Text(timings[0], timings[1])} | {Text(timings[0], timings[2])} |"));
    }

    static void Separable(TextWriter output, ConvLstmSize size, int batch, int threads, TimeSpan time)
    {
        using var textbook = new BoundSession(ConvLstmGraphs.Textbook(size, batch), threads);
        using var separable = new BoundSession(ConvLstmGraphs.Separable(size, batch), threads);
        using var fast = new BoundSession(ConvLstmGraphs.Fast(size), threads, ("batch", batch), ("row", size.Side), ("column", size.Side));
        IReadOnlyList<Timing> timings = Interleaved.Run(
            [("textbook", textbook.Run), ("separable", separable.Run), ("fast", fast.Run)], time);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {size.Hidden} | {batch} | {threads} | {Each(timings[0], batch)} | {Each(timings[1], batch)} | {Each(timings[2], batch)} "
            + $"| {Text(timings[0], timings[1])} | {Text(timings[2], timings[1])} |"));
    }

    static void Predictors(TextWriter output, MeasuredModel model, TimeSpan time)
    {
        using HotspotPredictor predictor = HotspotPredictor.Load(model.Content, new HotspotPredictorOptions { Threads = 1 });
        using BoundSession bare = BoundSession.For(predictor, model.Content, threads: 1, batch: 1);
        var inputs = new ModelInputs(predictor, 1);
        var city = new City(predictor);
        IReadOnlyList<Timing> timings = Interleaved.Run(
            [("bare", bare.Run), ("predict", () => inputs.Predict(predictor)), ("day", () => city.Next(predictor)), ("append", city.Append)],
            time);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {model.Name} | {timings[0].Median * 1e3:F3} "
            + $"| {Text(timings[1], timings[0])} | {Text(timings[2], timings[0])} | {timings[3].Median * 1e3:F3} |"));
    }

    /// <summary>Milliseconds a window.</summary>
    public static string Each(Timing timing, int batch) => (timing.Median * 1e3 / batch).ToString("F2", CultureInfo.InvariantCulture);

    public static string Text(Timing one, Timing other)
    {
        (double median, double low, double high) = one.Over(other);
        return string.Create(CultureInfo.InvariantCulture, $"{median:F3} ({low:F3}..{high:F3})");
    }
}
