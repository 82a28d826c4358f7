using System.Text.Json;

namespace HotspotInference.Evaluation;

/// <summary>
/// A model of the next incident beside baselines over the same incidents: what <c>hotspot evaluate --json</c> writes for such a model, with
/// names in snake_case. Immutable.
/// </summary>
public sealed record NextIncidentReport
{
    /// <summary>Version of this document's shape.</summary>
    public int SchemaVersion { get; } = 1;

    /// <summary>Wall-clock start of the span.</summary>
    public required DateTime Start { get; init; }

    /// <summary>Wall-clock end of the span, exclusive.</summary>
    public required DateTime End { get; init; }

    /// <summary>Incidents whose place was forecast.</summary>
    public required int Incidents { get; init; }

    /// <summary>Incidents of the span with too few before them.</summary>
    public required int IncidentsLeftOut { get; init; }

    /// <summary>Cells that were ranked.</summary>
    public required int Cells { get; init; }

    /// <summary>How the intervals were made; periods are days here.</summary>
    public required IntervalMethod Interval { get; init; }

    /// <summary>How cells of equal probability are ordered.</summary>
    public string TieOrder { get; } = "by row from the south, then by column from the west";

    /// <summary>The model.</summary>
    public required NextIncidentScore Model { get; init; }

    /// <summary>The baselines.</summary>
    public required IReadOnlyList<NextIncidentScore> Baselines { get; init; }

    /// <summary>The model less each baseline, in their order.</summary>
    public required IReadOnlyList<NextIncidentComparison> Comparisons { get; init; }

    /// <summary>The report as indented JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, EvaluationJson.Default.NextIncidentReport);
}
