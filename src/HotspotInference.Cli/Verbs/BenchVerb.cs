using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using HotspotInference.Cli.Bench;
using HotspotInference.Cli.Options;
using HotspotInference.Cli.Terminal;
using HotspotInference.Models;
using Microsoft.ML.OnnxRuntime;

namespace HotspotInference.Cli.Verbs;

/// <summary><c>hotspot bench</c>: how fast models predict on this machine. A loop of its own: it runs where no SDK is.</summary>
sealed class BenchVerb : Verb
{
    const double Tolerance = 1e-3;

    readonly Option<string[]> _models = new("--model")
    {
        Description = "An .onnx file, may be repeated. [default: the shipped models]",
        HelpName = "file",
    };

    readonly Option<InferenceDevice?> _device = ChoiceOption.Of<InferenceDevice>("--device", "What to run on. [default: cpu]");
    readonly Option<int> _deviceId = new DefaultedOption<int>("--device-id", "N", "Which of several graphics cards.", 0);
    readonly Option<bool> _requireDevice =
        new("--require-device") { Description = "Fail where any operation of a model would not run on the device." };
    readonly Option<int?> _threads = new("--threads") { Description = "Threads on the processor; one a core otherwise.", HelpName = "N" };
    readonly Option<IReadOnlyList<int>?> _batches = ListOption.OfNumbers("--batch", "N,N", "Forecasts at once. [default: 1,32,256]", 0,
        "whole numbers of at least 1");

    readonly Option<double> _seconds = new DefaultedOption<double>("--seconds", "X", "How long each model and batch size is run.", 2);
    readonly JsonOption _json = new();

    public BenchVerb()
        : base("bench",
            "Measures how fast models predict on this machine, and on a graphics card how far its risks are from the processor's.")
    {
        foreach (Option option in (ReadOnlySpan<Option>)[_models, _device, _deviceId, _requireDevice, _threads, _batches, _seconds, _json])
            Add(option);
        Validators.Add(result =>
        {
            if (result.GetResult(_threads) is not null && result.GetValue(_threads) is < 1 and var threads)
                result.AddError($"--threads: '{threads}'; expected at least 1. Leave it out for one a core.");
            if (result.GetResult(_seconds) is not null && result.GetValue(_seconds) is not (> 0 and <= 3600))
                result.AddError("--seconds: expected a number above 0, at most 3600. Example: --seconds 2.");
            if (result.GetResult(_deviceId) is not null && result.GetValue(_deviceId) < 0)
                result.AddError("--device-id: expected at least 0. nvidia-smi lists the cards.");
        });
    }

    public override IReadOnlyList<string> Examples =>
        ["hotspot bench", "hotspot bench --device cuda --require-device --batch 1,32,256",
            "hotspot bench --model city.onnx --threads 1 --json"];

    public override void Run(ParseResult arguments, VerbConsole console, CancellationToken cancellationToken)
    {
        var options = new HotspotPredictorOptions
        {
            Device = arguments.GetValue(_device) ?? InferenceDevice.Cpu,
            DeviceId = arguments.GetValue(_deviceId),
            RequireDevice = arguments.GetValue(_requireDevice),
            Threads = arguments.GetValue(_threads),
        };
        IReadOnlyList<int> batches = arguments.GetValue(_batches) ?? [1, 32, 256];
        var time = TimeSpan.FromSeconds(arguments.GetValue(_seconds));
        var models = new List<BenchReport.Model>();
        console.Progress("Measuring", progress =>
        {
            IReadOnlyList<(string Name, ReadOnlyMemory<byte> Content)> all = Models(arguments);
            foreach ((string name, ReadOnlyMemory<byte> content) in all)
            {
                models.Add(Measure(name, content, options, batches, time, cancellationToken));
                progress.Report(models.Count / (double)all.Count);
            }
        });
        var report = new BenchReport(options.Device.ToString().ToLowerInvariant(), options.Threads ?? 0, Environment.ProcessorCount,
            OrtEnv.Instance().GetVersionString(), Tolerance, models);
        console.Report(arguments.GetValue(_json), report, CliJson.Default.BenchReport, () => Show(report, console));
        if (report.LargestDifference() > Tolerance)
            throw new HotspotException($"device {options.Device}", string.Create(CultureInfo.InvariantCulture,
                $"a risk that is {report.LargestDifference():G3} from the processor's"), $"at most {Tolerance}",
                "Do not forecast on this device; report the card, driver and versions.");
    }

    static BenchReport.Model Measure(string name, ReadOnlyMemory<byte> content, HotspotPredictorOptions options, IReadOnlyList<int> batches,
        TimeSpan time, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        using HotspotPredictor predictor = HotspotPredictor.Load(content, options);
        double load = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        using HotspotPredictor? reference = options.Device == InferenceDevice.Cpu ? null : HotspotPredictor.Load(content);
        return new BenchReport.Model(name, predictor.Heatmaps.Grid.Rows, predictor.Heatmaps.Grid.Columns, load,
            [.. batches.Select(batch => ModelBench.Measure(predictor, reference, batch, time, cancellationToken))]);
    }

    IReadOnlyList<(string Name, ReadOnlyMemory<byte> Content)> Models(ParseResult arguments)
    {
        if (arguments.GetValue(_models) is not { Length: > 0 } files)
            return
            [
                ("dc-gunfire-daily", HotspotModels.DcGunfireDaily),
                ("dc-gunfire-daily-history", HotspotModels.DcGunfireDailyHistory),
                ("dc-gunfire-daily-convlstm", HotspotModels.DcGunfireDailyConvLstm),
                ("nyc-felonies-daily", HotspotModels.NycFeloniesDaily),
                ("chicago-crime-daily", HotspotModels.ChicagoCrimeDaily),
            ];
        if (Array.Find(files, file => !File.Exists(file)) is { } missing)
            throw new HotspotException($"model '{missing}'", "no such file", "an .onnx file", "Check the path.");
        return [.. files.Select(file => (Path.GetFileNameWithoutExtension(file), (ReadOnlyMemory<byte>)File.ReadAllBytes(file)))];
    }

    static void Show(BenchReport report, VerbConsole console)
    {
        console.Facts(
            ("device", report.Device),
            ("processors", string.Create(CultureInfo.InvariantCulture,
                $"{report.Processors}, {(report.Threads == 0 ? report.Processors : report.Threads)} threads a prediction")),
            ("ONNX Runtime", report.OnnxRuntime));
        console.Table("Predictions",
        [
            ["model", "batch", "calls", "first ms", "p50 ms", "p99 ms", "windows/s", "off by"],
            .. report.Models.SelectMany(model => model.Runs.Select(run => new[]
            {
                model.Name, Text($"{run.Batch}"), Text($"{run.Calls}"), Text($"{run.FirstMs:F2}"), Text($"{run.P50Ms:F2}"),
                Text($"{run.P99Ms:F2}"), Text($"{run.WindowsPerSecond:F0}"),
                run.Difference is { } difference ? Text($"{difference:G2}") : "-",
            })),
        ], 1, 2, 3, 4, 5, 6, 7);

        static string Text(FormattableString text) => FormattableString.Invariant(text);
    }
}
