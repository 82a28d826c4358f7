using System.CommandLine;
using System.Globalization;
using HotspotInference.Cli;
using HotspotInference.Cli.Options;
using HotspotInference.Features;
using HotspotInference.Heatmaps;
using HotspotInference.Onnx.History;
using HotspotInference.Periods;
using HotspotInference.Prediction;

namespace HotspotInference.Training.Verbs;

/// <summary>Which days are learnt and which decide: days of their own, or the last share of those to learn.</summary>
sealed class TrainSpans
{
    const double DefaultShare = 0.2;

    readonly Option<DateOnly?> _trainFrom = DayOption.Of("--train-from",
        "The first day it learns to forecast. [default: the first with a window]");
    readonly Option<DateOnly?> _trainTo = DayOption.Of("--train-to", "The last day it learns to forecast. [default: the last there is]");
    readonly Option<DateOnly?> _validateTo = DayOption.Of("--validate-to",
        "The last day of the validation span, which follows --train-to; it decides which epoch is best and gives the thresholds.");
    readonly Option<double?> _share = NumberOption.Optional("--validation-share",
        "Without --validate-to: the share of the days up to --train-to, the last of them, that is held for validation; 0: none. "
            + $"[default: {DefaultShare}]",
        share => share is >= 0 and < 1, "a number in 0 up to but not 1");

    public void AddTo(Command command)
    {
        foreach (Option option in (ReadOnlySpan<Option>)[_trainFrom, _trainTo, _validateTo, _share])
            command.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetResult(_validateTo) is not null && result.GetResult(_share) is not null)
                result.AddError("--validate-to and --validation-share exclude each other. Give one of them.");
        });
    }

    /// <summary>The targets to learn, and those that decide.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="series">The heat maps.</param>
    /// <param name="windows">Their windows.</param>
    /// <param name="needsHistory">Whether some time before the first target is history only, where its day is not given.</param>
    /// <exception cref="BadUsageException">The days are out of order.</exception>
    /// <exception cref="HotspotException">Days are not in the series, or hold no target.</exception>
    public (IReadOnlyList<long> Training, IReadOnlyList<long> Validation) Choose(ParseResult arguments, HeatmapSeries series,
        HeatmapWindows windows,
        bool needsHistory)
    {
        (DateOnly trainFrom, DateOnly trainTo, DateOnly? validateTo) = Days(arguments, series, needsHistory);
        IReadOnlyList<long> training = Targets(trainFrom, trainTo, "training"), validation = [];
        if (validateTo is { } end)
            validation = Targets(trainTo.AddDays(1), end, "validation");
        else if ((int)Math.Round(training.Count * (arguments.GetValue(_share) ?? DefaultShare)) is var held and > 0)
            (training, validation) = ([.. training.Take(training.Count - held)], [.. training.Skip(training.Count - held)]);
        return (training, validation);

        IReadOnlyList<long> Targets(DateOnly from, DateOnly to, string what)
        {
            WindowTargets targets = windows.Targets(PeriodRange.Days(series.Spec.Cadence, from, to));
            return targets.Periods.Count > 0 ? targets.Periods
                : throw new HotspotException($"{what} span", targets.ToString(), "at least one target",
                "Widen the span, or shorten --window.");
        }
    }

    /// <summary>The last day that may be looked at, as the option <c>--to</c>; nothing where the command line leaves it open.</summary>
    public IReadOnlyList<(string Option, string Value)> LastDay(ParseResult arguments) =>
        (arguments.GetValue(_validateTo) ?? arguments.GetValue(_trainTo)) is { } last
            ? [("--to", last.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))] : [];

    /// <summary>The days that decide, whether or not they hold targets.</summary>
    /// <inheritdoc cref="Choose"/>
    public DaySpan Held(ParseResult arguments, HeatmapSeries series, bool needsHistory)
    {
        (DateOnly trainFrom, DateOnly trainTo, DateOnly? validateTo) = Days(arguments, series, needsHistory);
        if (validateTo is { } end)
            return new DaySpan(trainTo.AddDays(1), end);
        int held = (int)Math.Round((trainTo.DayNumber - trainFrom.DayNumber + 1) * (arguments.GetValue(_share) ?? DefaultShare));
        return held > 0 ? new DaySpan(trainTo.AddDays(1 - held), trainTo)
            : throw new BadUsageException("no days are held for validation: give --validate-to, or --validation-share above 0.");
    }

    (DateOnly TrainFrom, DateOnly TrainTo, DateOnly? ValidateTo) Days(ParseResult arguments, HeatmapSeries series, bool needsHistory)
    {
        var first = DateOnly.FromDateTime(series.Periods.Start);
        var last = DateOnly.FromDateTime(series.Periods.EndTime.AddTicks(-1));
        DateOnly? validateTo = arguments.GetValue(_validateTo);
        DateOnly trainTo = arguments.GetValue(_trainTo) ?? last;
        DateOnly trainFrom = arguments.GetValue(_trainFrom)
            ?? (needsHistory && trainTo > first ? first.AddDays(HistoryModel.WarmUp(new DaySpan(first, trainTo))) : first);
        if (trainFrom > trainTo)
            throw new BadUsageException(string.Create(CultureInfo.InvariantCulture,
                $"training: {trainFrom:yyyy-MM-dd} to {trainTo:yyyy-MM-dd}; expected a last day on or after the first. "
                + $"Change --train-from or --train-to; the heat maps cover {first:yyyy-MM-dd}..{last:yyyy-MM-dd}."));
        if (validateTo <= trainTo)
            throw new BadUsageException(string.Create(CultureInfo.InvariantCulture,
                $"--validate-to: {validateTo:yyyy-MM-dd}; expected a day behind the training, which ends {trainTo:yyyy-MM-dd}. "
                + $"Change --validate-to or --train-to."));
        return (trainFrom, trainTo, validateTo);
    }

    /// <summary>The periods from the first to the last of some targets.</summary>
    public static PeriodRange PeriodsOf(Cadence cadence, IReadOnlyList<long> targets) =>
        new(cadence, targets[0], (int)(targets[^1] - targets[0] + 1));

    /// <summary>The days from the first to the last of some targets.</summary>
    public static DaySpan DaysOf(Cadence cadence, IReadOnlyList<long> targets) =>
        new(DateOnly.FromDateTime(cadence.StartOf(targets[0])), DateOnly.FromDateTime(cadence.StartOf(targets[^1] + 1).AddTicks(-1)));
}
