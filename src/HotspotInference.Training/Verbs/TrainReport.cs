using System.Text.Json.Serialization;
using HotspotInference.Prediction;
using HotspotInference.Training.Updates;

namespace HotspotInference.Training.Verbs;

/// <summary>What <c>hotspot train --json</c> reports.</summary>
sealed record TrainReport(
    string Model, string Architecture, IReadOnlyDictionary<string, string> Settings, long Parameters, DaySpan Training, DaySpan? Validation,
    int TrainingWindows, int ValidationWindows, IReadOnlyList<double> BaseRates, StopReason Stopped, int Epochs, EpochLog? Best, bool Leaky,
    double ParityDifference, IReadOnlyList<double>? LogitShifts, IReadOnlyList<double?>? Calibration, StartReport? Start, KindScore? Kinds,
    DrawSpread? Draws, UpdateReport? Update);

/// <summary>How it becomes JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true)]
[JsonSerializable(typeof(TrainReport))]
sealed partial class TrainJson : JsonSerializerContext;
