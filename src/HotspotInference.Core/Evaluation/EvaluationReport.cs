using System.Text.Json;
using HotspotInference.Forecasts;
using HotspotInference.Periods;

namespace HotspotInference.Evaluation;

/// <summary>
/// A model's scores beside its baselines', over the same periods and cells: what <c>hotspot evaluate --json</c> writes, with
/// names in snake_case. Immutable.
/// </summary>
public sealed record EvaluationReport
{
    EvaluationReport(ForecasterScore model, IReadOnlyList<ForecasterScore> baselines, PeriodRange span)
    {
        Model = model;
        Baselines = baselines;
        Comparisons = [.. baselines.Select(baseline => PairedComparison.Of(model, baseline))];
        Start = span.Start;
        End = span.EndTime;
        Cadence = span.Cadence.ToString();
        PeriodsLeftOut = span.Count - model.Periods;
        ClassScore headline = model.Classes[model.HeadlineClass];
        Events = headline.Events;
        BaseRate = headline.BaseRate;
    }

    /// <summary>Version of this document's shape.</summary>
    public int SchemaVersion { get; } = 1;

    /// <summary>Wall-clock start of the span.</summary>
    public DateTime Start { get; }

    /// <summary>Wall-clock end of the span, exclusive.</summary>
    public DateTime End { get; }

    /// <summary>Length of a period.</summary>
    public string Cadence { get; }

    /// <summary>Periods scored.</summary>
    public int Periods => Model.Periods;

    /// <summary>Periods of the span that were not scored: days left out and periods without data.</summary>
    public int PeriodsLeftOut { get; }

    /// <summary>Incidents in the cells scored, of class <c>any</c> or else of the first class.</summary>
    public double Events { get; }

    /// <summary>Cells scored in each period.</summary>
    public int Cells => Model.Cells;

    /// <summary>Share of cell-periods with at least one incident, of the class of <see cref="Events"/>.</summary>
    public double BaseRate { get; }

    /// <summary>The classes, in order.</summary>
    public IEnumerable<string> Classes => Model.Classes.Keys;

    /// <summary>Whether any forecaster could see what it forecasts.</summary>
    public bool Leaky => Model.Leaky || Baselines.Any(baseline => baseline.Leaky);

    /// <summary>Whether any label threshold was taken over the span that is scored.</summary>
    public bool Retrospective => Model.Retrospective || Baselines.Any(baseline => baseline.Retrospective);

    /// <summary>Where the model's label thresholds come from.</summary>
    public ThresholdSource ThresholdSource => Model.ThresholdSource;

    /// <summary>How cells of equal risk are ordered.</summary>
    public string TieOrder { get; } = "by row from the south, then by column from the west";

    /// <summary>The model.</summary>
    public ForecasterScore Model { get; }

    /// <summary>The baselines.</summary>
    public IReadOnlyList<ForecasterScore> Baselines { get; }

    /// <summary>The model against each baseline, in their order: only these say which of the two is better.</summary>
    public IReadOnlyList<PairedComparison> Comparisons { get; }

    /// <summary>Puts scores side by side.</summary>
    /// <param name="model">The model's scores.</param>
    /// <param name="baselines">The baselines' scores over the same periods, cells and classes.</param>
    /// <param name="span">The span asked for, periods that were left out included.</param>
    /// <exception cref="ArgumentException">
    /// The scores are not over the same periods, cells, classes and events, or the intervals were made in different ways.
    /// </exception>
    public static EvaluationReport Create(ForecasterScore model, IReadOnlyList<ForecasterScore> baselines, PeriodRange span)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(baselines);
        if (model.Periods > span.Count)
            throw new ArgumentException($"{model.Periods} periods scored; expected at most the span's {span.Count}.", nameof(span));
        return new EvaluationReport(model, baselines, span);
    }

    /// <summary>The report as indented JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, EvaluationJson.Default.EvaluationReport);

    /// <summary>Writes the report as indented JSON in UTF-8.</summary>
    public void WriteJson(Stream stream) => JsonSerializer.Serialize(stream, this, EvaluationJson.Default.EvaluationReport);
}
