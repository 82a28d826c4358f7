using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace HotspotInference.Prediction;

/// <summary>Logs, measures and traces one predictor. Safe for use by several threads; allocates nothing but for traces.</summary>
sealed class PredictorDiagnostics(HotspotPredictorOptions options, string model, InferenceDevice device)
{
    readonly ILogger _log = LogOf(options);

    // Made once: a measurement passes them on as they are.
    readonly KeyValuePair<string, object?>[] _tags =
        [Telemetry.Tag(Telemetry.Model, model), Telemetry.Tag(Telemetry.Device, NameOf(device))];

    public static ILogger LogOf(HotspotPredictorOptions? options) =>
        options?.LoggerFactory?.CreateLogger<HotspotPredictor>() ?? (ILogger)NullLogger.Instance;

    public static string NameOf(InferenceDevice device) => device.ToString().ToLowerInvariant();

    /// <summary>A call begins; it ends with one of the call's own methods.</summary>
    public PredictCall Start(int batch)
    {
        Activity? activity = Telemetry.Source.HasListeners()
            ? Telemetry.Source.StartActivity(ActivityKind.Internal, tags: _tags, name: "hotspot.predict")
                ?.SetTag(Telemetry.BatchSize, batch)
            : null;
        return new PredictCall(this, batch, Instruments.PredictDuration.Enabled ? Stopwatch.GetTimestamp() : 0, activity);
    }

    /// <summary>Buffers were made.</summary>
    public ModelBuffers Made(ModelBuffers buffers)
    {
        if (Instruments.BuffersCreated.Enabled)
            Instruments.BuffersCreated.Add(1, _tags);
        PredictorLog.MadeBuffers(_log, model, buffers.Shape.Batch, buffers.Shape.Rows, buffers.Shape.Columns, buffers.Shape.Steps);
        return buffers;
    }

    /// <summary>One call of the network.</summary>
    public readonly struct PredictCall(PredictorDiagnostics predictor, int batch, long start, Activity? activity)
    {
        public void Succeeded()
        {
            // Zero where nobody listened yet when it began.
            if (start != 0)
                Instruments.PredictDuration.Record(Stopwatch.GetElapsedTime(start).TotalSeconds, predictor._tags);
            if (Instruments.PredictBatchSize.Enabled)
                Instruments.PredictBatchSize.Record(batch, predictor._tags);
            if (Instruments.Forecasts.Enabled)
                Instruments.Forecasts.Add(batch, predictor._tags);
            activity?.Dispose();
        }

        public void Failed(Exception failure) => predictor.Failed(failure, batch, activity);
    }

    void Failed(Exception failure, int batch, Activity? activity)
    {
        string reason = Telemetry.ReasonOf(failure);
        Telemetry.Fail(Telemetry.Predict, reason, failure, activity, model);
        if (reason is "argument" or "input" or "disposed" or "cancelled")
            PredictorLog.Refused(_log, model, batch, failure.Message, failure);
        else
            PredictorLog.Failed(_log, model, batch, failure.Message, failure);
    }
}
