using HotspotInference.Forecasts;
using HotspotInference.Features;
using HotspotInference.Heatmaps;
using HotspotInference.Prediction;
using Microsoft.ML.OnnxRuntime;
using ModelMetadata = HotspotInference.Prediction.ModelMetadata;

namespace HotspotInference;

/// <summary>
/// Runs a model that this library wrote: tensors in, risk out. Needs nothing but the model file. One instance serves any number of
/// threads at once from one session; disposing it waits for none of them, and frees the session when the last call has ended.
/// </summary>
public sealed partial class HotspotPredictor : IDisposable
{
    // Hundreds of runs of the smallest models, which so change threads rarely.
    static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(40);

    readonly string _subject;
    readonly InferenceSession _session;
    readonly ModelContract _contract;
    readonly ConcurrencyGate _places;
    readonly ModelBuffersPool _buffers;
    readonly RunOptions _runOptions;
    readonly PredictorDiagnostics _diagnostics;

    HotspotPredictor(
        InferenceSession session, InferenceDevice device, ModelMetadata metadata, HotspotPredictorOptions options, string subject,
        bool givesNext)
    {
        _subject = subject;
        _session = session;
        _contract = new ModelContract(session, metadata, subject, givesNext);
        _runOptions = new RunOptions();
        _diagnostics = new PredictorDiagnostics(options, metadata.Name, device);
        _places = new ConcurrencyGate(options.ConcurrencyOn(device), s_patience);
        _buffers = new ModelBuffersPool(options.MaximumIdleBuffers,
            shape => _diagnostics.Made(new ModelBuffers(session, device, _contract, shape)), Release);
        Device = device;
        Metadata = metadata;
        Border = options.Border ?? metadata.Border;
    }

    /// <summary>What the model says of itself.</summary>
    public ModelMetadata Metadata { get; }

    /// <summary>What the model runs on; the processor where the device asked for was missing and fallback allowed.</summary>
    public InferenceDevice Device { get; }

    /// <summary>What becomes of the cells at the edge of the grid: the options' policy, else the model's.</summary>
    public BorderPolicy Border { get; }

    /// <summary>A short name for tables.</summary>
    public string Name => Metadata.Name;

    /// <summary>How the heat maps are made that the model learnt from.</summary>
    public HeatmapSpec Heatmaps => Metadata.Heatmaps;

    /// <summary>What the model needs to know of the past.</summary>
    public FeatureSpec Features => Metadata.Features;

    /// <summary>The classes it forecasts, in the order of its output.</summary>
    public IReadOnlyList<string> Classes => Metadata.Classes;

    /// <summary>Whether the model also gives the expected number of incidents.</summary>
    public bool HasIntensity => _contract.Outputs[1] is not null;

    /// <summary>Whether the model also gives the probability of each kind given an incident.</summary>
    public bool HasKind => _contract.Outputs[2] is not null;

    /// <summary>How many sets of buffers there are, in use or kept for later calls.</summary>
    internal int BufferCount => _buffers.Count;

    /// <summary>Whether the session is freed.</summary>
    internal bool IsReleased => _runOptions.IsClosed;

    /// <summary>Frees the session and its memory, once calls that are under way have ended.</summary>
    public void Dispose() => _buffers.Dispose();

    void Release()
    {
        _runOptions.Dispose();
        _session.Dispose();
    }
}
