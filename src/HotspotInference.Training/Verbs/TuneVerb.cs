using System.CommandLine;
using System.Globalization;
using System.Text;
using HotspotInference.Cli;
using HotspotInference.Cli.Options;
using HotspotInference.Cli.Terminal;
using HotspotInference.Heatmaps;
using HotspotInference.Onnx;
using HotspotInference.Periods;
using HotspotInference.Prediction;
using HotspotInference.Training.Architectures;
using HotspotInference.Training.Tuning;

namespace HotspotInference.Training.Verbs;

/// <summary><c>hotspot tune</c>: searches for options of <c>train</c> that forecast well.</summary>
sealed class TuneVerb : Verb
{
    const int FirstRungShare = 9;

    readonly HeatmapOptions _heatmaps = new();
    readonly TrainSpans _spans = new();
    readonly TrainOptions _options = new();
    readonly SearchSpaceOptions _space = new();
    readonly Option<TrainPreset?> _preset = TrainPreset.Option();
    readonly Option<string> _study = new("--study")
    {
        Description = "The study's file, one line a result: where it is there already, the study goes on. "
            + "A picture (.svg) is written beside it.",
        HelpName = "file.jsonl",
        Required = true,
    };
    readonly Option<int> _trials = NumberOption.Whole("--trials", "How many configurations are tried, those in the study included.", 30,
        minimum: 1);
    readonly Option<int> _workers = NumberOption.Whole("--workers", "How many trainings run at the same time.", 1, minimum: 1);
    readonly Option<TuneMethod?> _method = ChoiceOption.Of<TuneMethod>("--method", "How configurations are chosen. [default: bayesian]");
    readonly Option<TrialObjective?> _objective = ChoiceOption.Of<TrialObjective>("--objective",
        "What is made small: the loss over blocks that decide which epoch is best, or the log loss or the negative average precision "
            + "over blocks that the training has not seen. [default: loss]");
    readonly Option<int> _splits = NumberOption.Whole("--splits",
        "Into how many blocks the validation span is cut, each a training of its own.", 3,
        minimum: 1);
    readonly Option<bool> _halving = new("--halving")
    {
        Description = "Begin all trainings with a few epochs, and go on with the best third of them, again and again.",
    };
    readonly Option<int?> _firstRung = new ParsedOption<int?>("--first-rung", "N",
        $"With --halving: the fewest epochs after which a training is stopped. [default: a {FirstRungShare}th of --epochs]",
        text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int epochs) && epochs > 0 ? epochs
            : throw new HotspotException("number", $"'{text}'", "a whole number of at least 1", "Change it."));
    readonly JsonOption _json = new();

    public TuneVerb()
        : base("tune",
            "Searches for options of train that forecast well: by Bayesian optimisation of a walk-forward score over the validation span. "
            + "All options of train that shape a training may be given; nothing behind the validation span is read.")
    {
        foreach (Option option in (ReadOnlySpan<Option>)[_study, _trials, _workers, _method, _objective, _splits, _halving, _firstRung])
            Add(option);
        _space.AddTo(this);
        Add(_preset);
        _spans.AddTo(this);
        _options.AddTo(this);
        Add(_json);
        _heatmaps.AddTo(this);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "hotspot tune --incidents city.csv.gz --train-to 2014-12-31 --validate-to 2015-12-31 --architecture hotspotnet --study city.jsonl",
        "hotspot tune --incidents city.csv.gz --tune learning-rate=log:1e-4..1e-2 --tune \"peephole=channel|none\" --halving --workers 2 "
            + "--study city.jsonl",
    ];

    public override void Run(ParseResult arguments, VerbConsole console, CancellationToken cancellationToken)
    {
        ParseResult whole = arguments.GetValue(_preset) is { } preset ? preset.AddTo(arguments) : arguments;
        Architecture architecture = _options.Architecture(whole);
        whole = new TrainPreset(architecture.Name, architecture.Defaults, null).AddTo(whole);
        TrialObjective objective = arguments.GetValue(_objective) ?? TrialObjective.Loss;
        Rungs rungs = RungsOf(arguments, _options.Trainer(whole).Epochs);
        SearchSpace space = _space.Space(arguments, architecture, _options, objective == TrialObjective.Loss, rungs.Last > 0);
        string file = OutputPlace.File("--study", arguments.GetRequiredValue(_study)), plot = Path.ChangeExtension(file, ".svg");
        if (_heatmaps.Incidents.IsStandardInput(arguments))
            throw new BadUsageException("--incidents -: standard input can be read once; expected a file, which every training reads.");

        ParseResult readable = new TrainPreset("tune", _spans.LastDay(whole), null).AddTo(whole);
        HeatmapSeries series = _heatmaps.Build(readable, console, cancellationToken).Series;
        if (!series.Spec.IsCausal && objective != TrialObjective.Loss)
            throw new BadUsageException(
                "--objective: scores of maps that look ahead mean nothing; expected loss, or a --fill that does not look ahead.");
        DaySpan held = _spans.Held(whole, series, architecture.NeedsHistory);
        IReadOnlyList<DaySpan> blocks = TuningBlocks.Of(held, arguments.GetValue(_splits), series.Spec.Cadence);
        long end = Math.Min(series.Periods.End, PeriodRange.Days(series.Spec.Cadence, held.First, held.Last).End);
        series = series.Slice(series.Periods with { Count = (int)(end - series.Periods.First) });

        List<string> common = TrainArguments.Of(arguments, this, series);
        TuneMethod method = arguments.GetValue(_method) ?? TuneMethod.Bayesian;
        int seed = _options.Trainer(whole).Seed, workers = arguments.GetValue(_workers);
        using Study study = Study.Open(file, space, Identity(common, series, method, objective, blocks, rungs));
        SearchMethod search = method == TuneMethod.Random ? new RandomSearch(space, seed) : new BayesianSearch(space, seed, rungs.Last > 0);
        if (!_options.HasThreads(arguments))
            common.AddRange("--threads", $"{Math.Max(1, Environment.ProcessorCount / workers)}");
        string folder = Path.ChangeExtension(file, ".trials");
        var training = new TrialTraining(TrainProcess.Run, common, space, rungs, objective, series, blocks, _options.Horizon(whole),
            folder);
        if (study.Results.Count > 0)
            console.Note($"Going on after {study.Results.Count} results.");
        new StudyRunner(study, search, rungs, training.Run, result =>
        {
            console.Note(TuneTables.Line(result, space));
            byte[] svg = Encoding.UTF8.GetBytes(StudyPlot.Svg(study.Results, space, Title(objective)));
            AtomicFile.Write(plot, "plot of the study", stream => stream.Write(svg));
        }).RunAsync(arguments.GetValue(_trials), workers, cancellationToken).GetAwaiter().GetResult();

        if (Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any())
            Directory.Delete(folder);

        TrialResult? best = TuneTables.Ranked(study.Results).FirstOrDefault(result => result.Score is not null);
        SortedDictionary<string, string>? values = best is null ? null : new(StringComparer.Ordinal);
        for (int i = 0; i < best?.Values.Count; i++)
            values!.Add(space.Parameters[i].Name, best.Values[i]);
        var report = new TuneReport(file, plot, architecture.Name, $"{method}".ToLowerInvariant(), objective,
            [.. space.Parameters.Select(parameter => parameter.ToString())], rungs.Epochs, blocks,
            study.Results.Select(result => result.Trial).Distinct().Count(), study.Results.Count(result => result.Failure is not null),
            best, values, study.Results);
        console.Report(arguments.GetValue(_json), report, TuneJson.Default.TuneReport,
            () => TuneTables.Show(report, space, Title(objective), console));
        if (best is null)
            throw new HotspotException($"study '{file}'",
                $"{report.Failed} trials, all of which failed; the last: {study.Results[^1].Failure}",
                "at least one that does not", "See to what it says, and begin another study.");
    }

    Rungs RungsOf(ParseResult arguments, int epochs)
    {
        if (arguments.GetValue(_halving))
            return Rungs.Halving(epochs, arguments.GetValue(_firstRung) ?? Math.Max(1, epochs / FirstRungShare));
        return arguments.GetValue(_firstRung) is null ? Rungs.Whole(epochs)
            : throw new BadUsageException("--first-rung: without --halving. Give it too.");
    }

    // Without what changes how long it takes, or how much is tried.
    static Dictionary<string, string> Identity(IReadOnlyList<string> common, HeatmapSeries series, TuneMethod method,
        TrialObjective objective,
        IReadOnlyList<DaySpan> blocks, Rungs rungs) => new()
        {
            ["options"] = string.Join(' ', common),
            ["incidents"] = ModelValidation.Fingerprint(series),
            ["method"] = $"{method}",
            ["objective"] = $"{objective}",
            ["blocks"] = string.Join(' ', blocks),
            ["rungs"] = string.Join(' ', rungs.Epochs),
        };

    static string Title(TrialObjective objective) => objective switch
    {
        TrialObjective.Loss => "loss",
        TrialObjective.LogLoss => "log loss",
        _ => "-average precision",
    };
}
