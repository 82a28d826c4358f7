using System.CommandLine;
using System.Globalization;
using HotspotInference.Cli;
using HotspotInference.Cli.Options;
using HotspotInference.Training.Architectures;

namespace HotspotInference.Training.Verbs;

/// <summary>How a network is made and trained: the options of <c>train</c> beside those of the heat maps.</summary>
sealed class TrainOptions
{
    static readonly TrainerOptions s_defaults = new();

    readonly Option<Architecture> _architecture = new ParsedOption<Architecture>("--architecture", "name",
        $"The kind of network: {string.Join("; ", ArchitectureRegistry.All.Select(known => $"{known.Name}, {known.Description}"))}.",
        ArchitectureRegistry.Find, ArchitectureRegistry.All[0]);
    readonly List<Option<string?>> _settings = [.. ArchitectureRegistry.All.SelectMany(architecture => architecture.Settings)
        .DistinctBy(setting => setting.Name).Select(OptionOf)];
    readonly Option<MapValues?> _maps = ChoiceOption.Of<MapValues>("--maps", "What the maps of a window hold. [default: binary]");
    readonly Option<int> _window = NumberOption.Whole("--window", "How many maps before the target the network sees.", 16, minimum: 1);
    readonly Option<int> _horizon = NumberOption.Whole("--horizon", "How many periods ahead it forecasts.", 1, minimum: 1);
    readonly Option<LossKind?> _loss = ChoiceOption.Of<LossKind>("--loss", "What is made small. [default: cross-entropy]");
    readonly Option<ClassWeights> _classWeights = new ParsedOption<ClassWeights>("--class-weights", "none|base-rate|W,V",
        "How much cells with (W) and without (V) incidents weigh in the cross-entropy; risk stays a probability.",
        ClassWeights.Parse, ClassWeights.None);
    readonly Option<Heads?> _heads = ChoiceOption.Of<Heads>("--heads",
        "Where kinds are told apart, what is learnt of them: each class by itself; or whether there is any incident, and of which kind it "
        + "is, which the model then also gives. [default: classes]");
    readonly Option<double> _kindWeight = NumberOption.Real("--kind-weight",
        "What the loss of the kinds is multiplied with, with --heads kinds.", 1, weight => weight > 0, "a number above 0");
    readonly Option<CalibrationKind?> _calibration = ChoiceOption.Of<CalibrationKind>("--calibration",
        "What of the risk is fitted to the days of validation; beyond the level only with --loss occurrence. [default: level]");
    readonly Option<int> _epochs = NumberOption.Whole("--epochs", "Passes over the training windows.", s_defaults.Epochs, minimum: 1);
    readonly Option<int?> _stopAfter = new ParsedOption<int?>("--stop-after", "N",
        "Stop after this many of the --epochs, and write the best network so far; --resume goes on.", text =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int epochs) && epochs >= 1 ? epochs
            : throw new HotspotException("number", $"'{text}'", "a whole number of at least 1", "Change it."));
    readonly Option<int> _batch = NumberOption.Whole("--batch", "Windows in one step.", s_defaults.Batch, minimum: 1);
    readonly Option<double> _learningRate = NumberOption.Real("--learning-rate", "Adam's learning rate.", s_defaults.LearningRate,
        rate => rate is > 0 and < 1, "a number above 0 and below 1");
    readonly Option<int> _seed = new DefaultedOption<int>("--seed", "N", "Seed of weights, order and dropout.", s_defaults.Seed);
    readonly Option<int> _patience = NumberOption.Whole("--patience",
        "Epochs without a lower loss before training stops; 0: never.", s_defaults.Patience, minimum: 0);
    readonly Option<int> _plateau = NumberOption.Whole("--plateau",
        "Epochs without a lower loss before the learning rate falls to a tenth; 0: never.", s_defaults.Plateau, minimum: 0);
    readonly Option<RateSchedule?> _schedule = ChoiceOption.Of<RateSchedule>("--schedule",
        "How the learning rate changes: by --plateau, or with a cosine over --epochs. [default: plateau]");
    readonly Option<double> _clipNorm = NumberOption.Real("--clip-norm", "Largest norm of the gradient; 0: no limit.", s_defaults.ClipNorm,
        norm => norm >= 0, "a number of at least 0");
    readonly Option<double?> _maxMinutes = NumberOption.Optional("--max-minutes",
        "Stop after this time, and write the best network so far.",
        minutes => minutes > 0, "a number above 0");
    readonly Option<int> _threads = NumberOption.Whole("--threads", "Threads of libtorch.", Environment.ProcessorCount, minimum: 1);

    public void AddTo(Command command)
    {
        _architecture.CompletionSources.Add([.. ArchitectureRegistry.All.Select(known => known.Name)]);
        foreach (Option option in (ReadOnlySpan<Option>)
        [
            _architecture, .. _settings, _maps, _window, _horizon, _loss, _classWeights, _calibration, _epochs, _batch, _learningRate,
            _seed, _patience, _schedule, _heads, _kindWeight,
            _plateau, _clipNorm, _maxMinutes, _threads,
            _stopAfter,
        ])
            command.Add(option);
    }

    /// <summary>What can be searched for: whatever shapes the network or its training, and not what is forecast or how long.</summary>
    public IReadOnlyList<Option> Searchable =>
    [
        .. _settings, _maps, _window, _loss, _classWeights, _epochs, _batch, _learningRate, _patience, _plateau, _schedule, _clipNorm,
    ];

    /// <summary>Those of them whose losses cannot be compared with each other.</summary>
    public IReadOnlyList<Option> OfLoss => [_loss, _classWeights];

    public Architecture Architecture(ParseResult arguments) => arguments.GetRequiredValue(_architecture);

    public ArchitectureSettings Settings(ParseResult arguments) => new(Architecture(arguments),
        _settings.Where(option => arguments.GetValue(option) is not null)
        .Select(option => (option.Name[2..], arguments.GetValue(option)!)));

    public MapValues Maps(ParseResult arguments) => arguments.GetValue(_maps) ?? MapValues.Binary;

    public int Window(ParseResult arguments) => arguments.GetValue(_window);

    public int Horizon(ParseResult arguments) => arguments.GetValue(_horizon);

    /// <summary>Whether the number of threads was given.</summary>
    public bool HasThreads(ParseResult arguments) => arguments.GetResult(_threads) is { Implicit: false };

    public int Threads(ParseResult arguments) => arguments.GetValue(_threads);

    public TrainerOptions Trainer(ParseResult arguments) => new()
    {
        Epochs = arguments.GetValue(_epochs),
        StopAfter = arguments.GetValue(_stopAfter),
        Batch = arguments.GetValue(_batch),
        LearningRate = arguments.GetValue(_learningRate),
        Seed = arguments.GetValue(_seed),
        Patience = arguments.GetValue(_patience),
        Schedule = arguments.GetValue(_schedule) ?? RateSchedule.Plateau,
        Plateau = arguments.GetValue(_plateau),
        ClipNorm = arguments.GetValue(_clipNorm),
        Limit = arguments.GetValue(_maxMinutes) is { } minutes ? TimeSpan.FromMinutes(minutes) : null,
    };

    /// <summary>What of the risk is fitted to the days of validation.</summary>
    /// <exception cref="BadUsageException">The loss knows no such calibration.</exception>
    public CalibrationKind Calibration(ParseResult arguments)
    {
        CalibrationKind kind = arguments.GetValue(_calibration) ?? CalibrationKind.Level;
        if (kind != CalibrationKind.Level && AsksForKinds(arguments))
            throw new BadUsageException("--calibration: beyond the level with --heads kinds; expected one of the two. Leave one out.");
        return kind == CalibrationKind.Level || Loss(arguments) == LossKind.Occurrence ? kind
            : throw new BadUsageException($"--calibration {arguments.GetResult(_calibration)!.Tokens[0].Value} needs --loss occurrence.");
    }

    /// <summary>Refuses options of maps and risk, for an architecture that has neither.</summary>
    /// <exception cref="BadUsageException">One was given.</exception>
    public void CheckForEvents(ParseResult arguments)
    {
        foreach (Option option in (ReadOnlySpan<Option>)[_maps, _horizon, _loss, _classWeights, _calibration])
        {
            if (arguments.GetResult(option) is { Implicit: false })
                throw new BadUsageException($"{option.Name} with --architecture {Architecture(arguments).Name}, "
                    + "which sees incidents and no maps; expected none. Leave it out.");
        }
    }

    /// <summary>The objective for what the training windows hold.</summary>
    /// <exception cref="HotspotException">A class has no incident, or one everywhere and always.</exception>
    public Objective Objective(ParseResult arguments, IReadOnlyList<string> classes, double[] baseRates, double[] meanCounts)
    {
        for (int c = 0; c < classes.Count; c++)
        {
            if (!(baseRates[c] is > 0 and < 1))
                throw new HotspotException($"class '{classes[c]}'", $"incidents in {baseRates[c]:P0} of the cells and periods to learn",
                    "some, but not all", "Leave the class out, join it with another, or widen the span.");
        }
        if (AsksForKinds(arguments) && classes.Count > 1)
        {
            double all = meanCounts[..^1].Sum();
            return new KindObjective(One(arguments, baseRates[^1..], meanCounts[^1..]), [.. meanCounts[..^1].Select(count => count / all)],
                arguments.GetValue(_kindWeight));
        }
        return One(arguments, baseRates, meanCounts);
    }

    Objective One(ParseResult arguments, double[] baseRates, double[] meanCounts)
    {
        if (Loss(arguments) != LossKind.CrossEntropy)
            return Loss(arguments) == LossKind.Poisson ? new PoissonObjective(meanCounts) : new OccurrenceObjective(baseRates);
        ClassWeights weights = arguments.GetValue(_classWeights);
        return new CrossEntropyObjective(baseRates, [.. baseRates.Select(weights.For)]);
    }

    /// <summary>What weights depend on, by name; who resumes has to ask for the same.</summary>
    public IReadOnlyDictionary<string, string> Identity(ParseResult arguments)
    {
        var identity = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["architecture"] = Architecture(arguments).Name };
        foreach ((string name, string value) in Settings(arguments).Values)
            identity.Add("--" + name, value);
        TrainerOptions trainer = Trainer(arguments);
        identity.Add("--maps", Maps(arguments).ToString());
        identity.Add("--window", $"{Window(arguments)}");
        identity.Add("--horizon", $"{Horizon(arguments)}");
        identity.Add("--loss", Loss(arguments).ToString());
        identity.Add("--class-weights", arguments.GetValue(_classWeights).ToString());
        if (AsksForKinds(arguments))
            identity.Add("--heads", FormattableString.Invariant($"kinds, weight {arguments.GetValue(_kindWeight):R}"));
        identity.Add("--batch", $"{trainer.Batch}");
        identity.Add("--learning-rate", FormattableString.Invariant($"{trainer.LearningRate:R}"));
        identity.Add("--seed", $"{trainer.Seed}");
        identity.Add("--plateau", $"{trainer.Plateau}");
        identity.Add("--schedule", trainer.Schedule == RateSchedule.Cosine ? $"{trainer.Schedule} over {trainer.Epochs} epochs"
            : $"{trainer.Schedule}");
        identity.Add("--clip-norm", FormattableString.Invariant($"{trainer.ClipNorm:R}"));
        return identity;
    }

    bool AsksForKinds(ParseResult arguments) => arguments.GetValue(_heads) != Heads.Kinds ? false
        : !Architecture(arguments).NeedsHistory ? true
        : throw new BadUsageException($"--heads: kinds with --architecture {Architecture(arguments).Name}; expected classes, whose "
            + "rates it starts from. Leave it out, or choose another architecture.");

    LossKind Loss(ParseResult arguments) => arguments.GetValue(_loss) ?? LossKind.CrossEntropy;

    static Option<string?> OptionOf(Setting setting) => new ParsedOption<string?>($"--{setting.Name}", setting.HelpName,
        $"{setting.Description} [default: {setting.Default}]", text =>
        {
            setting.Check(text);
            return text;
        });
}
