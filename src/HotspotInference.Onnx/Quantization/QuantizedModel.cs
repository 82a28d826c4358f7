using HotspotInference.Evaluation;
using HotspotInference.Features;
using HotspotInference.Heatmaps;
using HotspotInference.Onnx.Protos;
using HotspotInference.Periods;
using HotspotInference.Prediction;

namespace HotspotInference.Onnx.Quantization;

/// <summary>
/// A model that computes with whole numbers of eight bits (<see cref="ModelQuantizer"/>) or in float16 (<see cref="HalfPrecision"/>), with
/// thresholds of its own, and how it compares with the one it was made from.
/// </summary>
public sealed class QuantizedModel
{
    QuantizedModel(byte[] model, ModelMetadata metadata, ModelValidation validation, IReadOnlyList<QuantizedScore> scores,
        QuantizedDifference difference, QuantizedModelOptions options)
    {
        Model = model;
        Metadata = metadata;
        Validation = validation;
        Scores = scores;
        Difference = difference;
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

    /// <summary>How far its risks are from the other's over the validation days.</summary>
    public QuantizedDifference Difference { get; }

    /// <summary>What it is worse in than the options allow; null where it is good enough.</summary>
    public string? Failure { get; }

    /// <summary>Makes a model compute with fewer bits, and compares the two.</summary>
    /// <param name="model">The content of an .onnx file.</param>
    /// <param name="series">The heat maps that it learnt from, to the end of the validation days or later, not filled.</param>
    /// <param name="options">How; the defaults where null.</param>
    /// <param name="external">The external features that the model needs; null for none.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <remarks>
    /// A model in float16 is judged by what it computes where every value is rounded to float16, as on a graphics card. On the processor it
    /// is nearer to full precision than that.
    /// </remarks>
    /// <exception cref="HotspotException">
    /// As for <see cref="ModelQuantizer.Run"/> or <see cref="HalfPrecision.Run"/>; or the days of calibration or validation are not known,
    /// leave the series, hold no window, or the former end after the latter begin; or a risk of the new model is no number.
    /// </exception>
    public static QuantizedModel Run(ReadOnlyMemory<byte> model, HeatmapSeries series, QuantizedModelOptions? options = null,
        ExternalFeatures? external = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(series);
        options ??= new QuantizedModelOptions();
        using var exact = HotspotPredictor.Load(model);
        bool isHalf = options.Precision == QuantizedPrecision.Float16;
        PeriodRange? learnt = isHalf ? null : Periods(options.Calibration ?? exact.Metadata.Training, "calibration span", series);
        PeriodRange held = Periods(options.Validation ?? exact.Metadata.Validation, "validation span", series);
        byte[] quantized = learnt is { } days
            ? Whole(model, exact, series, days, held, options, cancellationToken)
            : HalfPrecision.Run(model);
        using var predictor = HotspotPredictor.Load(isHalf ? HalfPrecision.Rounded(model) : quantized);
        // First, since it refuses risks that are no numbers.
        (IReadOnlyList<QuantizedScore> scores, QuantizedDifference difference) =
            Compare(exact, predictor, external, series, held, cancellationToken);
        ModelValidation validation = ModelValidation.Run(predictor, series, held, options.ThresholdRule, external, cancellationToken);
        ModelMetadata metadata = predictor.Metadata with
        {
            Thresholds = validation.Thresholds,
            Selection = validation.Selection,
            Validation = options.Validation ?? exact.Metadata.Validation
        };
        ModelProto written = ModelChange.Read(quantized);
        return new QuantizedModel(ModelChange.Write(written, metadata), metadata, validation, scores, difference, options);
    }

    /// <summary>Writes the model to a file, which appears complete or not at all, over one of that name.</summary>
    /// <exception cref="HotspotException">The file cannot be written.</exception>
    public void Save(string path) => AtomicFile.Write(path, "model", stream => stream.Write(Model.Span));

    static byte[] Whole(ReadOnlyMemory<byte> model, HotspotPredictor exact, HeatmapSeries series, PeriodRange learnt, PeriodRange held,
        QuantizedModelOptions options, CancellationToken cancellationToken)
    {
        ModelValidation.CheckLater(learnt, held);
        byte[] quantized = ModelQuantizer.Run(model, Windows(exact, series, learnt, options.Windows), options.Quantizer, cancellationToken);
        return QuantizedLevel.Restore(quantized, exact, Windows(exact, series, held, options.Windows), cancellationToken);
    }

    static float[][] Windows(HotspotPredictor model, HeatmapSeries series, PeriodRange learnt, int count)
    {
        if (model.Features.Maps is not { } maps)
            return [];
        // A network sees missing maps as it learnt them.
        var windows = new HeatmapWindows(series.Fill(), maps, model.Metadata.Horizon);
        IReadOnlyList<long> targets = windows.Targets(learnt).Periods;
        if (targets.Count == 0)
            throw new HotspotException("calibration span", $"{learnt} without a whole window",
                "days with windows before them", "Widen the span.");
        count = Math.Clamp(count, 1, targets.Count);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            var window = new float[windows.WindowLength];
            windows.CopyWindow(targets[(int)((long)i * targets.Count / count)], window);
            return window;
        })];
    }

    static (IReadOnlyList<QuantizedScore> Scores, QuantizedDifference Difference) Compare(
        HotspotPredictor exact, HotspotPredictor quantized, ExternalFeatures? external,
        HeatmapSeries series, PeriodRange held, CancellationToken cancellationToken)
    {
        ScoringOptions scoring = ForecastComparison.Scoring(series.Spec.Cadence) with { BootstrapDraws = 0, Border = exact.Border };
        double largest = 0, largestRelative = 0, squares = 0;
        long count = 0;
        EvaluationReport report = ForecastEvaluation.Run(series, Forecaster(quantized), [Forecaster(exact)], held, scoring,
            exact.Metadata.Horizon, visit: Add, cancellationToken: cancellationToken);
        QuantizedScore[] scores = [.. report.Classes.Select(name =>
        {
            ClassScore mine = report.Model.Classes[name], its = report.Baselines[0].Classes[name];
            return new QuantizedScore(name, its.AveragePrecision?.Value, mine.AveragePrecision?.Value,
                its.LogLoss.Value, mine.LogLoss.Value);
        })];
        return (scores, new QuantizedDifference(largest, largestRelative, Math.Sqrt(squares / count)));

        IRiskForecaster Forecaster(HotspotPredictor predictor) => external is null ? predictor : predictor.With(external);

        void Add(ReplayedPeriod period)
        {
            if (!period.IsScored)
                return;
            ReadOnlySpan<float> mine = period.Risk(0), its = period.Risk(1);
            for (int i = 0; i < mine.Length; i++)
            {
                double difference = Math.Abs(mine[i] - (double)its[i]), relative = difference > 0 ? difference / its[i] : 0;
                (largest, largestRelative) = (Math.Max(largest, difference), Math.Max(largestRelative, relative));
                squares += relative * relative;
            }
            count += mine.Length;
        }
    }

    static PeriodRange Periods(DaySpan? days, string what, HeatmapSeries series) =>
        days is { } known
            ? ModelValidation.Periods(known, what, series)
            : throw new HotspotException(what, "none in the model's metadata", "days of the incidents", "Say which in the options.");
}
