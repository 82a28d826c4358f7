using System.CommandLine;
using HotspotInference.Cli.Options;
using HotspotInference.Cli.Terminal;
using HotspotInference.Evaluation;
using HotspotInference.Heatmaps;
using HotspotInference.Periods;
using HotspotInference.Prediction;

namespace HotspotInference.Cli.Verbs;

/// <summary><c>hotspot validate</c>: how good kinds of forecasters are on one block of the past after another, and how they age.</summary>
sealed class ValidateVerb : Verb
{
    const double DaysInYear = 365.2425;

    readonly HeatmapOptions _heatmaps = new();
    readonly Option<int> _splits = new DefaultedOption<int>("--splits", "K",
        "How many test blocks, one behind the other up to the last day.", 4);
    readonly Option<int?> _testDays = new("--test-days") { Description = "Days in a test block; the span's over K + 1 otherwise.",
        HelpName = "N" };
    readonly Option<WalkForwardWindow?> _window = ChoiceOption.Of<WalkForwardWindow>("--window",
        "What is known before a block: everything, or a window of constant length. [default: expanding]");
    readonly Option<int?> _trainingDays = new("--training-days")
    {
        Description = "Days in a rolling window; as many as come before the first block otherwise.",
        HelpName = "N",
    };
    readonly Option<IReadOnlyList<WalkForwardRefit>?> _refit = ListOption.Of("--refit", "never,weekly,...",
        "How often forecasters are fitted anew within a block: never, daily, weekly, monthly, or days such as 10d. [default: never]",
        WalkForwardRefit.Parse);
    readonly Option<IReadOnlyList<int>?> _horizons = ListOption.OfNumbers("--horizons", "1,2,7",
        "Also compare frozen forecasters by how many periods ahead they forecast.", 0, "whole numbers of at least 1");
    readonly Option<IReadOnlyList<double>?> _learningCurve = ListOption.OfNumbers("--learning-curve", "1,2,4",
        "Also compare, on the last block, by how many years are known before it.", 0.0, "numbers above 0");
    readonly Option<IReadOnlyList<IForecasterFitter>?> _forecasters = new ParsedOption<IReadOnlyList<IForecasterFitter>?>("--forecasters",
        "name,name|all",
        "What is validated: names as in the tables of compare, or all. [default: history model,EWMA 90 days,historical average]",
            Forecasters);
    readonly BootstrapOption _draws = new();
    readonly JsonOption _json = new();

    public ValidateVerb()
        : base("validate",
            "Walk-forward validation: fits the history model and baselines to what lies before each of several test blocks and scores "
            + "them on it; frozen against refitted, by horizon, and by how much is known.")
    {
        _heatmaps.AddTo(this);
        foreach (Option option in (ReadOnlySpan<Option>)[_splits, _testDays, _window, _trainingDays, _refit, _horizons, _learningCurve,
            _forecasters, _draws,
            _json])
            Add(option);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "hotspot validate --incidents city.csv.gz",
        "hotspot validate --incidents city.csv.gz --splits 4 --test-days 365 --window rolling --refit never,monthly --horizons 1,7,28 "
            + "--learning-curve 1,2,4 --json validation.json",
    ];

    public override void Run(ParseResult arguments, VerbConsole console, CancellationToken cancellationToken)
    {
        AtLeast(arguments, _splits, 1);
        AtLeast(arguments, _testDays, 1);
        AtLeast(arguments, _trainingDays, 1);
        _draws.Draws(arguments);
        if (arguments.GetValue(_trainingDays) is not null && arguments.GetValue(_window) != WalkForwardWindow.Rolling)
            throw new BadUsageException(
                "--training-days: given for an expanding window, which knows everything; expected --window rolling. Add it.");
        if (arguments.GetValue(_json).File is { } file)
            OutputPlace.File("--json", file);
        HeatmapSeries series = _heatmaps.Build(arguments, console, cancellationToken).Series;
        WalkForwardOptions options = WalkForwardOf(arguments, series.Spec.Cadence);
        BadUsageException.Check(() => WalkForwardSplit.Of(series.Periods, options));
        IReadOnlyList<IForecasterFitter> fitters = arguments.GetValue(_forecasters)
            ?? Forecasters("history model,EWMA 90 days,historical average");

        // First what is short: years that are not there are refused before the long work.
        IReadOnlyList<double> years = arguments.GetValue(_learningCurve) ?? [];
        int[] known = [.. years.Select(year => Math.Max(1, (int)Math.Round(year * DaysInYear / series.Spec.Cadence.Days)))];
        IReadOnlyList<LearningCurvePoint> curve = console.Progress("Learning curve",
            progress => WalkForward.LearningCurve(series, fitters, known, options, progress, cancellationToken));
        WalkForwardReport found = console.Progress("Validating",
            progress => WalkForward.Run(series, fitters, options, progress, cancellationToken));

        var report = new ValidateReport(ValidateReport.Days(series.Periods), series.Spec.Cadence.ToString(), series.Spec.Grid,
            found.Window == WalkForwardWindow.Rolling ? "rolling" : "expanding", [.. found.Splits.Select(ValidateReport.Split.Of)],
            [.. found.Refits.Select(ValidateReport.Score.Of)], [.. found.Horizons.Select(ValidateReport.Score.Of)],
            [.. curve.Select((point, i) => new ValidateReport.Known(years[i], ValidateReport.Split.Of(point.Split), point.Scores))]);
        console.Report(arguments.GetValue(_json), report, CliJson.Default.ValidateReport, () => ValidateTables.Show(report, console));
    }

    WalkForwardOptions WalkForwardOf(ParseResult arguments, Cadence cadence) => new()
    {
        Splits = arguments.GetValue(_splits),
        Window = arguments.GetValue(_window) ?? WalkForwardWindow.Expanding,
        TestPeriods = Periods(arguments.GetValue(_testDays), cadence),
        TrainingPeriods = Periods(arguments.GetValue(_trainingDays), cadence),
        Refits = arguments.GetValue(_refit) ?? [WalkForwardRefit.Never],
        Horizons = arguments.GetValue(_horizons) ?? [],
        Scoring = ScoringOptions.Default with
        {
            BootstrapBlock = ScoringOptions.WeekOf(cadence),
            BootstrapDraws = _draws.Draws(arguments),
            LabelPercentiles = [],
        },
    };

    static IReadOnlyList<IForecasterFitter> Forecasters(string names) => names == "all" ? StandardForecasters.All
        : [.. names.Split(',', StringSplitOptions.TrimEntries).Distinct().Select(StandardForecasters.Named)];

    static int? Periods(int? days, Cadence cadence) => days is { } known ? Math.Max(1, (int)Math.Round(known / cadence.Days)) : null;

    static void AtLeast<T>(ParseResult arguments, Option<T> option, int least)
    {
        if (arguments.GetValue(option) is int value && value < least)
            throw new BadUsageException($"{option.Name}: '{value}'; expected at least {least}.");
    }
}
