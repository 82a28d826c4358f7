using HotspotInference.Grids;

namespace HotspotInference.Pipelines;

/// <summary>
/// Which incidents to keep: those that pass every condition that is given. Only the columns of these are read. Immutable.
/// </summary>
public sealed record IncidentSelectionOptions
{
    /// <summary>Where the incidents are.</summary>
    public IncidentColumns Columns { get; init; } = new();

    /// <summary>The first day to keep; null for no limit.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The last day to keep, included; null for no limit.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Whether the ends that are not given are learnt (<see cref="TimeSpanSuggestion.Find"/>). False by default.</summary>
    public bool LearnSpan { get; init; }

    /// <summary>The kinds to keep, compared exactly: one of an incident's kinds is enough. Null keeps all.</summary>
    public IReadOnlyList<string>? Kinds { get; init; }

    /// <summary>The place to keep, compared without case; null keeps all.</summary>
    public string? Place { get; init; }

    /// <summary>The area to keep, edges included, given or learnt; null keeps all.</summary>
    public AreaRule? Area { get; init; }

    /// <summary>Keeps what lies within a distance of a point; null keeps all.</summary>
    public GeoCircle? Near { get; init; }

    internal IncidentParts Parts => (From is not null || To is not null || LearnSpan ? IncidentParts.Time : 0)
        | (Area is not null || Near is not null ? IncidentParts.Point : 0)
        | (Kinds is not null ? IncidentParts.Kinds : 0)
        | (Place is not null ? IncidentParts.Place : 0);
}
