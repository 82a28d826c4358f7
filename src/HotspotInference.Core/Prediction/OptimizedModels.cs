using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using Microsoft.Extensions.Logging;
using Microsoft.ML.OnnxRuntime;

namespace HotspotInference.Prediction;

/// <summary>
/// Networks as ONNX Runtime's optimisations leave them for one kind of processor, kept in a folder: a later session is there sooner.
/// A file is named by all that it depends on, so none is ever out of date.
/// </summary>
static class OptimizedModels
{
    /// <summary>
    /// A session from the file kept for the model, or a new one whose network is kept for later; null where the folder cannot be used,
    /// which is logged.
    /// </summary>
    /// <param name="model">The .onnx file.</param>
    /// <param name="folder">Made where it is missing.</param>
    /// <param name="createSettings">Makes the session's settings; they are disposed here.</param>
    /// <param name="log">Hears why the folder cannot be used.</param>
    public static InferenceSession? TryOpen(byte[] model, string folder, Func<SessionOptions> createSettings, ILogger log)
    {
        string kept = Path.Combine(folder, NameOf(model));
        try
        {
            return File.Exists(kept) ? Open(kept, createSettings) : OpenAndKeep(model, kept, createSettings);
        }
        catch (Exception e) when (e is OnnxRuntimeException or IOException or UnauthorizedAccessException)
        {
            PredictorLog.NotOptimized(log, kept, e.Message, e);
            return null;
        }
    }

    static InferenceSession Open(string kept, Func<SessionOptions> createSettings)
    {
        using SessionOptions settings = createSettings();
        settings.GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL;
        return new InferenceSession(File.ReadAllBytes(kept), settings);
    }

    static InferenceSession OpenAndKeep(byte[] model, string kept, Func<SessionOptions> createSettings)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(kept)!);
        // Another process may write the same one now: each moves a whole file to its place.
        string partial = $"{kept}.{Guid.NewGuid():N}.partial";
        using SessionOptions settings = createSettings();
        settings.OptimizedModelFilePath = partial;
        InferenceSession session = new(model, settings);
        try
        {
            File.Move(partial, kept, overwrite: true);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
        finally
        {
            File.Delete(partial);
        }
    }

    // Convolutions are laid out for the width of the processor's vectors, and nodes are joined as this version of ONNX Runtime does.
    static string NameOf(byte[] model)
    {
        // Not SHA-256, whose library costs more to load than the file saves.
        var all = new XxHash128();
        all.Append(model);
        all.Append(MemoryMarshal.AsBytes<char>(OrtEnv.Instance().GetVersionString()));
        all.Append(MemoryMarshal.AsBytes<int>([(int)RuntimeInformation.ProcessArchitecture, .. ProcessorFeatures()]));
        return $"{Convert.ToHexStringLower(all.GetCurrentHash())}.onnx";
    }

    static int[] ProcessorFeatures()
    {
        if (!X86Base.IsSupported)
            return [];
        (_, _, int basic, _) = X86Base.CpuId(1, 0);
        (_, int extended, int more, _) = X86Base.CpuId(7, 0);
        return [basic, extended, more];
    }
}
