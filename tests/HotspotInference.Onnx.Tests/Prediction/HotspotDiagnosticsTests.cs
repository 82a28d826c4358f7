using System.Diagnostics;
using HotspotInference.Prediction;
using Microsoft.Extensions.Logging;

namespace HotspotInference.Onnx.Tests.Prediction;

/// <summary>An activity listener makes every forecast of the process allocate: nothing that counts bytes runs beside these.</summary>
[CollectionDefinition(nameof(HotspotDiagnosticsTests), DisableParallelization = true)]
[Collection(nameof(HotspotDiagnosticsTests))]
public sealed class HotspotDiagnosticsTests
{
    const int Rows = MapModels.Rows, Columns = MapModels.Columns, Cells = Rows * Columns;

    // One that nothing else measured here has.
    readonly string _name = $"model of {TestContext.Current.Test?.TestDisplayName}";

    byte[] Model => MapModels.Graph(MapModels.Metadata with { Name = _name }).ToArray();

    // The result is twice as wide as declared.
    byte[] BrokenModel
    {
        get
        {
            var graph = new OnnxGraphBuilder("too-wide");
            OnnxValue maps = graph.Input("maps", "batch", 2, 1, "row", "column");
            OnnxValue sum = graph.Node("ReduceSum", [maps, graph.Constant("time", [1L], 1)], OnnxAttribute.Of("keepdims", 0));
            graph.Output("risk", graph.Concat(3, sum, sum), "batch", 1, "row", "column");
            graph.Metadata[ModelMetadata.Key] = (MapModels.Metadata with { Name = _name }).ToJson();
            return graph.ToArray();
        }
    }

    static void Predict(HotspotPredictor predictor, int batch = 1) => predictor.Predict(
        new HotspotInput { Batch = batch, Rows = Rows, Columns = Columns, Maps = new float[batch * 2 * Cells] }, new float[batch * Cells]);

    [Fact]
    public void Loaded_model_is_logged_with_its_name_device_threads_and_time()
    {
        var log = new CollectedLog();

        using var predictor = HotspotPredictor.Load(Model, new HotspotPredictorOptions { LoggerFactory = log, Threads = 1 });

        (string category, LogLevel level, string text) = Assert.Single(log.Lines);
        Assert.Equal(("HotspotInference.HotspotPredictor", LogLevel.Information), (category, level));
        Assert.StartsWith($"Loaded {_name} on cpu (threads: 1) in ", text, StringComparison.Ordinal);
        Assert.EndsWith(" ms", text, StringComparison.Ordinal);
    }

    [Fact]
    public void New_shapes_are_logged_for_who_debugs()
    {
        var debug = new CollectedLog();
        var normal = new CollectedLog(LogLevel.Information);
        foreach (CollectedLog log in new[] { debug, normal })
        {
            using var predictor = HotspotPredictor.Load(Model, new HotspotPredictorOptions { LoggerFactory = log });
            Predict(predictor);
            Predict(predictor);
            Predict(predictor, batch: 3);
        }

        Assert.Equal(
            [(LogLevel.Debug, $"{_name}: made buffers for batch 1, 3 x 4 cells, 0 steps"), (LogLevel.Debug, $"{_name}: made buffers for batch 3, 3 x 4 cells, 0 steps")],
            debug.Lines.Skip(1).Select(line => (line.Level, line.Text)));
        Assert.Single(normal.Lines);
    }

    [Fact]
    public void Fallback_to_the_processor_is_a_warning()
    {
        if (Microsoft.ML.OnnxRuntime.OrtEnv.Instance().GetAvailableProviders().Contains("CUDAExecutionProvider"))
            Assert.Skip("CUDA is available here.");
        var log = new CollectedLog();

        using var predictor = HotspotPredictor.Load(Model,
            new HotspotPredictorOptions { Device = InferenceDevice.Cuda, AllowFallback = true, LoggerFactory = log });

        Assert.Equal([LogLevel.Warning, LogLevel.Information], log.Lines.Select(line => line.Level));
        Assert.Equal("model runs on the processor, not on Cuda as asked for: it cannot be used (the ONNX Runtime in use was built without CUDA)",
            log.Lines[0].Text);
        Assert.StartsWith($"Loaded {_name} on cpu (threads: default)", log.Lines[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Model_that_cannot_be_loaded_is_logged_and_counted_by_reason()
    {
        var log = new CollectedLog();
        var options = new HotspotPredictorOptions { LoggerFactory = log };
        using var measured = new Measurements(_name);

        Assert.Throws<HotspotException>(() => HotspotPredictor.Load("none.onnx", options));
        Assert.Throws<HotspotException>(() => HotspotPredictor.Load(new byte[100], options));
        Assert.Throws<ArgumentException>(() => HotspotPredictor.Load(Model, options with { RequireDevice = true, AllowFallback = true }));
        Assert.Throws<HotspotException>(() => NextIncidentPredictor.Load(Model, options));

        Assert.Equal(["model", "model", "argument", "model"], measured.Of("hotspot.failures").Select(failure => failure.Tag("error.type")));
        Assert.All(measured.Of("hotspot.failures"), failure => Assert.Equal(("load", 1.0), (failure.Tag("hotspot.operation"), failure.Value)));
        Assert.Empty(measured.Of("hotspot.load.duration"));
        Assert.All(log.Lines, line => Assert.Equal(LogLevel.Error, line.Level));
        Assert.Equal("No model could be loaded: model 'none.onnx': no such file; expected an .onnx file. Check the path.", log.Lines[0].Text);
    }

    [Fact]
    public void Forecasts_are_counted_and_timed_with_model_and_device()
    {
        using var measured = new Measurements(_name);

        using (var predictor = HotspotPredictor.Load(Model))
        {
            Predict(predictor);
            Predict(predictor, batch: 3);
            Predict(predictor, batch: 3);
        }

        Assert.Equal([1, 3, 3], measured.Of("hotspot.forecasts").Select(forecast => forecast.Value));
        Assert.Equal([1, 3, 3], measured.Of("hotspot.predict.batch_size").Select(size => size.Value));
        Assert.Equal([1, 1], measured.Of("hotspot.buffers.created").Select(made => made.Value));
        Assert.Equal(3, measured.Of("hotspot.predict.duration").Count);
        Assert.Single(measured.Of("hotspot.load.duration"));
        Assert.Empty(measured.Of("hotspot.failures"));
        foreach (string instrument in new[] { "hotspot.predict.duration", "hotspot.load.duration" })
        {
            Assert.All(measured.Of(instrument), call =>
            {
                Assert.Equal("s", call.Unit);
                Assert.InRange(call.Value, 1e-7, 60);
            });
        }
        foreach (string instrument in new[] { "hotspot.forecasts", "hotspot.predict.duration", "hotspot.buffers.created", "hotspot.load.duration" })
        {
            Assert.All(measured.Of(instrument), one =>
                Assert.Equal([("hotspot.device", "cpu"), ("hotspot.model", _name)], one.Tags.Select(tag => (tag.Key, tag.Value)).Order()));
        }
    }

    [Fact]
    public void Failed_calls_are_counted_by_reason_and_are_no_forecasts()
    {
        var log = new CollectedLog();
        var options = new HotspotPredictorOptions { LoggerFactory = log };
        using var measured = new Measurements(_name);
        var predictor = HotspotPredictor.Load(Model, options);
        using var broken = HotspotPredictor.Load(BrokenModel, options);

        Assert.Throws<ArgumentException>(() => predictor.Predict(new float[5], Rows, Columns, new float[Cells]));
        Assert.Throws<HotspotException>(() => predictor.Predict([], Rows, Columns, new float[Cells]));
        Assert.Throws<HotspotException>(() => Predict(broken));
        predictor.Dispose();
        Assert.Throws<ObjectDisposedException>(() => Predict(predictor));

        Assert.Equal(["argument", "input", "onnx_runtime", "disposed"], measured.Of("hotspot.failures").Select(failure => failure.Tag("error.type")));
        Assert.All(measured.Of("hotspot.failures"), failure => Assert.Equal("predict", failure.Tag("hotspot.operation")));
        Assert.Empty(measured.Of("hotspot.forecasts"));
        Assert.Empty(measured.Of("hotspot.predict.duration"));
        // What was asked for wrongly is the caller's to log; what the runtime could not do is an error.
        Assert.Equal(2, log.Lines.Count(line => line.Level == LogLevel.Debug && line.Text.StartsWith($"{_name} refused a batch of 1: ", StringComparison.Ordinal)
            && !line.Text.Contains("disposed", StringComparison.Ordinal)));
        Assert.StartsWith($"{_name} failed on batch 1: ", Assert.Single(log.Lines, line => line.Level == LogLevel.Error).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Predictor_of_the_next_incident_is_measured_too()
    {
        using var predictor = NextIncidentPredictor.Load(NextIncidentModels.Graph().ToArray());
        using var measured = new Measurements(predictor.Name);

        predictor.Predict(new float[2 * predictor.Events.WindowLength], new float[2 * NextIncidentModels.Cells]);

        Assert.Equal([2], measured.Of("hotspot.forecasts").Select(forecast => forecast.Value));
    }

    [Fact]
    public void Loading_and_calls_are_activities_within_that_of_the_caller()
    {
        var ended = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is HotspotDiagnostics.ActivitySourceName or nameof(HotspotDiagnosticsTests),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = ended.Add,
        };
        ActivitySource.AddActivityListener(listener);
        using var source = new ActivitySource(nameof(HotspotDiagnosticsTests));
        using (Activity request = source.StartActivity("request")!)
        {
            using var predictor = HotspotPredictor.Load(Model);
            Predict(predictor, batch: 2);
            Assert.Throws<ArgumentException>(() => predictor.Predict(new float[5], Rows, Columns, new float[Cells]));
            Assert.Same(request, Activity.Current);
        }

        Assert.Equal(["hotspot.load", "hotspot.predict", "hotspot.predict", "request"], ended.Select(activity => activity.OperationName));
        Assert.All(ended.SkipLast(1), activity =>
        {
            Assert.Equal(ended[^1].SpanId, activity.ParentSpanId);
            Assert.Equal((_name, "cpu"), ((string?)activity.GetTagItem("hotspot.model"), (string?)activity.GetTagItem("hotspot.device")));
        });
        Assert.Equal((2, ActivityStatusCode.Unset), ((int)ended[1].GetTagItem("hotspot.batch_size")!, ended[1].Status));
        Assert.Equal(("argument", ActivityStatusCode.Error), ((string?)ended[2].GetTagItem("error.type"), ended[2].Status));
        Assert.Contains("5 elements of 'maps'", ended[2].StatusDescription, StringComparison.Ordinal);
    }
}
