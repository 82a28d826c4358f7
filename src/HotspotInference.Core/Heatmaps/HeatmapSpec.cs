using System.Text.Json;
using System.Text.Json.Serialization;
using HotspotInference.Incidents;
using HotspotInference.Periods;

namespace HotspotInference.Heatmaps;

/// <summary>
/// How incidents become heat maps: where, how long a period is, which kinds are told apart, and what counts as no data. A model
/// carries its own in its metadata, so that what it is given is made as what it learnt from. Immutable, compared by value.
/// </summary>
[JsonConverter(typeof(HeatmapSpecJson))]
public sealed record HeatmapSpec
{
    /// <summary>The study area and its cells.</summary>
    public required GridSpec Grid { get; init; }

    /// <summary>The length of a period. A day by default.</summary>
    public Cadence Cadence { get; init; } = Cadence.Day;

    /// <summary>Which kinds are told apart. None by default: one class, <c>any</c>.</summary>
    public KindEncoding Kinds { get; init; } = KindEncoding.Any;

    /// <summary>Which periods have no data. By default none: an empty period is a true zero.</summary>
    public MissingPeriods MissingPeriods { get; init; }

    /// <summary>The spans in which reporting was down; used with <see cref="MissingPeriods.DeclaredGaps"/> only. None by default.</summary>
    public DeclaredGaps Gaps { get; init; } = DeclaredGaps.None;

    /// <summary>How the map of a missing period is made up. Zero by default.</summary>
    public FillMethod Filling { get; init; }

    /// <summary>Days of every year that are no target, leave no trace in history and are not scored.</summary>
    public ExcludedDays ExcludedDays { get; init; } = ExcludedDays.None;

    /// <summary>
    /// Whether maps are made without looking ahead. False for <see cref="FillMethod.Linear"/> where periods can be missing.
    /// </summary>
    public bool IsCausal => MissingPeriods == MissingPeriods.None || Filling != FillMethod.Linear;

    /// <summary>Values in one map: classes times cells.</summary>
    public int MapLength => checked(Kinds.Classes.Count * Grid.CellCount);

    /// <summary>The settings as one JSON object, readable by <see cref="Parse"/>.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, HeatmapSpecContext.Default.HeatmapSpec);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="HotspotException">It is malformed, lacks a setting, has one that is not known, or contradicts itself.</exception>
    public static HeatmapSpec Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            return JsonSerializer.Deserialize(json, HeatmapSpecContext.Default.HeatmapSpec)
                ?? throw new JsonException("The settings are null.");
        }
        catch (JsonException e)
        {
            throw new HotspotException("heat map settings", $"text that cannot be read ({e.Message})", "settings as ToJson writes them",
                "Write the settings again with this version.", e);
        }
    }

    /// <summary>Whether a period has no data.</summary>
    /// <param name="period">The number of the period (<see cref="Cadence.IndexOf"/>).</param>
    /// <param name="isEmpty">Whether no incident of an encoded kind fell into the study area in the period.</param>
    public bool IsMissing(long period, bool isEmpty) => MissingPeriods switch
    {
        MissingPeriods.DeclaredGaps => Gaps.Contains(Cadence, period),
        MissingPeriods.EmptyPeriods => isEmpty,
        _ => false,
    };

    /// <summary>
    /// Whether a period is left out by <see cref="ExcludedDays"/>: its map is real, but it is no target and leaves no trace.
    /// </summary>
    /// <param name="period">The number of the period.</param>
    internal bool IsExcluded(long period) => ExcludedDays.Contains(Cadence, period);

    /// <summary>Refuses settings that contradict each other.</summary>
    /// <exception cref="HotspotException">Gaps without the setting that uses them, or maps too large to hold.</exception>
    internal HeatmapSpec Validated()
    {
        if (!Gaps.IsEmpty && MissingPeriods != MissingPeriods.DeclaredGaps)
            throw new HotspotException("gaps", $"{Gaps} with missing periods '{MissingPeriods}'",
                $"'{MissingPeriods.DeclaredGaps}' where gaps are given", "Set MissingPeriods to DeclaredGaps, or give no gaps.");
        if ((long)Kinds.Classes.Count * Grid.CellCount > Array.MaxLength)
            throw new HotspotException("heat maps", $"{Kinds.Classes.Count} classes of {Grid.Rows} x {Grid.Columns} cells",
                $"at most {Array.MaxLength} values a map", "Use a coarser grid or fewer classes.");
        return this;
    }
}
