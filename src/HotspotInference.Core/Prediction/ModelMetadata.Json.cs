using System.Text.Json;

namespace HotspotInference.Prediction;

public sealed partial record ModelMetadata
{
    const string WriteAgain = "Write the model again with hotspot fit or hotspot-train.";

    /// <summary>Writes the document.</summary>
    /// <exception cref="HotspotException">The metadata contradict themselves.</exception>
    public string ToJson()
    {
        Check("model metadata");
        return Serialize();
    }

    /// <summary>Reads a document that <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The document.</param>
    /// <param name="subject">What the document belongs to, for messages.</param>
    /// <exception cref="HotspotException">It is malformed, of another schema version, or contradicts itself.</exception>
    public static ModelMetadata Parse(string json, string subject = "model metadata")
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            // Alone and first: a document of another version need not have any other property of this one.
            int version = new JsonFields(document.RootElement).Int32("schema_version");
            if (version != SchemaVersion)
                throw new HotspotException(subject, $"metadata of schema version {version}", $"version {SchemaVersion}",
                    "Use the version of HotspotInference that wrote the model, or write the model again with this one.");
            ModelMetadata metadata = ModelMetadataReader.Read(document.RootElement).ToMetadata();
            metadata.Check(subject);
            return metadata;
        }
        catch (JsonException e)
        {
            throw new HotspotException(subject, $"metadata that cannot be read ({e.Message})",
                $"the JSON document of schema version {SchemaVersion}", WriteAgain, e);
        }
        catch (HotspotException e) when (e.Subject != subject)
        {
            // A part of the document refused itself; it does not know whose part it is.
            throw new HotspotException($"{subject}, {e.Subject}", e.Found, e.Expected, WriteAgain, e);
        }
    }

    /// <summary>Finds and reads the document in an .onnx file.</summary>
    /// <exception cref="InvalidDataException">The bytes are no .onnx file, or end within one.</exception>
    /// <exception cref="HotspotException">The model has none, or as <see cref="Parse"/>.</exception>
    internal static ModelMetadata Find(ReadOnlySpan<byte> model, string subject) =>
        OnnxProperties.Find(model, Key) is { } json
            ? Parse(json, subject)
            : throw new HotspotException(subject, $"no '{Key}' entry in its metadata, so it was not written by this library",
                "a model that says how its inputs are made", "Use a model written by hotspot fit or hotspot-train.");

    string Serialize() => JsonSerializer.Serialize(ModelMetadataDocument.From(this), ModelMetadataJson.Default.ModelMetadataDocument);
}
