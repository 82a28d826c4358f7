using System.Text.Json.Serialization;

namespace HotspotInference.Training.Tuning;

/// <summary>What a study is about: the first line of its file. Who resumes has to ask for the same. Immutable.</summary>
/// <param name="Version">The version of the file's form.</param>
/// <param name="Space">The hyper-parameters, as <c>--tune</c> takes them.</param>
/// <param name="Options">All else that its results depend on, by name.</param>
sealed record StudyHeader(int Version, IReadOnlyList<string> Space, SortedDictionary<string, string> Options);

/// <summary>How lines of a study become JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(StudyHeader))]
[JsonSerializable(typeof(TrialResult))]
sealed partial class StudyJson : JsonSerializerContext;
