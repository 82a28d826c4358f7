using HotspotInference.Features;
using HotspotInference.Heatmaps;
using HotspotInference.Periods;
using HotspotInference.Prediction;

namespace HotspotInference.Onnx.History;

/// <summary>A history model, fitted and written as ONNX, and how well its probabilities fit the validation span.</summary>
public sealed class HistoryModel
{
    const int MaximumWarmUpDays = 730;

    HistoryModel(OnnxGraphBuilder graph, ModelMetadata metadata, HistoryModelFit fit, IReadOnlyList<double?>? calibration)
    {
        Graph = graph;
        Metadata = metadata;
        Summary = fit;
        Calibration = calibration;
    }

    /// <summary>The complete model, ready to be saved.</summary>
    public OnnxGraphBuilder Graph { get; }

    /// <summary>What the model says of itself.</summary>
    public ModelMetadata Metadata { get; }

    /// <summary>How the fit went.</summary>
    public HistoryModelFit Summary { get; }

    /// <summary>
    /// For each class the mean risk over the share of cell-periods with incidents, in the validation span: 1 is calibrated. Null where
    /// there is no such span, or for a class without incidents in it.
    /// </summary>
    public IReadOnlyList<double?>? Calibration { get; }

    /// <summary>
    /// The features that suit a cadence and the days that are learnt: <see cref="HistorySpec.Default"/>, or
    /// <see cref="HistorySpec.Extended"/> for occurrence, and <see cref="CalendarSpec.Default"/>.
    /// </summary>
    /// <param name="heatmaps">How the heat maps are made.</param>
    /// <param name="training">The periods that are learnt.</param>
    /// <param name="likelihood">What is fitted.</param>
    public static FeatureSpec DefaultFeatures(HeatmapSpec heatmaps, PeriodRange training,
        HistoryLikelihood likelihood = HistoryLikelihood.Counts)
    {
        ArgumentNullException.ThrowIfNull(heatmaps);
        return new FeatureSpec
        {
            History = likelihood == HistoryLikelihood.Counts ? HistorySpec.Default(heatmaps) : HistorySpec.Extended(heatmaps),
            Calendar = CalendarSpec.Default(heatmaps.Cadence, training.Count * heatmaps.Cadence.Days),
        };
    }

    /// <summary>How many days of history usually come before the first that is learnt: a quarter of them, at most two years.</summary>
    /// <param name="history">All days up to the last that is learnt.</param>
    public static int WarmUp(DaySpan history) => Math.Min(MaximumWarmUpDays, (history.Last.DayNumber - history.First.DayNumber + 1) / 4);

    /// <summary>Fits a history model, takes its thresholds from the validation span and writes it.</summary>
    /// <param name="series">Heat maps from where history begins to the end of the training and validation spans.</param>
    /// <param name="options">What it is fitted to.</param>
    /// <param name="progress">Receives the share of the work that is done, 0..1.</param>
    /// <param name="cancellationToken">Stops the fit.</param>
    /// <exception cref="HotspotException">
    /// The spans overlap or leave the series, or hold too little to learn from, or the features are not those of a history model.
    /// </exception>
    public static HistoryModel Fit(HeatmapSeries series, HistoryModelOptions options, IProgress<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(series);
        ArgumentNullException.ThrowIfNull(options);
        HeatmapSpec spec = series.Spec;
        PeriodRange training = ModelValidation.Periods(options.Training, "training span", series);
        PeriodRange? validation = options.Validation is { } days ? ModelValidation.Periods(days, "validation span", series) : null;
        // A week that both touch was learnt.
        if (validation is { } shared && options.Validation!.Value.First > options.Training.Last && shared.First < training.End)
            validation = shared with { First = training.End, Count = (int)(shared.End - training.End) };
        if (validation is { } later)
            ModelValidation.CheckLater(training, later);

        FeatureSpec features = options.Features ?? DefaultFeatures(spec, training, options.Likelihood);
        if (features is not { Maps: null, History: not null, Calendar: not null })
            throw new HotspotException("history model", "features without history or calendar, or with maps",
                "history and calendar features alone", "Start from HistoryModel.DefaultFeatures.");
        // Nothing from the end of training on is looked at in the fit.
        HeatmapSeries known = series.Slice(series.Periods with { Count = (int)(training.End - series.Periods.First) });
        HistoryModelFit fit = HistoryModelFitter.Fit(known, features, training, options.Likelihood, progress, cancellationToken);
        var metadata = new ModelMetadata
        {
            Architecture = HistoryModelGraph.Architecture,
            Name = options.Name,
            Heatmaps = spec,
            TimeZone = options.TimeZone,
            Features = features,
            Classes = spec.Kinds.Classes,
            Border = options.Border,
            HistoryFrom = DateOnly.FromDateTime(series.Periods.Start),
            Training = options.Training,
            Validation = options.Validation,
            DataFingerprint = ModelValidation.Fingerprint(known),
            CreatedBy = options.CreatedBy,
        };
        OnnxGraphBuilder graph = HistoryModelGraph.Build(fit.Parameters, metadata);
        if (validation is not { } span)
            return new HistoryModel(graph, metadata, fit, null);

        using var predictor = HotspotPredictor.Load(graph.ToArray());
        ModelValidation validated = ModelValidation.Run(predictor, series, span, options.ThresholdRule,
            cancellationToken: cancellationToken);
        metadata = metadata with { Thresholds = validated.Thresholds, Selection = validated.Selection };
        return new HistoryModel(HistoryModelGraph.Build(fit.Parameters, metadata), metadata, fit, validated.Calibration);
    }
}
