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
            ArgumentOutOfRangeException.ThrowIfLessThan(value ?? 1, 1, nameof(Threads));
            field = value;
        }
    }

    /// <summary>
    /// How many predictions may run at a time, at least 1; further callers wait for their turn, so that memory is bounded and none waits
    /// much longer than the others. Where they wait for long, as many background threads of the predictor's own do their work, and end when
    /// they have none. Null, the default, is one a core, whatever <see cref="Threads"/>, and one on a graphics card.
    /// </summary>
    public int? MaximumConcurrency
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value ?? 1, 1, nameof(MaximumConcurrency));
            field = value;
        }
    }

    /// <summary>
    /// Whether the threads of a prediction stay awake after it and take their cores, to be quicker at the next one. False by default: they
    /// leave the processor to others. No effect where <see cref="Threads"/> is 1.
    /// </summary>
    public bool SpinWhenIdle { get; init; }

    /// <summary>
    /// Most bytes of a graphics card's memory that predictions may take, at least 1; beside them the card holds CUDA itself. Null, the
    /// default, takes what is there. A prediction that needs more fails.
    /// </summary>
    public long? DeviceMemoryLimitBytes
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value ?? 1, 1, nameof(DeviceMemoryLimitBytes));
            field = value;
        }
    }

    /// <summary>
    /// How the card's algorithm for each convolution is found when a shape is first seen. <see cref="ConvolutionSearch.Exhaustive"/> by
    /// default; no effect on <see cref="InferenceDevice.Cpu"/>.
    /// </summary>
    public ConvolutionSearch ConvolutionSearch { get; init; }

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

    /// <summary>
    /// Folder where networks are kept as ONNX Runtime's optimisations leave them, made where it is missing; null, the default, keeps none.
    /// The first load of a model writes a file of about its size, later ones on the same kind of processor read it and are there sooner; to
    /// the same forecasts. Where it cannot be read or written, a warning is logged and the model is loaded without. Files may be deleted
    /// at any time. Whoever can write there decides what is forecast: as trusted a place as the model's own. No effect on
    /// <see cref="InferenceDevice.Cuda"/>.
    /// </summary>
    public string? OptimizedModelFolder
    {
        get;
        init
        {
            if (value is not null)
                ArgumentException.ThrowIfNullOrWhiteSpace(value, nameof(OptimizedModelFolder));
            field = value;
        }
    }

    /// <summary>What becomes of the cells at the edge of the grid; null takes the model's own policy.</summary>
    public BorderPolicy? Border { get; init; }

    /// <summary>Where the predictor writes what it loads and what fails; null writes nowhere. Used as long as the predictor.</summary>
    public ILoggerFactory? LoggerFactory { get; init; }

    internal int ConcurrencyOn(InferenceDevice device) =>
        MaximumConcurrency ?? (device == InferenceDevice.Cpu ? Environment.ProcessorCount : 1);
}
