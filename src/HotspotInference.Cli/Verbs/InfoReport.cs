namespace HotspotInference.Cli.Verbs;

/// <summary>What <c>info</c> found.</summary>
sealed record InfoReport(
    string Version, string Runtime, string OperatingSystem, string Architecture, int Processors,
    string OnnxRuntime, bool OnnxRuntimeIsSubstitute, IReadOnlyList<string> ExecutionProviders, int TimeZones, ModelFacts? Model);
