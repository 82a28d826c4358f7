using System.Globalization;
using System.Text.Json;
using HotspotInference.Evaluation;
using HotspotInference.Heatmaps;
using HotspotInference.Periods;
using HotspotInference.Prediction;

namespace HotspotInference.Training.Tuning;

/// <summary>
/// Trains a trial: once for each walk-forward block, from the days before it alone. Checkpoints stay in the trial's folder while a higher
/// rung may go on from them. Safe to share between workers, which never have the same trial.
/// </summary>
/// <param name="train">Runs a command line of <c>hotspot-train</c> and returns its report as JSON: <see cref="TrainProcess.Run"/>.</param>
/// <param name="options">What all trainings have in common, as options of <c>train</c>.</param>
/// <param name="space">What they differ in.</param>
/// <param name="rungs">After how many epochs they are scored.</param>
/// <param name="objective">By what.</param>
/// <param name="series">The heat maps, up to the end of the last block.</param>
/// <param name="blocks">The blocks.</param>
/// <param name="horizon">How many periods ahead is forecast.</param>
/// <param name="folder">Where trainings keep their files.</param>
sealed class TrialTraining(Func<IReadOnlyList<string>, CancellationToken, string> train, IReadOnlyList<string> options, SearchSpace space,
    Rungs rungs, TrialObjective objective, HeatmapSeries series, IReadOnlyList<DaySpan> blocks, int horizon, string folder)
{
    /// <summary>Trains a job.</summary>
    /// <returns>The score of each block, lower being better.</returns>
    /// <exception cref="TrialFailedException">A training failed.</exception>
    /// <exception cref="HotspotException">Its model cannot be scored.</exception>
    public IReadOnlyList<double> Run(TrialJob job, CancellationToken cancellationToken)
    {
        string files = Path.Combine(folder, job.Trial.ToString(CultureInfo.InvariantCulture));
        bool isKept = false;
        try
        {
            // What a training that was cut off has left is of no use: its configuration may have been another.
            if (job.Rung == 0 && Directory.Exists(files))
                Directory.Delete(files, recursive: true);
            Directory.CreateDirectory(files);
            double[] scores = [.. blocks.Select((_, i) => Score(job, i, Path.Combine(files, $"block-{i + 1}.onnx"), cancellationToken))];
            isKept = job.Rung < rungs.Last;
            return scores;
        }
        finally
        {
            if (!isKept && !cancellationToken.IsCancellationRequested)
                Directory.Delete(files, recursive: true);
        }
    }

    double Score(TrialJob job, int block, string model, CancellationToken cancellationToken)
    {
        string report = train(Arguments(job, blocks[block], model), cancellationToken);
        if (objective != TrialObjective.Loss)
            return Evaluate(model, blocks[block], cancellationToken);
        using var document = JsonDocument.Parse(report);
        return document.RootElement.GetProperty("best").GetProperty("validation_loss").GetDouble();
    }

    List<string> Arguments(TrialJob job, DaySpan block, string model)
    {
        List<string> arguments = ["train", .. options, "--out", model, "--json", "--quiet", "--train-to", Text(block.First.AddDays(-1))];
        // Incidents behind what may be known are not even read.
        if (objective == TrialObjective.Loss)
            arguments.AddRange("--validate-to", Text(block.Last), "--to", Text(block.Last));
        else
            arguments.AddRange("--to", Text(block.First.AddDays(-1)));
        for (int i = 0; i < job.Values.Count; i++)
            arguments.AddRange($"--{space.Parameters[i].Name}", job.Values[i]);
        if (job.Rung < rungs.Last)
            arguments.AddRange("--stop-after", rungs.Epochs[job.Rung].ToString(CultureInfo.InvariantCulture));
        // Without a checkpoint the same weights come from the beginning.
        if (job.Rung > 0 && File.Exists(Path.ChangeExtension(model, ".checkpoint")))
            arguments.Add("--resume");
        return arguments;
    }

    double Evaluate(string model, DaySpan block, CancellationToken cancellationToken)
    {
        using var predictor = HotspotPredictor.Load(model);
        PeriodRange span = PeriodRange.Days(series.Spec.Cadence, block.First, block.Last);
        HeatmapSeries known = series.Slice(series.Periods with { Count = (int)(span.End - series.Periods.First) });
        ScoringOptions scoring = ScoringOptions.Default with { BootstrapDraws = 0, Border = predictor.Border };
        EvaluationReport report = ForecastEvaluation.Run(known, predictor, [], span, scoring, horizon,
            cancellationToken: cancellationToken);
        return report.Model.Classes.Average(of => objective == TrialObjective.LogLoss ? of.Value.LogLoss.Value
            : -(of.Value.AveragePrecision ?? throw new TrialFailedException($"class '{of.Key}' has no incident in {block}")).Value);
    }

    static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
