using System.Diagnostics;
using Microsoft.ML.OnnxRuntime;

namespace HotspotInference.Prediction;

/// <summary>What the whole library traces with, and the words that its traces and <see cref="Instruments"/> share.</summary>
static class Telemetry
{
    public const string Model = "hotspot.model", Device = "hotspot.device", BatchSize = "hotspot.batch_size",
        Operation = "hotspot.operation";

    public const string Predict = "predict", Load = "load";

    const string ErrorType = "error.type";

    public static readonly string? Version = typeof(Telemetry).Assembly.GetName().Version?.ToString(3);

    public static readonly ActivitySource Source = new(HotspotDiagnostics.ActivitySourceName, Version);

    public static KeyValuePair<string, object?> Tag(string name, object? value) => new(name, value);

    /// <summary>Counts a failure, and ends its activity as one.</summary>
    public static void Fail(string operation, string reason, Exception failure, Activity? activity, string? model = null)
    {
        if (Instruments.Failures.Enabled)
            Instruments.Failures.Add(1, Tag(Operation, operation), Tag(ErrorType, reason), Tag(Model, model));
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
