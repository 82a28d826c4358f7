using HotspotInference.Features;
using HotspotInference.Forecasts;
using HotspotInference.Heatmaps;

namespace HotspotInference.Prediction;

/// <summary>
/// What a model file says of itself besides its network: everything a predictor needs to prepare what the network is given and to
/// read what it returns. Stored as one JSON document under <see cref="Key"/> in the file's metadata. Immutable; equal where the
/// documents are.
/// </summary>
public sealed partial record ModelMetadata
{
    /// <summary>The key of the document in the model's <c>metadata_props</c>.</summary>
    public const string Key = "hotspot";

    /// <summary>The version of the document that this library writes and reads.</summary>
    public const int SchemaVersion = 1;

    /// <summary>The kind of network, such as <c>history</c>.</summary>
    public required string Architecture { get; init; }

    /// <summary>A short name for tables.</summary>
    public required string Name { get; init; }

    /// <summary>How the heat maps are made that it learnt from, its study area and grid with them.</summary>
    public required HeatmapSpec Heatmaps { get; init; }

    /// <summary>
    /// The IANA time zone of the wall-clock times that it learnt from, such as <c>America/New_York</c>; null where unknown.
    /// </summary>
    public string? TimeZone { get; init; }

    /// <summary>What it needs to know of the past: the inputs <c>maps</c>, <c>history</c> and <c>calendar</c>.</summary>
    public required FeatureSpec Features { get; init; }

    /// <summary>The features in the input <c>external</c>, in order; empty where it has no such input.</summary>
    public IReadOnlyList<ExternalFeature> External { get; init; } = [];

    /// <summary>What it needs to know of the last incidents, of a model of the next one; null where it forecasts risk.</summary>
    public EventSpec? Events { get; init; }

    /// <summary>How many periods ahead it learnt to forecast, at least 1.</summary>
    public int Horizon { get; init; } = 1;

    /// <summary>The classes it forecasts, in the order of its output.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>Which grids it can forecast on.</summary>
    public GridMode Grid { get; init; }

    /// <summary>
    /// Channels of the state that it carries from one period to the next, of a streaming model: it sees one map a run, the newest, and the
    /// lags of its window say how many it begins with. 0 where each window stands for itself.
    /// </summary>
    public int StateChannels { get; init; }

    /// <summary>Whether it carries a state from one period to the next.</summary>
    public bool IsStreaming => StateChannels > 0;

    /// <summary>The only batch that it takes; null where each run chooses.</summary>
    public int? FixedBatch { get; init; }

    /// <summary>What becomes of the cells at the edge.</summary>
    public BorderPolicy Border { get; init; }

    /// <summary>Percentiles of risk over the validation span, taken with <see cref="Border"/>; null where there was none.</summary>
    public PercentileTable? Thresholds { get; init; }

    /// <summary>
    /// The threshold of each class that a rule chose on the validation span, with its curve, taken with <see cref="Border"/>; null where
    /// none was.
    /// </summary>
    public ThresholdSelection? Selection { get; init; }

    /// <summary>
    /// How its risk was fitted to the validation span, beyond its level; null where it was not. The network does it by itself.
    /// </summary>
    public ModelCalibration? Calibration { get; init; }

    /// <summary>The day on which its history begins: older incidents are not looked at; null for no limit.</summary>
    public DateOnly? HistoryFrom { get; init; }

    /// <summary>The days it learnt to forecast; null where unknown, or where it learnt in another city (<see cref="Origin"/>).</summary>
    public DaySpan? Training { get; init; }

    /// <summary>The days that its settings and thresholds were chosen on; null for none.</summary>
    public DaySpan? Validation { get; init; }

    /// <summary>SHA-256 of the data it learnt from, 64 lower-case hexadecimal digits; null where unknown.</summary>
    public string? DataFingerprint { get; init; }

    /// <summary>The seed of everything random in its making; null where nothing was.</summary>
    public long? Seed { get; init; }

    /// <summary>The version of the library that wrote it. This library's by default.</summary>
    public string LibraryVersion { get; init; } = typeof(ModelMetadata).Assembly.GetName().Version!.ToString(3);

    /// <summary>The command that wrote it; null where there was none.</summary>
    public string? CreatedBy { get; init; }

    /// <summary>
    /// What the network computes with where that is not float32 throughout: <c>int8</c> or <c>float16</c>; null for full precision.
    /// </summary>
    public string? Precision { get; init; }

    /// <summary>
    /// Where the network learnt what it knows, for one that was taken over from another city; null where it learnt in this one.
    /// </summary>
    public ModelOrigin? Origin { get; init; }

    /// <inheritdoc/>
    public bool Equals(ModelMetadata? other) => other is not null && Serialize() == other.Serialize();

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Architecture, Name, LibraryVersion);
}
