using HotspotInference.Baselines;
using HotspotInference.Evaluation;
using HotspotInference.Features;
using HotspotInference.Prediction;
using HotspotInference.Training.Architectures;
using HotspotInference.Training.Data;
using HotspotInference.Training.Export;
using TorchSharp;
using static TorchSharp.torch;

namespace HotspotInference.Training.Tests;

public sealed class HstLstmTrainingTests
{
    static readonly TrainerOptions s_options = new() { Epochs = 3, Batch = 16, LearningRate = 1e-2, Seed = 2 };

    [Fact]
    public void Network_before_training_forecasts_how_often_each_cell_had_an_incident()
    {
        HstLstmCity city = HstLstmCity.Moving(200, steps: 4);
        EventSet set = city.Set(10, 150);
        using Network network = city.Network();
        NextPlaceObjective objective = city.Objective(set);
        network.ShiftLogits(objective.ConstantLogits);
        using DisposeScope scope = NewDisposeScope();

        float[] found = objective.Risk(network.call(set.Inputs([0, 100]))).data<float>().ToArray();

        double[] counts = set.Frequencies();
        double[] expected = [.. counts.Select(count => (count + 0.1) / (counts.Sum() + 2.4))];
        Assert.Equal([.. expected, .. expected], found.Select(value => (double)value), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void Training_finds_that_incidents_follow_each_other_eastwards_within_the_hour()
    {
        HstLstmCity city = HstLstmCity.Moving(1100, steps: 4);
        EventSet learnt = city.Set(10, 700), held = city.Set(710, 100);
        using Network network = city.Network(("sessions", "2"), ("hidden", "16"), ("embedding", "8"), ("dropout", "0"));
        NextPlaceObjective objective = city.Objective(learnt);
        network.ShiftLogits(objective.ConstantLogits);
        using var trainer = new Trainer(network, objective, learnt, held, s_options with { Epochs = 12, Batch = 40, LearningRate = 3e-2, IsFitted = true });

        trainer.Run(_ => { }, _ => { }, TestContext.Current.CancellationToken);

        network.eval();
        byte[] model = NextIncidentModel.Build(network, objective, city.Metadata).ToArray();
        using var predictor = NextIncidentPredictor.Load(model);
        DateOnly first = DateOnly.FromDateTime(city.Events.TimeOf(810)).AddDays(1), last = DateOnly.FromDateTime(city.Events.TimeOf(1099));
        INextIncidentForecaster[] baselines =
            [PlaceRates.Frequency, PlaceRates.Weighted(90), NearRepeat.Fit(city.Events, first.ToDateTime(TimeOnly.MinValue))];
        NextIncidentReport report = NextIncidentEvaluation.Run(city.Events, predictor, baselines, new DaySpan(first, last));
        // Seven of eight incidents follow the rule, and of the eighth nothing can be known.
        Assert.InRange(report.Model.TopCells[1].Value, 0.8, 0.93);
        Assert.All(report.Baselines, baseline => Assert.InRange(baseline.TopCells[1].Value, 0, 0.15));
        Assert.All(report.Comparisons, comparison =>
            Assert.All(comparison.Differences.Where(pair => pair.Key is not ("top_cells/20" or "top_cells/50")),
                pair => Assert.Equal(ComparisonVerdict.Better, pair.Value.Verdict)));
    }

    [Fact]
    public void Training_stopped_within_an_epoch_and_resumed_ends_with_the_same_bytes()
    {
        TrainerState straight = Train(null, null);
        TrainerState part = Train(null, stopAfter: 5);

        TrainerState resumed = Train(part, null);

        Assert.Equal((1, 1), (part.Epochs.Count, part.Steps));
        Assert.Equal(straight.Weights, resumed.Weights);
        Assert.Equal(straight.BestWeights, resumed.BestWeights);
    }

    [Fact]
    public void Training_leaves_no_tensor_behind()
    {
        HstLstmCity city = HstLstmCity.Moving(100, steps: 4);
        EventSet set = city.Set(10, 60);
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        using (Network network = city.Network())
        using (var trainer = new Trainer(network, city.Objective(set), set, city.Set(70, 20), s_options with { Epochs = 1 }))
        {
            trainer.Run(_ => { }, _ => { }, TestContext.Current.CancellationToken);
            network.eval();
            byte[] model = NextIncidentModel.Build(network, city.Objective(set), city.Metadata).ToArray();
            NextIncidentParity.Run(network, city.Objective(set), model, set);
        }

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void Samples_do_not_see_their_own_incident_nor_those_of_its_time()
    {
        DateTime time = new(2020, 1, 1);
        Incident[] before = [.. Enumerable.Range(0, 3).Select(i => HstLstmCity.At(time.AddHours(i), i, 0))];
        Incident[] tied = [.. Enumerable.Range(0, 3).Select(i => HstLstmCity.At(time.AddHours(5), 0, i + 1))];
        HstLstmCity city = HstLstmCity.Moving(10, steps: 2);
        EventSet set = new(EventSequence.Of(before.Concat(tied), city.Spec), city.Seen, time.AddHours(5), time.AddHours(6));
        using DisposeScope scope = NewDisposeScope();

        float[] seen = set.Inputs([0, 1, 2]).Events!.data<float>().ToArray(), places = set.Counts([0, 1, 2]).data<float>().ToArray();

        float step = seen[3];
        Assert.Equal(1112, step, 2f);
        Assert.All(seen.Chunk(8), window => Assert.Equal([1, 0, 1, step, 2, 0, 1, step], window, (a, b) => Math.Abs(a - b) < 0.01));
        Assert.Equal([1, 2, 3], places.Chunk(24).Select(map => Array.IndexOf(map, 1)));
    }

    static TrainerState Train(TrainerState? from, int? stopAfter)
    {
        HstLstmCity city = HstLstmCity.Moving(100, steps: 4);
        using Network network = city.Network(("hidden", "4"));
        EventSet set = city.Set(10, 60);
        using var trainer = new Trainer(network, city.Objective(set), set, city.Set(70, 20), s_options);
        if (from is not null)
            trainer.Resume(from);
        return trainer.RunTo(stopAfter).Last;
    }
}
