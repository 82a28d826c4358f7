using System.CommandLine;
using System.Globalization;
using HotspotInference.Evaluation;
using HotspotInference.Features;
using HotspotInference.Heatmaps;
using HotspotInference.Incidents;
using HotspotInference.Onnx;
using HotspotInference.Onnx.History;
using HotspotInference.Periods;
using HotspotInference.Prediction;
using HotspotInference.Training.Architectures;
using HotspotInference.Training.Verbs;

namespace HotspotInference.Training.Updates;

/// <summary>
/// A model that goes on learning as incidents come in: what it is and how it was trained, and what a new version has to show before
/// it takes
/// its place.
/// </summary>
sealed class ModelUpdate
{
    const int Draws = 1000;
    // A sparse city may have been quiet at first.
    const int LateStartDays = 31;

    static readonly string[] s_scores = ["log_loss", "average_precision"];

    readonly ModelVersions _versions;
    readonly IReadOnlyDictionary<string, string> _options;
    readonly string _subject;
    HeatmapSeries? _series;
    UpdateSpans? _spans;
    int _replayed;

    ModelUpdate(ModelVersions versions, ModelMetadata metadata, IReadOnlyDictionary<string, string> options)
    {
        (_versions, Metadata, _options) = (versions, metadata, options);
        _subject = Subject(versions.File);
    }

    /// <summary>What the model in use says of itself.</summary>
    public ModelMetadata Metadata { get; }

    /// <summary>The model's file.</summary>
    public string File => _versions.File;

    /// <summary>The checkpoint of its training.</summary>
    public string Checkpoint => _versions.Checkpoint;

    /// <summary>Which periods are learnt, decide and compare; known once <see cref="Prepare"/> has seen the incidents.</summary>
    public UpdateSpans Spans => _spans ?? throw new InvalidOperationException("The incidents have not been read.");

    /// <summary>Reads a model and the checkpoint beside it.</summary>
    /// <param name="file">The model's file.</param>
    /// <exception cref="HotspotException">It is no network that was trained here, or its checkpoint is missing or another's.</exception>
    public static ModelUpdate Open(string file)
    {
        ModelMetadata metadata;
        using (var predictor = HotspotPredictor.Load(file))
            metadata = predictor.Metadata;
        string subject = Subject(file);
        if (ArchitectureRegistry.All.All(known => known.Name != metadata.Architecture))
            throw new HotspotException(subject, $"the architecture {metadata.Architecture}",
                $"one that is trained: {ArchitectureRegistry.Names}",
                metadata.Architecture == HistoryModelGraph.Architecture
                    ? "A history model is fitted in seconds: fit it again to all incidents, with hotspot fit."
                : "Train a model anew.");
        if (ArchitectureRegistry.Find(metadata.Architecture).TakesEvents)
            throw new HotspotException(subject, $"the architecture {metadata.Architecture}, which ranks places for the next incident",
                "one that forecasts risk, on which a new version can be compared",
                "Train it anew on all incidents; --start with its checkpoint begins with its weights.");
        if (metadata.Training is null || metadata.HistoryFrom is null)
            throw new HotspotException(subject, "no days that it learnt, since it learnt in another city",
                "a model that was trained on this city",
                "Train one with hotspot train, --start the other city's checkpoint.");
        var versions = new ModelVersions(file);
        versions.Recover(metadata.DataFingerprint);
        if (Training.Checkpoint.LoadAny(versions.Checkpoint).Identity.GetValueOrDefault("incidents") != metadata.DataFingerprint)
            throw new HotspotException($"checkpoint '{versions.Checkpoint}'", $"a training on other incidents than that of '{file}'",
                "the checkpoint that was written with the model",
                    "Put the two files that belong together beside each other, or train anew.");
        IReadOnlyDictionary<string, string> options = Training.Checkpoint.Options(versions.Checkpoint)
            ?? throw new HotspotException($"checkpoint '{versions.Checkpoint}'", "no options of the training, from before they were kept",
                "a checkpoint that says how the network was trained", "Train the model anew once.");
        return new ModelUpdate(versions, metadata, options);
    }

    /// <summary>The command line with how the model was trained; what was given wins.</summary>
    public ParseResult AddTo(ParseResult arguments) => new TrainPreset("update",
        [.. _options.Select(option => (option.Key, option.Value)), ("--name", Metadata.Name), ("--out", _versions.Candidate)],
            null).AddTo(arguments);

    /// <summary>Takes the incidents.</summary>
    /// <param name="incidents">All of them, the old ones too.</param>
    /// <param name="warn">Gets what deserves a look.</param>
    /// <returns>Heat maps up to the last period that decides: nothing of those that compare.</returns>
    /// <exception cref="HotspotException">The old incidents are missing, or too few periods are new.</exception>
    public HeatmapSeries Prepare(IReadOnlyList<Incident> incidents, Action<string> warn)
    {
        HeatmapSpec spec = Metadata.Heatmaps;
        DateOnly historyFrom = Metadata.HistoryFrom!.Value;
        long first = spec.Cadence.IndexOf(historyFrom.ToDateTime(TimeOnly.MinValue));
        DateTime[] times = [.. incidents.Where(incident => spec.Cadence.IndexOf(incident.Time) >= first
            && spec.Grid.CellOf(incident.Latitude, incident.Longitude) >= 0).Select(incident => incident.Time)];
        if (times.Length == 0 || DateOnly.FromDateTime(times.Min()) > historyFrom.AddDays(LateStartDays))
            throw new HotspotException("incidents", times.Length == 0 ? "none in the study area" : $"none before {times.Min():yyyy-MM-dd}",
                string.Create(CultureInfo.InvariantCulture,
                    $"the old ones too, from {historyFrom:yyyy-MM-dd} on, where the model's history begins"),
                "Give all files with --incidents, which may be repeated.");
        long last = incidents.Max(incident => spec.Cadence.IndexOf(incident.Time));
        var builder = new HeatmapBuilder(spec, new PeriodRange(spec.Cadence, first, (int)(last - first + 1)));
        builder.AddRange(incidents);
        _series = builder.Build();
        _spans = UpdateSpans.Of(Metadata, _series);
        CheckSame(warn);
        return To(Spans.Compared[0]);
    }

    /// <summary>The windows that are learnt.</summary>
    public IReadOnlyList<long> Replay(double replay, int seed)
    {
        IReadOnlyList<long> windows = Spans.Replay(replay, seed);
        _replayed = windows.Count - Spans.New.Count;
        return windows;
    }

    /// <summary>
    /// Scores the candidate and the model in use on periods that neither has seen, and replaces the model where the candidate is no worse.
    /// </summary>
    /// <param name="external">The external features; null for none.</param>
    /// <param name="keep">How many versions before the one in use are kept.</param>
    /// <param name="cancellationToken">Stops the scoring; the model is then still the old one.</param>
    public UpdateReport Publish(ExternalFeatures? external, int keep, CancellationToken cancellationToken)
    {
        (IReadOnlyList<UpdateScore> scores, int periods) = Compare(external, cancellationToken);
        (bool isPublished, string reason) = Decide(scores);
        return new UpdateReport(isPublished, reason, isPublished ? _versions.Publish(keep) : null, isPublished ? null : _versions.Candidate,
            TrainSpans.DaysOf(Metadata.Heatmaps.Cadence, Spans.Compared), periods, Spans.New.Count, _replayed, scores);
    }

    /// <summary>What scores mean for a new version.</summary>
    public static (bool Publish, string Reason) Decide(IReadOnlyList<UpdateScore> scores)
    {
        UpdateScore[] worse = [.. scores.Where(score => score.Verdict == ComparisonVerdict.Worse)];
        return scores.Count < s_scores.Length || scores.Any(score => score.Verdict is null)
            ? (false, "too little happened in the days compared to judge the new version")
            : worse.Length > 0 ? (false, $"the new version is worse by more than chance: {string.Join(", ", (object[])worse)}")
            : (true, $"the new version is no worse: {string.Join(", ", scores)}");
    }

    (IReadOnlyList<UpdateScore> Scores, int Periods) Compare(ExternalFeatures? external, CancellationToken cancellationToken)
    {
        using HotspotPredictor candidate = HotspotPredictor.Load(_versions.Candidate), old = HotspotPredictor.Load(File);
        ScoringOptions options = ForecastComparison.Scoring(Metadata.Heatmaps.Cadence) with { BootstrapDraws = Draws, Border = old.Border };
        EvaluationReport report = ForecastEvaluation.Run(_series!, With(candidate), [With(old)],
            TrainSpans.PeriodsOf(Metadata.Heatmaps.Cadence, Spans.Compared), options, Metadata.Horizon,
                cancellationToken: cancellationToken);
        string headline = report.Classes.Contains(KindEncoding.AnyClass) ? KindEncoding.AnyClass : report.Classes.First();
        IReadOnlyDictionary<string, ScoreDifference> differences = report.Comparisons[0].Classes[headline];
        return ([.. s_scores.Where(differences.ContainsKey).Select(name => new UpdateScore(name, differences[name].Difference.Value,
            differences[name].Difference.Low, differences[name].Difference.High, differences[name].Verdict))], report.Periods);

        IRiskForecaster With(HotspotPredictor predictor) => external is null ? predictor : predictor.With(external);
    }

    // Late reports are daily life; another history is a mistake.
    void CheckSame(Action<string> warn)
    {
        DateOnly seen = Metadata.Validation?.Last ?? Metadata.Training!.Value.Last;
        HeatmapSpec spec = Metadata.Heatmaps;
        if (!spec.Cadence.IsSubDaily && ModelValidation.Fingerprint(To(spec.Cadence.IndexOf(seen.ToDateTime(TimeOnly.MaxValue))
            + 1)) != Metadata.DataFingerprint)
            warn(string.Create(CultureInfo.InvariantCulture,
                $"the incidents up to {seen:yyyy-MM-dd} are not those that {_subject} learnt from: ")
                + "late reports, or another choice of incidents.");
    }

    HeatmapSeries To(long end) => _series!.Slice(_series.Periods with { Count = (int)(end - _series.Periods.First) });

    static string Subject(string file) => $"model '{file}'";
}
