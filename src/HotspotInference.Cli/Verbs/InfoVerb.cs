using System.CommandLine;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using HotspotInference.Cli.Options;
using HotspotInference.Cli.Terminal;
using Microsoft.ML.OnnxRuntime;
using ModelMetadata = HotspotInference.Prediction.ModelMetadata;

namespace HotspotInference.Cli.Verbs;

/// <summary><c>hotspot info</c>: what the program runs on, and what a model is.</summary>
sealed class InfoVerb : Verb
{
    readonly Option<string?> _model = new("--model") { Description = "Also tell what this model file is.", HelpName = "file" };
    readonly JsonOption _json = new();

    public InfoVerb()
        : base("info",
            "Shows versions, the processors and what ONNX Runtime can use; with --model what a model is, its thresholds and calibration.")
    {
        Add(_model);
        Add(_json);
    }

    public override IReadOnlyList<string> Examples => ["hotspot info", "hotspot info --model city.onnx", "hotspot info --json"];

    public override void Run(ParseResult arguments, VerbConsole console, CancellationToken cancellationToken)
    {
        OrtEnv onnxRuntime = OrtEnv.Instance();
        var report = new InfoReport(
            VersionOf(typeof(InfoVerb).Assembly), RuntimeInformation.FrameworkDescription, RuntimeInformation.OSDescription,
            RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant(), Environment.ProcessorCount,
            onnxRuntime.GetVersionString(), VersionOf(typeof(OrtEnv).Assembly).EndsWith("+substitute", StringComparison.Ordinal),
            onnxRuntime.GetAvailableProviders(), TimeZoneInfo.GetSystemTimeZones().Count, Model(arguments));
        console.Report(arguments.GetValue(_json), report, CliJson.Default.InfoReport, () => Show(report, console));
        if (report.TimeZones <= 1)
            console.Warning("the system has no time zones, so --time-zone will not work. Install them: apt-get install tzdata.");
    }

    ModelFacts? Model(ParseResult arguments)
    {
        if (arguments.GetValue(_model) is not { } file)
            return null;
        ModelMetadata metadata = HotspotPredictor.ReadMetadata(file);
        // What the network takes and gives is to be what it says of itself.
        using IDisposable model = metadata.Events is null ? HotspotPredictor.Load(file) : NextIncidentPredictor.Load(file);
        return ModelFacts.Of(file, metadata);
    }

    static void Show(InfoReport report, VerbConsole console)
    {
        console.Facts(
            ("hotspot", report.Version),
            ("runtime", report.Runtime),
            ("system", $"{report.OperatingSystem} ({report.Architecture})"),
            ("processors", report.Processors.ToString(CultureInfo.InvariantCulture)),
            ("ONNX Runtime", report.OnnxRuntime + (report.OnnxRuntimeIsSubstitute ? " (substitute build)" : "")),
            ("providers", string.Join(", ", report.ExecutionProviders)),
            ("time zones", report.TimeZones.ToString(CultureInfo.InvariantCulture)));
        if (report.Model is not { } model)
            return;
        console.Line();
        console.Facts(
            ("model", model.File),
            ("name", $"{model.Name} ({model.Architecture})"),
            ("grid", model.Grid),
            ("period", model.Cadence),
            ("horizon", model.Horizon.ToString(CultureInfo.InvariantCulture)),
            ("classes", string.Join(", ", model.Classes)),
            ("external features", model.External.Count > 0 ? string.Join(", ", model.External) : "none"),
            ("state", model.StateChannels > 0 ? $"carried from period to period, {model.StateChannels} channels" : "none"),
            ("batch", model.FixedBatch is { } batch ? $"{batch} only" : "any"),
            ("training", model.Training?.ToString() ?? "unknown"),
            ("validation", model.Validation?.ToString() ?? "none"),
            ("written by", model.LibraryVersion));
        if (model.ThresholdRule is { } rule)
            ThresholdTable.Show(rule, model.Thresholds, console);
        if (model.Calibration is { } calibration)
            CalibrationTable.Show(calibration, console);
    }

    static string VersionOf(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
