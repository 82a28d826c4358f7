using System.Runtime.InteropServices;
using HotspotInference.Prediction;
using Microsoft.ML.OnnxRuntime;
using ModelMetadata = HotspotInference.Prediction.ModelMetadata;

namespace HotspotInference;

public sealed partial class HotspotPredictor
{
    const string CudaProvider = "CUDAExecutionProvider";

    internal const string CudaSubject = "device Cuda", NativeSubject = "ONNX Runtime";

    /// <summary>Loads a model from a file.</summary>
    /// <param name="path">The .onnx file.</param>
    /// <param name="options">How to run it; null for the defaults.</param>
    /// <exception cref="HotspotException">
    /// The file is missing, cannot be read, is no model or not one that this library wrote; the device asked for is missing; or no native
    /// ONNX Runtime library is found.
    /// </exception>
    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    public static HotspotPredictor Load(string path, HotspotPredictorOptions? options = null) => LoadFile(path, options, givesNext: false);

    /// <summary>Reads what a model says of itself, whatever it forecasts; the network is not loaded, nor ONNX Runtime.</summary>
    /// <param name="path">The .onnx file.</param>
    /// <exception cref="HotspotException">The file is missing, cannot be read, is no model or not one that this library wrote.</exception>
    public static ModelMetadata ReadMetadata(string path) => FromFile(path, MetadataOf);

    internal static HotspotPredictor LoadFile(string path, HotspotPredictorOptions? options, bool givesNext) =>
        Observe(options, () => FromFile(path, (model, subject) => Load(model, options, subject, givesNext)));

    static HotspotPredictor Observe(HotspotPredictorOptions? options, Func<HotspotPredictor> load)
    {
        Thread? start = StartRuntime();
        try
        {
            return LoadDiagnostics.Observe(options, load);
        }
        finally
        {
            // Where loading failed early: a process must not end within ONNX Runtime's start.
            start?.Join();
        }
    }

    // ONNX Runtime takes tens of milliseconds to start, once in a process: as long as what else the first load does before it opens a
    // session. That one waits for the start, or fails as it did; and while it is opened, the instruments are made that are needed next.
    static Thread? StartRuntime()
    {
        if (OrtEnv.IsCreated)
            return null;
        var start = new Thread(() =>
        {
            try
            {
                OrtEnv.Instance();
                _ = Instruments.LoadDuration.Enabled;
            }
            catch (Exception)
            {
                // The one that loads gets it too, where somebody can catch it.
            }
        }) { IsBackground = true, Name = "ONNX Runtime's start" };
        start.Start();
        return start;
    }

    static T FromFile<T>(string path, Func<byte[], string, T> use)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        string subject = $"model '{path}'";
        try
        {
            return use(File.ReadAllBytes(path), subject);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            string found = File.Exists(path) ? $"it cannot be read ({e.Message})" : Directory.Exists(path) ? "a folder" : "no such file";
            throw new HotspotException(subject, found, "an .onnx file", "Check the path.", e);
        }
    }

    /// <summary>Loads a model from a stream, read from its position to its end and left open.</summary>
    /// <inheritdoc cref="Load(string, HotspotPredictorOptions?)"/>
    /// <param name="stream">The content of an .onnx file.</param>
    /// <param name="options">How to run it; null for the defaults.</param>
    public static HotspotPredictor Load(Stream stream, HotspotPredictorOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return LoadMemory(copy.ToArray(), options, givesNext: false);
    }

    /// <summary>Loads a model from memory, which may be reused afterwards.</summary>
    /// <inheritdoc cref="Load(string, HotspotPredictorOptions?)"/>
    /// <param name="model">The content of an .onnx file.</param>
    /// <param name="options">How to run it; null for the defaults.</param>
    public static HotspotPredictor Load(ReadOnlyMemory<byte> model, HotspotPredictorOptions? options = null) =>
        LoadMemory(model, options, givesNext: false);

    internal static HotspotPredictor LoadMemory(ReadOnlyMemory<byte> model, HotspotPredictorOptions? options, bool givesNext) =>
        // ONNX Runtime takes whole arrays only.
        Observe(options, () => Load(
            MemoryMarshal.TryGetArray(model, out ArraySegment<byte> array) && array.Count == array.Array!.Length
                ? array.Array
                : model.ToArray(),
            options, "model", givesNext));

    static HotspotPredictor Load(byte[] model, HotspotPredictorOptions? options, string subject, bool givesNext)
    {
        options ??= new HotspotPredictorOptions();
        if (options is { RequireDevice: true, AllowFallback: true })
            throw new ArgumentException("RequireDevice and AllowFallback are both set; expected at most one of them.", nameof(options));
        InferenceSession? session = null;
        try
        {
            // Before the session: what has to be compiled for it is compiled while ONNX Runtime starts.
            ModelMetadata metadata = MetadataOf(model, subject);
            session = Open(model, options, subject, out InferenceDevice device);
            if (options.Border is { } border)
                (metadata with { Border = border, Thresholds = null, Selection = null }).Check("options");
            return new HotspotPredictor(session, device, metadata, options, subject, givesNext) { StateKey = KeyOf(model, metadata) };
        }
        catch (Exception e)
        {
            session?.Dispose();
            if (IsNativeLibraryMissing(e))
                throw NoNativeLibrary(e);
            throw;
        }
    }

    static ModelMetadata MetadataOf(byte[] model, string subject)
    {
        if (model.Length == 0)
            throw new HotspotException(subject, "0 bytes", "the content of an .onnx file",
                "Check that the model was written and copied in full.");
        try
        {
            return ModelMetadata.Find(model, subject);
        }
        catch (InvalidDataException e)
        {
            throw NoModel(model, subject, e);
        }
    }

    static InferenceSession Open(byte[] model, HotspotPredictorOptions options, string subject, out InferenceDevice device)
    {
        device = options.Device;
        if (device == InferenceDevice.Cuda)
        {
            try
            {
                return OpenOnCuda(model, options, subject);
            }
            catch (HotspotException e) when (options.AllowFallback)
            {
                PredictorLog.FellBack(PredictorDiagnostics.LogOf(options), subject, device, e.Found);
                device = InferenceDevice.Cpu;
            }
        }
        return OpenOnCpu(model, options, subject);
    }

    static InferenceSession OpenOnCpu(byte[] model, HotspotPredictorOptions options, string subject)
    {
        if (options.OptimizedModelFolder is { } folder
            && OptimizedModels.TryOpen(model, folder, () => CreateSettings(options), PredictorDiagnostics.LogOf(options)) is { } optimized)
            return optimized;
        using SessionOptions settings = CreateSettings(options);
        try
        {
            return new InferenceSession(model, settings);
        }
        catch (OnnxRuntimeException e)
        {
            throw NoModel(model, subject, e);
        }
    }

    static InferenceSession OpenOnCuda(byte[] model, HotspotPredictorOptions options, string subject)
    {
        if (!OrtEnv.Instance().GetAvailableProviders().Contains(CudaProvider))
            throw NoCuda("the ONNX Runtime in use was built without CUDA");
        using SessionOptions settings = CreateSettings(options);
        try
        {
            using var cuda = new OrtCUDAProviderOptions();
            cuda.UpdateOptions(CudaSettings.From(options));
            settings.AppendExecutionProvider_CUDA(cuda);
        }
        catch (OnnxRuntimeException e)
        {
            throw NoCuda(e.Message, e);
        }
        if (options.RequireDevice)
            settings.AddSessionConfigEntry("session.disable_cpu_ep_fallback", "1");
        try
        {
            return new InferenceSession(model, settings);
        }
        catch (OnnxRuntimeException e)
        {
            // What is no model fails on every device; only what runs on the processor is the device's failure.
            OpenOnCpu(model, options, subject).Dispose();
            throw NoCuda(e.Message, e);
        }
    }

    static SessionOptions CreateSettings(HotspotPredictorOptions options)
    {
        var settings = new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
        if (options.Threads is { } threads)
            settings.IntraOpNumThreads = threads;
        if (!options.SpinWhenIdle)
            settings.AddSessionConfigEntry("session.force_spinning_stop", "1");
        return settings;
    }

    static HotspotException NoModel(byte[] model, string subject, Exception e)
    {
        // A page of an error, or the pointer that stands for a large file in a repository: the commonest of files that are no model.
        bool isText = model.AsSpan(0, Math.Min(model.Length, 64)).IndexOfAnyExceptInRange((byte)' ', (byte)'~') is var other
            && (other < 0 || model[other] is (byte)'\r' or (byte)'\n' or (byte)'\t');
        return new HotspotException(subject, isText ? "a text file" : $"{model.Length} bytes that cannot be loaded ({e.Message})",
            "a complete ONNX model",
            "Check that it is an .onnx file and was copied in full (a file kept in Git LFS needs git lfs pull).", e);
    }

    static HotspotException NoCuda(string reason, Exception? e = null) =>
        new(CudaSubject, $"it cannot be used ({reason})", "a CUDA graphics card and the package Microsoft.ML.OnnxRuntime.Gpu",
            CudaSettings.RemedyFor(reason), e);

    static bool IsNativeLibraryMissing(Exception e) =>
        e is DllNotFoundException or EntryPointNotFoundException or BadImageFormatException
        || (e is TypeInitializationException && e.InnerException is { } inner && IsNativeLibraryMissing(inner));

    static HotspotException NoNativeLibrary(Exception e) =>
        new(NativeSubject, $"its native library cannot be loaded ({e.GetBaseException().Message})",
            "the package Microsoft.ML.OnnxRuntime (processor) or Microsoft.ML.OnnxRuntime.Gpu (CUDA) beside HotspotInference",
            "Add one of them to the application: dotnet add package Microsoft.ML.OnnxRuntime.", e);
}
