using HotspotInference.Forecasts;
using Microsoft.Extensions.Logging;

namespace HotspotInference;

/// <summary>How a model is loaded and run. Immutable; the defaults run on the processor.</summary>
public sealed record HotspotPredictorOptions
{
    /// <summary>What to run on. <see cref="InferenceDevice.Cpu"/> by default.</summary>
    public InferenceDevice Device { get; init; }

    /// <summary>Which of several graphics cards, from 0.</summary>
    public int DeviceId
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(DeviceId));
            field = value;
        }
    }

    /// <summary>Whether to run on the processor where the device is missing. False by default: a missing device is an error.</summary>
    public bool AllowFallback { get; init; }

    /// <summary>
    /// Whether every operation must run on the device; otherwise those that the device does not support run on the processor. False by
    /// default; no effect on <see cref="InferenceDevice.Cpu"/>.
    /// </summary>
    public bool RequireDevice { get; init; }

    /// <summary>Threads that one prediction may use on the processor, at least 1; null leaves it to ONNX Runtime: one a core.</summary>
    public int? Threads
    {
        get;
        init
        {
            if (value is { } threads)
                ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1, nameof(Threads));
            field = value;
        }
    }

    /// <summary>
    /// How many sets of buffers are kept for later calls, at least 1: one for each shape of input and each call at the same time. More are
    /// made as needed and freed after use. 16 by default.
    /// </summary>
    public int MaximumIdleBuffers
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(MaximumIdleBuffers));
            field = value;
        }
    } = 16;

    /// <summary>What becomes of the cells at the edge of the grid; null takes the model's own policy.</summary>
    public BorderPolicy? Border { get; init; }

    /// <summary>Where the predictor writes what it loads and what fails; null writes nowhere. Used as long as the predictor.</summary>
    public ILoggerFactory? LoggerFactory { get; init; }
}
