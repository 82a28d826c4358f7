using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.ML.OnnxRuntime;

namespace HotspotInference.Prediction;

/// <summary>What the whole library measures with: one activity source and one meter, as listeners find them by name.</summary>
static class Telemetry
{
    public const string Model = "hotspot.model", Device = "hotspot.device", BatchSize = "hotspot.batch_size", Operation = "hotspot.operation";

    public const string Predict = "predict", Load = "load";

    const string ErrorType = "error.type";

    static readonly string? s_version = typeof(Telemetry).Assembly.GetName().Version?.ToString(3);

    public static readonly ActivitySource Source = new(HotspotDiagnostics.ActivitySourceName, s_version);

    static readonly Meter s_meter = new(HotspotDiagnostics.MeterName, s_version);

    public static readonly Histogram<double> PredictDuration = s_meter.CreateHistogram(
        "hotspot.predict.duration", "s", "Time of one call of the network, copying in and out included.",
        // The usual boundaries begin at 5 ms: most models are done by then.
        advice: new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [.00005, .0001, .00025, .0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5],
        });

    public static readonly Histogram<int> PredictBatchSize = s_meter.CreateHistogram(
        "hotspot.predict.batch_size", "{forecast}", "Forecasts of one call.",
        advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256] });

    public static readonly Counter<long> Forecasts = s_meter.CreateCounter<long>("hotspot.forecasts", "{forecast}", "Forecasts made.");

    public static readonly Counter<long> BuffersCreated = s_meter.CreateCounter<long>(
        "hotspot.buffers.created", "{set}", "Sets of buffers made: one for each shape of input and each call at the same time.");

    public static readonly Histogram<double> LoadDuration = s_meter.CreateHistogram(
        "hotspot.load.duration", "s", "Time to load a model.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [.01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30] });

    static readonly Counter<long> s_failures = s_meter.CreateCounter<long>("hotspot.failures", "{failure}", "Calls and loads that failed, by reason.");

    public static KeyValuePair<string, object?> Tag(string name, object? value) => new(name, value);

    /// <summary>Counts a failure, and ends its activity as one.</summary>
    public static void Fail(string operation, string reason, Exception failure, Activity? activity, string? model = null)
    {
        if (s_failures.Enabled)
            s_failures.Add(1, Tag(Operation, operation), Tag(ErrorType, reason), Tag(Model, model));
        activity?.SetTag(ErrorType, reason).SetStatus(ActivityStatusCode.Error, failure.Message);
        activity?.Dispose();
    }

    /// <summary>Why a call failed: few words, for counting.</summary>
    public static string ReasonOf(Exception failure) => failure switch
    {
        ObjectDisposedException => "disposed",
        OperationCanceledException => "cancelled",
        ArgumentException => "argument",
        HotspotException { InnerException: OnnxRuntimeException } => "onnx_runtime",
        HotspotException => "input",
        _ => failure.GetType().Name,
    };
}
