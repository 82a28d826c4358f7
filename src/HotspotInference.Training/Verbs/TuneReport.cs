using System.Text.Json.Serialization;
using HotspotInference.Prediction;
using HotspotInference.Training.Tuning;

namespace HotspotInference.Training.Verbs;

/// <summary>What <c>hotspot tune --json</c> reports.</summary>
/// <param name="Study">The study's file.</param>
/// <param name="Plot">Its picture.</param>
/// <param name="Architecture">The kind of network.</param>
/// <param name="Method">How configurations were chosen.</param>
/// <param name="Objective">What a score is; lower is better.</param>
/// <param name="Space">What was searched.</param>
/// <param name="RungEpochs">After how many epochs trainings were scored.</param>
/// <param name="Blocks">The days that decided.</param>
/// <param name="Trials">Configurations tried.</param>
/// <param name="Failed">How many of them failed.</param>
/// <param name="Best">The best of those that came furthest; null where all failed.</param>
/// <param name="Values">Its configuration, by name.</param>
/// <param name="Results">All results, in the order in which they came.</param>
sealed record TuneReport(
    string Study, string Plot, string Architecture, string Method, TrialObjective Objective, IReadOnlyList<string> Space,
    IReadOnlyList<int> RungEpochs, IReadOnlyList<DaySpan> Blocks, int Trials, int Failed, TrialResult? Best,
    IReadOnlyDictionary<string, string>? Values, IReadOnlyList<TrialResult> Results);

/// <summary>How it becomes JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true)]
[JsonSerializable(typeof(TuneReport))]
sealed partial class TuneJson : JsonSerializerContext;
