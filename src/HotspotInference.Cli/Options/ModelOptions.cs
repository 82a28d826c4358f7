using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using HotspotInference.Cli.Terminal;

namespace HotspotInference.Cli.Options;

/// <summary>Which model runs, and on what.</summary>
/// <param name="isRequired">Whether there has to be one.</param>
sealed class ModelOptions(bool isRequired = true)
{
    // A sparse city may have been quiet at first.
    const int LateStartDays = 31;

    readonly Option<string> _model = new("--model") { Description = "The .onnx file.", HelpName = "file", Required = isRequired };
    readonly Option<InferenceDevice?> _device = ChoiceOption.Of<InferenceDevice>("--device", "What to run on. [default: cpu]");
    readonly Option<bool> _allowFallback = new("--allow-fallback") { Description = "Run on the processor where the device is missing." };
    readonly Option<int?> _threads = new ParsedOption<int?>("--threads", "N", "Threads on the processor; one a core otherwise.",
        text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int threads) && threads > 0 ? threads
            : throw new HotspotException("threads", $"'{text}'", "a whole number of at least 1", "Leave it out for one a core."));

    public void AddTo(Command command)
    {
        foreach (Option option in (ReadOnlySpan<Option>)[_model, _device, _allowFallback, _threads])
            command.Add(option);
    }

    /// <summary>Whether a model is given.</summary>
    public bool IsGiven(CommandResult command) => command.GetResult(_model) is not null;

    /// <summary>The path of the model.</summary>
    public string Path(ParseResult arguments) => arguments.GetRequiredValue(_model);

    /// <summary>Warns where a model's rates reach back before the incidents that it was given.</summary>
    public static void CheckHistory(HotspotPredictor predictor, DateTime known, VerbConsole console)
    {
        if (predictor.Metadata.HistoryFrom is { } first && DateOnly.FromDateTime(known) > first.AddDays(LateStartDays))
            console.Warning(string.Create(CultureInfo.InvariantCulture,
                $"the incidents begin {known:yyyy-MM-dd}, the model's history {first:yyyy-MM-dd}: its long averages lack the time between. "
                + $"Give the older incidents too."));
    }

    /// <summary>Loads the model.</summary>
    public HotspotPredictor Load(ParseResult arguments) => HotspotPredictor.Load(Path(arguments), Options(arguments));

    /// <summary>Whether the model ranks cells for the next incident.</summary>
    public bool GivesNext(ParseResult arguments) => HotspotPredictor.ReadMetadata(Path(arguments)).Events is not null;

    /// <summary>Loads a model of the next incident.</summary>
    public NextIncidentPredictor LoadNext(ParseResult arguments) => NextIncidentPredictor.Load(Path(arguments), Options(arguments));

    HotspotPredictorOptions Options(ParseResult arguments) => new()
    {
        Device = arguments.GetValue(_device) ?? InferenceDevice.Cpu,
        AllowFallback = arguments.GetValue(_allowFallback),
        Threads = arguments.GetValue(_threads),
    };
}
