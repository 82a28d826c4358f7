using System.Text.Json.Serialization;
using HotspotInference.Cli.Bench;
using HotspotInference.Cli.Verbs;

namespace HotspotInference.Cli;

/// <summary>How reports become JSON: snake_case names.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(BenchReport))]
[JsonSerializable(typeof(FitReport))]
[JsonSerializable(typeof(ForecastReport))]
[JsonSerializable(typeof(InfoReport))]
[JsonSerializable(typeof(InspectReport))]
[JsonSerializable(typeof(MapReport))]
[JsonSerializable(typeof(PrepareReport))]
[JsonSerializable(typeof(QuantizeReport))]
[JsonSerializable(typeof(SimulateReport))]
[JsonSerializable(typeof(TransferReport))]
[JsonSerializable(typeof(TrendsReport))]
[JsonSerializable(typeof(ValidateReport))]
sealed partial class CliJson : JsonSerializerContext;
