using Microsoft.Extensions.Logging;

namespace HotspotInference.Prediction;

/// <summary>What is written to a logger, word by word.</summary>
static partial class PredictorLog
{
    [LoggerMessage(1, LogLevel.Information, "Loaded {Model} on {Device} (threads: {Threads}) in {Milliseconds:F0} ms")]
    public static partial void Loaded(ILogger log, string model, string device, string threads, double milliseconds);

    [LoggerMessage(2, LogLevel.Error, "No model could be loaded: {Reason}")]
    public static partial void NotLoaded(ILogger log, string reason, Exception failure);

    [LoggerMessage(3, LogLevel.Warning, "{Subject} runs on the processor, not on {Device} as asked for: {Reason}")]
    public static partial void FellBack(ILogger log, string subject, InferenceDevice device, string reason);

    [LoggerMessage(4, LogLevel.Debug, "{Model}: made buffers for batch {Batch}, {Rows} x {Columns} cells, {Steps} steps")]
    public static partial void MadeBuffers(ILogger log, string model, int batch, int rows, int columns, int steps);

    [LoggerMessage(5, LogLevel.Error, "{Model} failed on batch {Batch}: {Reason}")]
    public static partial void Failed(ILogger log, string model, int batch, string reason, Exception failure);

    // The caller gets the exception and knows better what it means: the input was his.
    [LoggerMessage(6, LogLevel.Debug, "{Model} refused a batch of {Batch}: {Reason}")]
    public static partial void Refused(ILogger log, string model, int batch, string reason, Exception failure);

    [LoggerMessage(7, LogLevel.Warning,
        "'{File}' cannot be used, and the model is optimised at each load: {Reason}. Delete the file, or let its folder be written")]
    public static partial void NotOptimized(ILogger log, string file, string reason, Exception failure);
}
