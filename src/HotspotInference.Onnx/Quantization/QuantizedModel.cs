using HotspotInference.Evaluation;
using HotspotInference.Features;
using HotspotInference.Heatmaps;
using HotspotInference.Onnx.Protos;
using HotspotInference.Periods;
using HotspotInference.Prediction;

namespace HotspotInference.Onnx.Quantization;

/// <summary>
/// A model that computes with whole numbers of eight bits (<see cref="ModelQuantizer"/>), with thresholds of its own, and how it compares
/// with the one it was made from.
/// </summary>
public sealed class QuantizedModel
{
    QuantizedModel(byte[] model, ModelMetadata metadata, ModelValidation validation, IReadOnlyList<QuantizedScore> scores, QuantizedModelOptions options)
    {
        Model = model;
        Metadata = metadata;
        Validation = validation;
        Scores = scores;
        Failure = scores.Select(score => score.Failure(options)).FirstOrDefault(failure => failure is not null);
    }

    /// <summary>The model as the bytes of an .onnx file.</summary>
    public ReadOnlyMemory<byte> Model { get; }

    /// <summary>What the model says of itself.</summary>
    public ModelMetadata Metadata { get; }

    /// <summary>Its thresholds, and how well its probabilities fit the validation days.</summary>
    public ModelValidation Validation { get; }

    /// <summary>Its scores over the validation days beside the other's, one a class.</summary>
    public IReadOnlyList<QuantizedScore> Scores { get; }

    /// <summary>What it is worse in than the options allow; null where it is good enough.</summary>
    public string? Failure { get; }

    /// <summary>Makes a model compute with whole numbers of eight bits, and compares the two.</summary>
    /// <param name="model">The content of an .onnx file.</param>
    /// <param name="series">The heat maps that it learnt from, to the end of the validation days or later, not filled.</param>
    /// <param name="options">How; the defaults where null.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="HotspotException">
    /// As for <see cref="ModelQuantizer.Run"/>; or the days of calibration or validation are not known, leave the series, hold no window,
    /// or the former end after the latter begin.
    /// </exception>
    public static QuantizedModel Run(ReadOnlyMemory<byte> model, HeatmapSeries series, QuantizedModelOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(series);
        options ??= new QuantizedModelOptions();
        using var exact = HotspotPredictor.Load(model);
        PeriodRange learnt = Periods(options.Calibration ?? exact.Metadata.Training, "calibration span", series),
            held = Periods(options.Validation ?? exact.Metadata.Validation, "validation span", series);
        ModelValidation.CheckLater(learnt, held);
        byte[] quantized = ModelQuantizer.Run(model, Windows(exact, series, learnt, options.Windows), options.Quantizer, cancellationToken);
        quantized = QuantizedLevel.Restore(quantized, exact, Windows(exact, series, held, options.Windows), cancellationToken);
        using var predictor = HotspotPredictor.Load(quantized);
        ModelValidation validation = ModelValidation.Run(predictor, series, held, options.ThresholdRule, cancellationToken: cancellationToken);
        ModelMetadata metadata = predictor.Metadata with { Thresholds = validation.Thresholds, Selection = validation.Selection, Validation = options.Validation ?? exact.Metadata.Validation };
        ModelProto written = ModelChange.Read(quantized);
        return new QuantizedModel(ModelChange.Write(written, metadata), metadata, validation, Compare(exact, predictor, series, held, cancellationToken), options);
    }

    /// <summary>Writes the model to a file, which appears complete or not at all, over one of that name.</summary>
    /// <exception cref="HotspotException">The file cannot be written.</exception>
    public void Save(string path) => AtomicFile.Write(path, "model", stream => stream.Write(Model.Span));

    static float[][] Windows(HotspotPredictor model, HeatmapSeries series, PeriodRange learnt, int count)
    {
        if (model.Features.Maps is not { } maps)
            return [];
        // A network sees missing maps as it learnt them.
        var windows = new HeatmapWindows(series.Fill(), maps, model.Metadata.Horizon);
        IReadOnlyList<long> targets = windows.Targets(learnt).Periods;
        if (targets.Count == 0)
            throw new HotspotException("calibration span", $"{learnt} without a whole window", "days with windows before them", "Widen the span.");
        count = Math.Clamp(count, 1, targets.Count);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            var window = new float[windows.WindowLength];
            windows.CopyWindow(targets[(int)((long)i * targets.Count / count)], window);
            return window;
        })];
    }

    static IReadOnlyList<QuantizedScore> Compare(HotspotPredictor exact, HotspotPredictor quantized, HeatmapSeries series, PeriodRange held, CancellationToken cancellationToken)
    {
        ScoringOptions scoring = ForecastComparison.Scoring(series.Spec.Cadence) with { BootstrapDraws = 0, Border = exact.Border };
        EvaluationReport report = ForecastEvaluation.Run(series, quantized, [exact], held, scoring, exact.Metadata.Horizon, cancellationToken: cancellationToken);
        return [.. report.Classes.Select(name =>
        {
            ClassScore mine = report.Model.Classes[name], its = report.Baselines[0].Classes[name];
            return new QuantizedScore(name, its.AveragePrecision?.Value, mine.AveragePrecision?.Value, its.LogLoss.Value, mine.LogLoss.Value);
        })];
    }

    static PeriodRange Periods(DaySpan? days, string what, HeatmapSeries series) => days is { } known ? ModelValidation.Periods(known, what, series)
        : throw new HotspotException(what, "none in the model's metadata", "days of the incidents", "Say which in the options.");
}
