using HotspotInference.Heatmaps;
using HotspotInference.Onnx.Protos;
using HotspotInference.Periods;
using HotspotInference.Prediction;

namespace HotspotInference.Onnx;

/// <summary>
/// A model that learnt in one city, made another's: the same network and weights, with the new city's area, grid, time zone, history,
/// thresholds and, where that is exact, level. Nothing is learnt anew. For models that take any grid and see rates and maps alone, a city
/// of the same classes and cadence.
/// </summary>
public sealed class ModelTransfer
{
    ModelTransfer(byte[] model, ModelMetadata metadata, ModelValidation validation, IReadOnlyList<double?> calibrationBefore,
        IReadOnlyList<double>? levels)
    {
        Model = model;
        Metadata = metadata;
        Validation = validation;
        CalibrationBefore = calibrationBefore;
        Levels = levels;
    }

    /// <summary>The new model as the bytes of an .onnx file.</summary>
    public ReadOnlyMemory<byte> Model { get; }

    /// <summary>What the new model says of itself.</summary>
    public ModelMetadata Metadata { get; }

    /// <summary>Its thresholds, and how well its probabilities fit the validation days.</summary>
    public ModelValidation Validation { get; }

    /// <summary>
    /// For each class mean risk over the share of cell-periods with incidents, in the validation days, before the level was changed; 1 is
    /// right. Null where there was no incident.
    /// </summary>
    public IReadOnlyList<double?> CalibrationBefore { get; }

    /// <summary>
    /// For each class what the expected number of incidents was multiplied by; 1 where the validation days hold none. Null where the level
    /// was left alone: it was to be kept, or the model has no <c>intensity</c> that its risk follows from as <c>1 - exp(-rate)</c>.
    /// </summary>
    public IReadOnlyList<double>? Levels { get; }

    /// <summary>Makes a model another city's.</summary>
    /// <param name="path">The .onnx file.</param>
    /// <param name="series">
    /// The new city's heat maps, from where its history begins to the end of the validation days or later, not filled.
    /// </param>
    /// <param name="options">What the new model is.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="HotspotException">
    /// The file is no model, takes its own grid alone, or forecasts other classes or periods of another length; or the validation days
    /// leave the series or hold no period that counts.
    /// </exception>
    public static ModelTransfer Run(string path, HeatmapSeries series, ModelTransferOptions options,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(series);
        ArgumentNullException.ThrowIfNull(options);
        ModelMetadata source;
        // Its messages tell best what is wrong with a file.
        using (var learnt = HotspotPredictor.Load(path))
            source = learnt.Metadata;
        return Run(File.ReadAllBytes(path), source, $"model '{path}'", series, options, cancellationToken);
    }

    /// <summary>Makes a model another city's.</summary>
    /// <inheritdoc cref="Run(string, HeatmapSeries, ModelTransferOptions, CancellationToken)"/>
    /// <param name="model">The content of an .onnx file.</param>
    /// <param name="series">
    /// The new city's heat maps, from where its history begins to the end of the validation days or later, not filled.
    /// </param>
    /// <param name="options">What the new model is.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static ModelTransfer Run(ReadOnlyMemory<byte> model, HeatmapSeries series, ModelTransferOptions options,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(series);
        ArgumentNullException.ThrowIfNull(options);
        ModelMetadata source;
        using (var learnt = HotspotPredictor.Load(model))
            source = learnt.Metadata;
        return Run(model, source, "model", series, options, cancellationToken);
    }

    /// <summary>Writes the new model to a file, which appears complete or not at all, over one of that name.</summary>
    /// <exception cref="HotspotException">The file cannot be written.</exception>
    public void Save(string path) => AtomicFile.Write(path, "model", stream => stream.Write(Model.Span));

    static ModelTransfer Run(ReadOnlyMemory<byte> model, ModelMetadata source, string subject, HeatmapSeries series,
        ModelTransferOptions options, CancellationToken cancellationToken)
    {
        Check(source, series.Spec, subject);
        PeriodRange validation = ModelValidation.Periods(options.Validation, "validation span", series);
        HeatmapSeries known = series.Slice(series.Periods with { Count = (int)(validation.End - series.Periods.First) });
        ModelOrigin origin = source.Origin
            ?? new ModelOrigin { Name = source.Name, Training = source.Training, DataFingerprint = source.DataFingerprint };
        ModelMetadata metadata = source with
        {
            Name = options.Name,
            Heatmaps = series.Spec,
            TimeZone = options.TimeZone,
            Thresholds = null,
            Selection = null,
            HistoryFrom = DateOnly.FromDateTime(series.Periods.Start),
            Training = null,
            Validation = options.Validation,
            DataFingerprint = ModelValidation.Fingerprint(known),
            LibraryVersion = typeof(ModelTransfer).Assembly.GetName().Version!.ToString(3),
            CreatedBy = options.CreatedBy,
            Origin = origin,
        };

        ModelProto written = ModelChange.Read(model);
        TransferredLevel level;
        using (var predictor = HotspotPredictor.Load(ModelChange.Write(written, metadata)))
            level = TransferredLevel.Over(predictor, known, validation, cancellationToken);
        double[]? levels = null;
        if (options.Level == TransferLevel.Validation && level.Ratios is { } ratios)
        {
            levels = level.Factors();
            ModelChange.ScaleLevel(written, levels, ratios);
            metadata = metadata
                with { Origin = origin with { Levels = [.. levels.Zip(origin.Levels ?? levels.Select(_ => 1.0), (a, b) => a * b)] } };
        }
        ModelValidation validated;
        using (var predictor = HotspotPredictor.Load(ModelChange.Write(written, metadata)))
            validated = ModelValidation.Run(predictor, known, validation, options.ThresholdRule, cancellationToken: cancellationToken);
        metadata = metadata with { Thresholds = validated.Thresholds, Selection = validated.Selection };
        return new ModelTransfer(ModelChange.Write(written, metadata), metadata, validated, level.Calibration, levels);
    }

    static void Check(ModelMetadata source, HeatmapSpec spec, string subject)
    {
        if (source.Grid != GridMode.Any)
            throw new HotspotException(subject,
                $"weights for each of its {source.Heatmaps.Grid.Rows} x {source.Heatmaps.Grid.Columns} cells (grid: fixed)",
                "a model that takes any grid", "Train a network without weights for each cell, or train one for the new city.");
        if (source.External.Count > 0)
            throw new HotspotException(subject,
                $"the external features {string.Join(", ", source.External.Select(feature => feature.Name))}",
                "a model that sees incidents alone", "Train a model for the new city.");
        if (source.Heatmaps.Cadence != spec.Cadence)
            throw new HotspotException(subject, $"periods of a {source.Heatmaps.Cadence}", $"those of the heat maps, a {spec.Cadence}",
                $"Make the new city's heat maps with cadence {source.Heatmaps.Cadence}, or take another model.");
        if (!source.Heatmaps.Kinds.Classes.SequenceEqual(spec.Kinds.Classes))
            throw new HotspotException(subject, $"the classes {string.Join(", ", source.Heatmaps.Kinds.Classes)}",
                $"those of the heat maps, {string.Join(", ", spec.Kinds.Classes)}",
                "Give the new city's kinds the names that the model has for them, in its order, or take another model.");
    }
}
