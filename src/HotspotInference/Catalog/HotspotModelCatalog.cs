using System.Text.Json;
using HotspotInference.Pipelines;
using HotspotInference.Pipelines.Saving;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace HotspotInference;

/// <summary>
/// Saves fitted pipelines of this library as JSON: <c>ml.Model.SavePipeline(...)</c>. ML.NET's own <c>ml.Model.Save</c> is closed to
/// transformers of other libraries.
/// </summary>
public static class HotspotModelCatalog
{
    const int SchemaVersion = 1;

    /// <summary>Writes a pipeline; the stream stays open. A model is written in full, so that the file needs no other.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="pipeline">A transformer of this library, or a chain of them.</param>
    /// <param name="stream">Receives the JSON as UTF-8.</param>
    /// <exception cref="NotSupportedException">A transformer of the chain is not of this library.</exception>
    public static void SavePipeline(this ModelOperationsCatalog catalog, ITransformer pipeline, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(stream);
        var document = new PipelineDocument(SchemaVersion, [.. Steps(pipeline).Select(step => step.Save())]);
        JsonSerializer.Serialize(stream, document, PipelineJson.Default.PipelineDocument);
    }

    /// <summary>Writes a pipeline to a file.</summary>
    /// <inheritdoc cref="SavePipeline(ModelOperationsCatalog, ITransformer, Stream)"/>
    /// <param name="catalog">The catalog.</param>
    /// <param name="pipeline">A transformer of this library, or a chain of them.</param>
    /// <param name="path">The file, which is replaced.</param>
    public static void SavePipeline(this ModelOperationsCatalog catalog, ITransformer pipeline, string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        // All of it, or what was there.
        using var content = new MemoryStream();
        SavePipeline(catalog, pipeline, content);
        File.WriteAllBytes(path, content.ToArray());
    }

    /// <summary>Reads a pipeline, which is to be disposed where it holds a model.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="stream">What <see cref="SavePipeline(ModelOperationsCatalog, ITransformer, Stream)"/> wrote.</param>
    /// <param name="predictor">What to run models on; null for the defaults. The policy at the border is the saved one.</param>
    /// <param name="name">What messages call the stream: the file's path.</param>
    /// <exception cref="HotspotException">The stream holds no pipeline, or one of another version.</exception>
    public static TransformerChain<ITransformer> LoadPipeline(this ModelOperationsCatalog catalog, Stream stream,
        HotspotPredictorOptions? predictor = null, string name = "pipeline")
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(stream);
        var loaded = new List<ITransformer>();
        try
        {
            using JsonDocument json = JsonDocument.Parse(stream);
            int version = json.Deserialize(PipelineVersionJson.Default.PipelineVersionDocument)?.SchemaVersion ?? 0;
            if (version != SchemaVersion)
                throw new HotspotException(name, $"a pipeline of schema version {version}", $"version {SchemaVersion}",
                    "Use the version of HotspotInference that saved it, or fit and save it again.");
            foreach (StepDocument step in json.Deserialize(PipelineJson.Default.PipelineDocument)!.Steps)
                loaded.Add(step.Load(predictor ?? new HotspotPredictorOptions()));
            return new TransformerChain<ITransformer>([.. loaded]);
        }
        catch (Exception e)
        {
            foreach (ITransformer transformer in loaded)
                (transformer as IDisposable)?.Dispose();
            if (e is JsonException or NotSupportedException or ArgumentException)
                throw new HotspotException(name, $"text that is no pipeline ({e.Message})",
                    "JSON as SavePipeline writes it", "Fit and save the pipeline again.", e);
            throw;
        }
    }

    /// <summary>Reads a pipeline from a file.</summary>
    /// <inheritdoc cref="LoadPipeline(ModelOperationsCatalog, Stream, HotspotPredictorOptions?, string)"/>
    /// <param name="catalog">The catalog.</param>
    /// <param name="path">The file.</param>
    /// <param name="predictor">What to run models on; null for the defaults. The policy at the border is the saved one.</param>
    public static TransformerChain<ITransformer> LoadPipeline(this ModelOperationsCatalog catalog, string path,
        HotspotPredictorOptions? predictor = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            using FileStream stream = File.OpenRead(path);
            return LoadPipeline(catalog, stream, predictor, $"pipeline '{path}'");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HotspotException($"pipeline '{path}'", $"it cannot be read ({e.Message})",
                "a file that SavePipeline wrote", "Check the path.", e);
        }
    }

    static IEnumerable<HotspotTransformer> Steps(ITransformer pipeline) => pipeline switch
    {
        HotspotTransformer step => [step],
        // A chain, of whatever last transformer.
        IEnumerable<ITransformer> chain => chain.SelectMany(Steps),
        _ => throw new NotSupportedException($"{pipeline.GetType().Name} is not of this library. "
            + "Save the parts apart: ml.Model.Save for ML.NET's, SavePipeline for the others."),
    };
}
