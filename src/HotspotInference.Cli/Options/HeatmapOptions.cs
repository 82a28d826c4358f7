using System.CommandLine;
using System.Globalization;
using HotspotInference.Cli.Terminal;
using HotspotInference.Grids;
using HotspotInference.Heatmaps;
using HotspotInference.Periods;

namespace HotspotInference.Cli.Options;

/// <summary>
/// From incidents to heat maps: what to read, the grid, the periods. What is not given is chosen as <c>inspect</c> suggests.
/// </summary>
/// <param name="withSpan">
/// Whether <c>--from</c> and <c>--to</c> choose what is read; verbs that mean other days by them leave it out.
/// </param>
sealed class HeatmapOptions(bool withSpan = true)
{
    // A span that leaves out so much deserves a look.
    const double MuchLost = 0.3;

    readonly GridOptions _grid = new();
    readonly PeriodOptions _periods = new();

    public IncidentOptions Incidents { get; } = new(withSpan);

    /// <summary>The options that say how maps are made: what a model knows by itself.</summary>
    public IReadOnlyList<Option> OfMaps => [.. _grid.All, .. _periods.All];

    public void AddTo(Command command)
    {
        Incidents.AddTo(command);
        _grid.AddTo(command);
        _periods.AddTo(command);
    }

    /// <summary>Reads the incidents and builds the heat maps; missing ones are not made up.</summary>
    public PreparedHeatmaps Build(ParseResult arguments, VerbConsole console, CancellationToken cancellationToken)
    {
        IncidentSelection selection = Incidents.Read(arguments, console, cancellationToken).NotEmpty();
        HeatmapSpec spec = Spec(arguments, selection.Incidents, console);
        PeriodRange span = Span(arguments, selection.Incidents, Incidents.From(arguments), Incidents.To(arguments), spec.Cadence, console);
        return Build(spec, span, selection, cancellationToken);
    }

    /// <summary>
    /// Reads the incidents and builds the heat maps up to a last day, for a span that is scored: what is chosen is chosen by the incidents
    /// before it.
    /// </summary>
    public PreparedHeatmaps BuildBefore(ParseResult arguments, DateOnly? historyFrom, DateOnly scoredFrom, DateOnly to, VerbConsole console,
        CancellationToken cancellationToken)
    {
        IncidentSelection selection = Incidents.Read(arguments, console, cancellationToken).NotEmpty();
        DateTime end = scoredFrom.ToDateTime(TimeOnly.MinValue);
        Incident[] before = [.. selection.Incidents.Where(incident => incident.Time < end)];
        if (before.Length == 0)
            throw new HotspotException("incidents",
                string.Create(CultureInfo.InvariantCulture, $"none before {scoredFrom:yyyy-MM-dd}, where scoring begins"),
                "some to learn from", "Score later days, or give older incidents.");
        // Days behind the last incident are not known to be quiet.
        var last = DateOnly.FromDateTime(selection.Incidents.Max(incident => incident.Time));
        HeatmapSpec spec = Spec(arguments, before, console);
        return Build(spec, Span(arguments, before, historyFrom, to < last ? to : last, spec.Cadence, console),
            selection, cancellationToken);
    }

    /// <summary>Reads the incidents of some days, and chooses grid and periods for them; nothing is counted yet.</summary>
    public (HeatmapSpec Spec, PeriodRange Span, IReadOnlyList<Incident> Incidents) Plan(
        ParseResult arguments, DateOnly? from, DateOnly? to, VerbConsole console, CancellationToken cancellationToken)
    {
        IReadOnlyList<Incident> all = Incidents.Read(arguments, console, cancellationToken).NotEmpty().Incidents;
        Incident[] incidents = [.. all.Where(incident =>
            DateOnly.FromDateTime(incident.Time) is var day && !(day < from) && !(day > to))];
        if (incidents.Length == 0)
            throw new HotspotException("incidents", "none in the span", "at least one", "Change --from and --to.");
        HeatmapSpec spec = Spec(arguments, incidents, console);
        return (spec, Span(arguments, incidents, from, to, spec.Cadence, console), incidents);
    }

    HeatmapSpec Spec(ParseResult arguments, IReadOnlyList<Incident> incidents, VerbConsole console)
    {
        StudyGrid study = _grid.Choose(arguments, incidents);
        GridAlignment alignment = study.Grid.AlignmentOn(study.Lattice);
        if (alignment.IsAliased)
            console.Warning($"the grid aliases on the lattice of the coordinates ({alignment}). "
                + "Leave out --area or --grid to have it fitted.");
        HeatmapSpec spec = _periods.Spec(arguments, study.Grid);
        if (!spec.IsCausal)
            console.Warning("the maps of missing periods look ahead: what is learnt from or scored on them is leaky.");
        return spec;
    }

    static PreparedHeatmaps Build(HeatmapSpec spec, PeriodRange span, IncidentSelection selection, CancellationToken cancellationToken)
    {
        var builder = BadUsageException.Check(() => new HeatmapBuilder(spec, span));
        builder.AddRange(selection.Incidents, cancellationToken);
        return new PreparedHeatmaps(builder.Build(), builder.Report) { Incidents = selection.Incidents };
    }

    PeriodRange Span(ParseResult arguments, IReadOnlyList<Incident> incidents, DateOnly? from, DateOnly? to,
        Cadence cadence, VerbConsole console)
    {
        if (from is null || to is null)
        {
            TimeSpanSuggestion span = TimeSpanSuggestion.Find(incidents, excluded: _periods.ExcludedDays(arguments));
            from ??= span.From;
            to ??= span.To;
            Say(span, console);
        }
        return BadUsageException.Check(() => PeriodRange.Days(cadence, from.Value, to.Value));
    }

    void Say(TimeSpanSuggestion span, VerbConsole console)
    {
        string chosen = $"the span is chosen, as the months that reach a fifth of the busiest: {span}.";
        if (span.LostShare > MuchLost)
            console.Warning(chosen + (withSpan ? " Give --from and --to to keep more." : " Give --history-from to keep more."));
        else if (span.Lost > 0)
            console.Note(chosen);
    }
}
