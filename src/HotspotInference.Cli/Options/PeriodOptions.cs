using System.CommandLine;
using HotspotInference.Heatmaps;
using HotspotInference.Incidents;
using HotspotInference.Periods;

namespace HotspotInference.Cli.Options;

/// <summary>How incidents on a grid become heat maps: periods, kinds, and what counts as no data.</summary>
sealed class PeriodOptions
{
    readonly Option<Cadence> _cadence = new ParsedOption<Cadence>("--cadence", "period",
        "The period: day, week, month, hour, 6h, 15min ...", Cadence.Parse, Cadence.Day);
    readonly Option<KindEncoding?> _kinds = new ParsedOption<KindEncoding?>("--kinds", "classes",
        "The kinds told apart, such as 'severe=RAPE,MURDER other=*'; without it all incidents are one class.", KindEncoding.Parse);
    readonly Option<ExcludedDays?> _excludeDays = ExcludeDaysOption();
    readonly Option<DeclaredGaps?> _gaps = new ParsedOption<DeclaredGaps?>("--gaps", "spans",
        "Spans in which reporting was down, such as 2006-11-21..2006-12-21: their periods are missing.", DeclaredGaps.Parse);
    readonly Option<MissingPeriods?> _missing = ChoiceOption.Of<MissingPeriods>("--missing",
        "Which periods have no data. Otherwise those of --gaps, and an empty period is a true zero.");
    readonly Option<FillMethod?> _fill = ChoiceOption.Of<FillMethod>("--fill",
        "How the maps of missing periods are made up. linear looks ahead.");

    /// <summary><c>--exclude-days</c>, for verbs that take no other of these.</summary>
    public static Option<ExcludedDays?> ExcludeDaysOption() => new ParsedOption<ExcludedDays?>("--exclude-days", "spans",
        "Days of every year left out of targets, history and scoring, such as 07-01..07-06,12-29..01-02.", Periods.ExcludedDays.Parse);

    public IReadOnlyList<Option> All => [_cadence, _kinds, _excludeDays, _gaps, _missing, _fill];

    public void AddTo(Command command)
    {
        foreach (Option option in All)
            command.Add(option);
    }

    /// <summary>The days left out.</summary>
    public ExcludedDays ExcludedDays(ParseResult arguments) => arguments.GetValue(_excludeDays) ?? Periods.ExcludedDays.None;

    /// <summary>How the maps are made on a grid.</summary>
    public HeatmapSpec Spec(ParseResult arguments, GridSpec grid)
    {
        DeclaredGaps gaps = arguments.GetValue(_gaps) ?? DeclaredGaps.None;
        return new HeatmapSpec
        {
            Grid = grid,
            Cadence = arguments.GetValue(_cadence),
            Kinds = arguments.GetValue(_kinds) ?? KindEncoding.Any,
            ExcludedDays = ExcludedDays(arguments),
            Gaps = gaps,
            MissingPeriods = arguments.GetValue(_missing) ?? (gaps.IsEmpty ? MissingPeriods.None : MissingPeriods.DeclaredGaps),
            Filling = arguments.GetValue(_fill) ?? FillMethod.Zero,
        };
    }
}
