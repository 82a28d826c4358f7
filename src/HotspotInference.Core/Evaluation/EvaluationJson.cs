using System.Text.Json.Serialization;

namespace HotspotInference.Evaluation;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    UseStringEnumConverter = true,
    WriteIndented = true)]
[JsonSerializable(typeof(ComparisonReport))]
[JsonSerializable(typeof(EvaluationReport))]
[JsonSerializable(typeof(NextIncidentReport))]
[JsonSerializable(typeof(DumpGrid))]
sealed partial class EvaluationJson : JsonSerializerContext;
