using HotspotInference.Onnx;
using HotspotInference.Training.Architectures;
using HotspotInference.Training.Data;
using HotspotInference.Training.Export;
using TorchSharp;
using static TorchSharp.torch;

namespace HotspotInference.Training.Tests;

public sealed class TrainerTests
{
    static readonly TrainerOptions s_options = new() { Epochs = 4, Batch = 5, LearningRate = 1e-2, Seed = 2 };

    static readonly (string, string)[] s_settings = [("hidden", "4"), ("dropout", "0.2"), ("normalization", "batch")];

    [Fact]
    public void Training_of_a_city_that_follows_a_rule_learns_the_rule()
    {
        TinyCity city = TinyCity.Moving();
        using Network network = city.Network(("hidden", "8"));
        CrossEntropyObjective objective = city.CrossEntropy();
        WindowSet all = city.Set(0, 40), later = city.Set(40, 16);
        using var trainer = new Trainer(network, objective, all, null, s_options with { Epochs = 30, LearningRate = 2e-2, Patience = 0 });

        StopReason reason = trainer.Run(_ => { }, _ => { });

        using DisposeScope scope = NewDisposeScope();
        using var noGrad = no_grad();
        network.eval();
        int[] positions = [.. Enumerable.Range(0, later.Count)];
        float[] risk = objective.Risk(network.call(later.Maps(positions))).data<float>().ToArray(),
            actual = later.Counts(positions).data<float>().ToArray();
        Assert.Equal(StopReason.Finished, reason);
        Assert.All(risk.Zip(actual), pair => Assert.Equal(pair.Second, pair.First, 0.2f));
    }

    [Fact]
    public void Training_stopped_within_an_epoch_and_resumed_ends_with_the_same_bytes()
    {
        TrainerState straight = Train(null, s_options, null).State;

        // Within the second epoch: each has 8 steps.
        (StopReason reason, TrainerState part) = Train(null, s_options, stopAfter: 11);
        (_, TrainerState resumed) = Train(part, s_options, null);

        Assert.Equal(StopReason.Cancelled, reason);
        Assert.Equal((1, 3), (part.Epochs.Count, part.Steps));
        Assert.Equal(straight.Weights, resumed.Weights);
        Assert.Equal(straight.Optimizer, resumed.Optimizer);
        Assert.Equal(straight.BestWeights, resumed.BestWeights);
        Assert.Equal(straight.Epochs.Select(epoch => epoch.TrainingLoss), resumed.Epochs.Select(epoch => epoch.TrainingLoss));
    }

    [Fact]
    public void Training_resumed_after_a_fall_of_the_learning_rate_keeps_the_lower_rate()
    {
        // With a rate this low no loss is much lower than the one before.
        TrainerOptions options = s_options with { Epochs = 6, LearningRate = 1e-6, Plateau = 1, Patience = 0 };
        TrainerState straight = Train(null, options, null).State;
        TrainerState half = Train(null, options with { Epochs = 4 }, null).State;

        TrainerState resumed = Train(half, options, null).State;

        Assert.NotEqual(straight.Epochs[0].LearningRate, straight.Epochs[^1].LearningRate);
        Assert.Equal(straight.Epochs.Select(epoch => epoch.LearningRate), resumed.Epochs.Select(epoch => epoch.LearningRate));
        Assert.Equal(straight.Weights, resumed.Weights);
    }

    [Fact]
    public void Training_without_improvement_stops_and_keeps_the_best_weights()
    {
        TinyCity city = TinyCity.Random();
        using Network network = city.Network(("hidden", "4"));
        using var trainer = new Trainer(network, city.CrossEntropy(), city.Set(0, 40), city.Set(40, 20),
            s_options with { Epochs = 50, LearningRate = 0.3, Patience = 2, Plateau = 0 });
        byte[]? last = null;

        StopReason reason = trainer.Run(state => last = state.Capture().BestWeights, _ => { });

        Assert.Equal(StopReason.NoImprovement, reason);
        Assert.Equal(trainer.Best!.Epoch + 2, trainer.Epochs.Count);
        Assert.Equal(last, trainer.Capture().Weights);
    }

    [Fact]
    public void Training_past_its_time_stops_after_a_step()
    {
        TinyCity city = TinyCity.Random();
        using Network network = city.Network(("hidden", "4"));
        using var trainer = new Trainer(network, city.CrossEntropy(), city.Set(0, 40), null,
            s_options with { Limit = TimeSpan.FromTicks(1) });
        int saves = 0;

        StopReason reason = trainer.Run(_ => saves++, _ => { });

        Assert.Equal((StopReason.TimeLimit, 1), (reason, saves));
    }

    [Fact]
    public void Training_that_diverges_says_so()
    {
        TinyCity city = TinyCity.Random(binaryThreshold: null);
        using Network network = city.Network(("hidden", "4"));
        network.ShiftLogits([double.NaN]);
        using var trainer = new Trainer(network, city.CrossEntropy(), city.Set(0, 20), null, s_options);

        HotspotException failure = Assert.Throws<HotspotException>(() => trainer.Run(_ => { }, _ => { }));

        Assert.Contains("learning-rate", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Network_too_large_for_memory_is_reported_as_such()
    {
        TinyCity city = TinyCity.Random();

        Exception failure = Assert.ThrowsAny<Exception>(() => city.Network(("hidden", "5000000")));

        Assert.True(Trainer.IsOutOfMemory(failure), failure.ToString());
        Assert.Contains("--batch", Trainer.OutOfMemory(failure, 8).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Training_leaves_no_tensor_behind()
    {
        TinyCity city = TinyCity.Random();
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        using (Network network = city.Network(s_settings))
        using (var trainer = new Trainer(network, city.CrossEntropy(3), city.Set(0, 20), city.Set(20, 10), s_options with { Epochs = 1 }))
        {
            trainer.Run(state => state.Capture(), _ => { });
            ParityCheck.Run(network, city.CrossEntropy(3), TrainedModel.Build(network, city.CrossEntropy(3), city.Metadata).ToArray(),
                city.Set(0, 20));
        }

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(25)]
    public void Risk_of_a_network_trained_with_class_weights_is_a_probability(double weight)
    {
        TinyCity city = TinyCity.Random(days: 400);
        using Network network = city.Network(("hidden", "6"), ("layers", "1"));
        CrossEntropyObjective objective = city.CrossEntropy(weight);
        network.ShiftLogits(objective.ConstantLogits);
        WindowSet validation = city.Set(250, 140);
        using var trainer = new Trainer(network, objective, city.Set(0, 250), validation,
            s_options with { Epochs = 10, Batch = 16, LearningRate = 5e-3 });
        trainer.Run(_ => { }, _ => { });
        network.eval();

        (_, ModelValidation? found) = TrainedModel.Build(network, objective, city.Metadata, city.Series,
            Verbs.TrainSpans.PeriodsOf(city.Series.Spec.Cadence, validation.Targets), null, cancellationToken: TestContext.Current.CancellationToken);

        Assert.InRange(found!.Calibration[0]!.Value, 0.9, 1.1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Calibration_fits_the_level_to_other_days(bool isPoisson)
    {
        TinyCity city = TinyCity.Random();
        using Network network = city.Network(("hidden", "3"));
        WindowSet days = city.Set(100, 50);
        Objective objective = isPoisson ? new PoissonObjective(days.Rates().MeanCounts) : city.CrossEntropy(positive: 4);
        // As for a city with incidents nearly everywhere.
        network.ShiftLogits([2]);

        double[] shifts = RiskCalibration.Apply(network, objective, days, 16);

        using DisposeScope scope = NewDisposeScope();
        using var noGrad = no_grad();
        double mean = objective.Risk(network.call(days.Maps([.. Enumerable.Range(0, 50)]))).mean().ToDouble();
        Assert.Equal(days.Rates().BaseRates[0], mean, 1e-5);
        Assert.InRange(shifts[0], -9, -1);
    }

    static (StopReason Reason, TrainerState State) Train(TrainerState? from, TrainerOptions options, int? stopAfter)
    {
        TinyCity city = TinyCity.Random();
        using Network network = city.Network(s_settings);
        using var trainer = new Trainer(network, city.CrossEntropy(), city.Set(0, 40), city.Set(40, 20), options);
        // What came before in the process must not matter.
        manual_seed(from is null ? 7 : 99);
        if (from is not null)
            trainer.Resume(from);
        return trainer.RunTo(stopAfter);
    }
}
