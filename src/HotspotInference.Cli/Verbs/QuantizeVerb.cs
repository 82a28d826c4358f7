using System.CommandLine;
using System.Globalization;
using HotspotInference.Cli.Options;
using HotspotInference.Cli.Terminal;
using HotspotInference.Heatmaps;
using HotspotInference.Onnx.Quantization;

namespace HotspotInference.Cli.Verbs;

/// <summary><c>hotspot quantize</c>: a model that computes with eight bits, or in float16.</summary>
sealed class QuantizeVerb : Verb
{
    readonly Option<string> _model =
        new("--model") { Description = "The model in full precision.", HelpName = "file.onnx", Required = true };
    readonly IncidentOptions _incidents = new(withSpan: false);
    readonly Option<string> _out = new("--out") { Description = "The model to write.", HelpName = "file.onnx", Required = true };
    readonly Option<QuantizedPrecision?> _precision = ChoiceOption.Of<QuantizedPrecision>("--precision",
        "What to compute with: int8 for convlstm models of maps, float16 for any with convolutions or matrix products in a row. "
        + "[default: int8]");
    readonly ExternalOptions _external = new();
    readonly Option<int> _windows = new DefaultedOption<int>("--windows", "N",
        "How many windows of the model's days of training show how large values become.", 64);
    readonly Option<bool> _reducedRange = new("--reduced-range")
    {
        Description = "Weights of seven bits, for processors with AVX2 but without VNNI, where products of eight overflow.",
    };
    readonly ThresholdRuleOption _thresholdRule = new();
    readonly JsonOption _json = new();

    public QuantizeVerb()
        : base("quantize",
            "Writes a model with weights and values of eight bits, which is faster on processors, or in float16, for graphics cards. "
            + "Over its days of validation it may have at most 1% less average precision and 0.5% more log loss; "
            + "otherwise nothing is written.")
    {
        _incidents.AddTo(this);
        Add(_model);
        Add(_out);
        Add(_precision);
        _external.AddTo(this);
        foreach (Option option in (ReadOnlySpan<Option>)[_windows, _reducedRange, _thresholdRule, _json])
            Add(option);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "hotspot quantize --model city.onnx --incidents city.csv.gz --out city-fast.onnx",
        "hotspot quantize --model city.onnx --precision float16 --incidents city.csv.gz --out city-float16.onnx",
    ];

    public override void Run(ParseResult arguments, VerbConsole console, CancellationToken cancellationToken)
    {
        string file = OutputPlace.File("--out", arguments.GetRequiredValue(_out));
        int windows = arguments.GetValue(_windows);
        if (windows < 1)
            throw new BadUsageException($"--windows: '{windows}'; expected at least 1.");
        QuantizedPrecision precision = arguments.GetValue(_precision) ?? QuantizedPrecision.Int8;
        if (precision == QuantizedPrecision.Float16)
        {
            foreach (Option option in (ReadOnlySpan<Option>)[_windows, _reducedRange])
            {
                if (arguments.GetResult(option) is { Implicit: false })
                    throw new BadUsageException(
                        $"{option.Name}: given with --precision float16; expected it with int8 alone. Leave it out.");
            }
        }
        using HotspotPredictor predictor = HotspotPredictor.Load(arguments.GetRequiredValue(_model));
        IncidentSelection selection = _incidents.Read(arguments, console, cancellationToken, predictor.Metadata.TimeZone);
        byte[] model = File.ReadAllBytes(arguments.GetRequiredValue(_model));
        HeatmapSeries series = predictor.CreateHeatmaps(selection.NotEmpty().Incidents, out _, cancellationToken);
        var options = new QuantizedModelOptions
        {
            Precision = precision,
            Windows = windows,
            ThresholdRule = arguments.GetValue(_thresholdRule),
            Quantizer = new QuantizerOptions { ReducedRange = arguments.GetValue(_reducedRange) },
        };
        QuantizedModel quantized = QuantizedModel.Run(model, series, options,
            _external.Load(arguments, [predictor], console), cancellationToken);
        if (quantized.Failure is { } failure)
            throw new HotspotException("quantised model", failure, "as good a model",
                "Keep the model in full precision; nothing was written.");
        quantized.Save(file);
        var report = new QuantizeReport(file, quantized.Metadata.Precision!, model.Length, quantized.Model.Length, quantized.Scores,
            quantized.Difference, quantized.Validation.Calibration);
        console.Report(arguments.GetValue(_json), report, CliJson.Default.QuantizeReport, () => Show(report, console));
    }

    static void Show(QuantizeReport report, VerbConsole console)
    {
        console.Facts(
            ("model", report.Model),
            ("precision", $"{report.Precision}: {report.Difference}"),
            ("bytes", string.Create(CultureInfo.InvariantCulture, $"{report.Bytes:N0} ({report.FullBytes:N0} in full precision)")));
        foreach (QuantizedScore score in report.Scores)
            console.Line($"class {score}");
        foreach ((QuantizedScore score, double? calibration) in report.Scores.Zip(report.Calibration))
            console.Line(string.Create(CultureInfo.InvariantCulture,
                $"class {score.Class}: mean risk {calibration:F2} x the share of cell-periods with incidents in validation"));
    }
}
