using System.Text.Json;
using System.Text.Json.Serialization;
using HotspotInference.Features;
using HotspotInference.Forecasts;
using HotspotInference.Heatmaps;

namespace HotspotInference.Prediction;

/// <summary>
/// The JSON document, property by property. Apart from the types that the library works with, so that these may change and the
/// document stays; everything is required and nothing unknown accepted, so that a document is understood in full or refused;
/// only what came later may be left out: the events, the state, the batch, the threshold selection, the calibration, the precision, the
/// origin, and a history's threshold, phase and further rates. Written by the serializer, read by <see cref="ModelMetadataReader"/>.
/// </summary>
sealed record ModelMetadataDocument
{
    public required int SchemaVersion { get; init; }
    public required string Architecture { get; init; }
    public required string Name { get; init; }
    public required HeatmapSpec Heatmaps { get; init; }
    public required string? TimeZone { get; init; }
    public required MapsDocument? Window { get; init; }
    public required HistoryDocument? History { get; init; }
    public required string[]? Calendar { get; init; }
    public required ExternalDocument[] External { get; init; }
    // Left out where there is none, as what follows.
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EventsDocument? Events { get; init; }

    public required int Horizon { get; init; }
    public required string[] Classes { get; init; }
    public required GridMode Grid { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int StateChannels { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? FixedBatch { get; init; }

    public required BorderDocument Border { get; init; }
    public required ThresholdsDocument? Thresholds { get; init; }

    // Left out where there is none: documents from before there were selections stay as they are.
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SelectionDocument? ThresholdSelection { get; init; }

    // Likewise.
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CalibrationDocument? Calibration { get; init; }

    public required DateOnly? HistoryFrom { get; init; }
    public required DaySpan? Training { get; init; }
    public required DaySpan? Validation { get; init; }
    public required string? DataFingerprint { get; init; }
    public required long? Seed { get; init; }
    public required string LibraryVersion { get; init; }
    public required string? CreatedBy { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public OriginDocument? TransferredFrom { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Precision { get; init; }

    public static ModelMetadataDocument From(ModelMetadata metadata) => new()
    {
        SchemaVersion = ModelMetadata.SchemaVersion,
        Architecture = metadata.Architecture,
        Name = metadata.Name,
        Heatmaps = metadata.Heatmaps,
        TimeZone = metadata.TimeZone,
        Window = metadata.Features.Maps is { } maps ? new([.. maps.Lags], [.. maps.Channels], maps.BinaryThreshold) : null,
        History = metadata.Features.History is { } history ? HistoryDocument.From(history) : null,
        Calendar = metadata.Features.Calendar is { } calendar ? [.. calendar.Features] : null,
        External = [.. metadata.External.Select(feature =>
            new ExternalDocument(feature.Name, feature.Source, feature.Lag, feature.Mean, feature.Scale))],
        Events = metadata.Events is { } events ? new(events.Steps, [.. events.Features]) : null,
        Horizon = metadata.Horizon,
        Classes = [.. metadata.Classes],
        Grid = metadata.Grid,
        StateChannels = metadata.StateChannels,
        FixedBatch = metadata.FixedBatch,
        Border = new(metadata.Border.MarginCells),
        Thresholds = metadata.Thresholds is { } table ? ThresholdsDocument.From(table) : null,
        ThresholdSelection = metadata.Selection is { } selection ? SelectionDocument.From(selection) : null,
        Calibration = metadata.Calibration is { } calibration ? CalibrationDocument.From(calibration) : null,
        HistoryFrom = metadata.HistoryFrom,
        Training = metadata.Training,
        Validation = metadata.Validation,
        DataFingerprint = metadata.DataFingerprint,
        Seed = metadata.Seed,
        LibraryVersion = metadata.LibraryVersion,
        CreatedBy = metadata.CreatedBy,
        Precision = metadata.Precision,
        TransferredFrom = metadata.Origin is { } origin
            ? new(origin.Name, origin.Training, origin.DataFingerprint, origin.Levels?.ToArray())
            : null,
    };

    public ModelMetadata ToMetadata() => new()
    {
        Architecture = Architecture,
        Name = Name,
        Heatmaps = Heatmaps,
        TimeZone = TimeZone,
        Features = new FeatureSpec
        {
            Maps = Window is null
                ? null
                : new() { Lags = Window.Lags, Channels = Window.Channels, BinaryThreshold = Window.BinaryThreshold },
            History = History?.ToSpec(),
            Calendar = Calendar is null ? null : new() { Features = Calendar },
        },
        External = [.. External.Select(feature => feature.ToFeature())],
        Events = Events is null ? null : new() { Steps = Events.Steps, Features = Events.Features },
        Horizon = Horizon,
        Classes = Classes,
        Grid = Grid,
        StateChannels = StateChannels,
        FixedBatch = FixedBatch,
        Border = Border.ToPolicy(),
        Thresholds = Thresholds?.ToTable(Border.ToPolicy()),
        Selection = ThresholdSelection?.ToSelection(Border.ToPolicy()),
        Calibration = Calibration?.ToCalibration(),
        HistoryFrom = HistoryFrom,
        Training = Training,
        Validation = Validation,
        DataFingerprint = DataFingerprint,
        Seed = Seed,
        LibraryVersion = LibraryVersion,
        CreatedBy = CreatedBy,
        Precision = Precision,
        Origin = TransferredFrom is { } origin
            ? new ModelOrigin
            {
                Name = origin.Name, Training = origin.Training, DataFingerprint = origin.DataFingerprint, Levels = origin.Levels
            }
            : null,
    };

    /// <summary>The input <c>maps</c>; a threshold of null leaves counts as they are.</summary>
    public sealed record MapsDocument(int[] Lags, string[] Channels, float? BinaryThreshold);

    /// <summary>The input <c>events</c>.</summary>
    public sealed record EventsDocument(int Steps, string[] Features);

    /// <summary>
    /// The input <c>history</c>; the half-life of all history is written <c>"Infinity"</c>, and what is not there is not written.
    /// </summary>
    public sealed record HistoryDocument(
        double[] HalfLives, double[] Smoothings, string[] Channels,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] float? BinaryThreshold = null,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] HistoryPhase Phase = HistoryPhase.All,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] HistoryDocument[]? More = null)
    {
        public static HistoryDocument From(HistorySpec spec) => new([.. spec.HalfLives], [.. spec.Smoothings], [.. spec.Channels],
            spec.BinaryThreshold, spec.Phase, spec.More.Count > 0 ? [.. spec.More.Select(From)] : null);

        public HistorySpec ToSpec() => new()
        {
            HalfLives = HalfLives,
            Smoothings = Smoothings,
            Channels = Channels,
            BinaryThreshold = BinaryThreshold,
            Phase = Phase,
            More = [.. More?.Select(block => block.ToSpec()) ?? []],
        };
    }

    /// <summary>A feature of other origin than incidents; its standardisation is the network's own.</summary>
    public sealed record ExternalDocument(string Name, ExternalSource Source, int Lag, double Mean, double Scale)
    {
        public ExternalFeature ToFeature() => new(Name, Source) { Lag = Lag, Mean = Mean, Scale = Scale };
    }

    /// <summary>The city in which the network learnt; levels of null where outputs are those of that city.</summary>
    public sealed record OriginDocument(string Name, DaySpan? Training, string? DataFingerprint, double[]? Levels);

    /// <summary>What becomes of the cells at the edge.</summary>
    public sealed record BorderDocument(int IgnoredMarginCells)
    {
        public BorderPolicy ToPolicy() => IgnoredMarginCells >= 0
            ? BorderPolicy.Ignore(IgnoredMarginCells)
            : throw new JsonException($"border.ignored_margin_cells is {IgnoredMarginCells}; expected 0 or more");
    }

    /// <summary>Percentiles of risk over the validation span: <c>risks[class][percentile]</c>.</summary>
    public sealed record ThresholdsDocument(string[] Classes, double[] Percentiles, double[][] Risks)
    {
        public static ThresholdsDocument From(PercentileTable table) => new(
            [.. table.Classes], [.. table.Percentiles],
            [.. table.Values.ToArray().Chunk(table.Percentiles.Count)]);

        public PercentileTable ToTable(BorderPolicy border)
        {
            if (Risks.Length != Classes.Length || Risks.Any(row => row?.Length != Percentiles.Length))
                throw new JsonException("thresholds.risks is not one number for each class and percentile");
            foreach (double percentile in Percentiles)
            {
                if (!(percentile is >= 0 and <= 100))
                    throw new JsonException($"thresholds.percentiles has {percentile}; expected 0 to 100");
            }
            var values = new double[Classes.Length * Percentiles.Length];
            for (int i = 0; i < Risks.Length; i++)
                Risks[i].CopyTo(values, i * Percentiles.Length);
            return new PercentileTable(Classes, Percentiles, values, ThresholdSource.Validation, border);
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    Converters = [typeof(SnakeCaseEnumConverter<CalibrationMethod>), typeof(SnakeCaseEnumConverter<GridMode>),
        typeof(SnakeCaseEnumConverter<HistoryPhase>), typeof(SnakeCaseEnumConverter<ExternalSource>)])]
[JsonSerializable(typeof(ModelMetadataDocument))]
sealed partial class ModelMetadataJson : JsonSerializerContext;
