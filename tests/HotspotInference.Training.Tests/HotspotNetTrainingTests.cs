using HotspotInference.Training.Architectures;
using HotspotInference.Training.Data;
using HotspotInference.Training.Export;
using TorchSharp;
using static TorchSharp.torch;

namespace HotspotInference.Training.Tests;

public sealed class HotspotNetTrainingTests
{
    static readonly TrainerOptions s_options = new() { Epochs = 4, Batch = 5, LearningRate = 1e-2, Seed = 2,
        Schedule = RateSchedule.Cosine, Patience = 0 };

    [Fact]
    public void Training_finds_what_rates_cannot_say()
    {
        HotspotNetCity city = HotspotNetCity.Moving();
        using Network network = city.Network(("members", "1"), ("mixture", "fixed"));
        OccurrenceObjective objective = city.Objective();
        WindowSet learnt = city.Set(HotspotNetCity.WarmUp, 60, network), later = city.Set(95, 30, network);
        double before = Loss(network, objective, later);
        using var trainer = new Trainer(network, objective, learnt, null, s_options with { Epochs = 20 });

        trainer.Run(_ => { }, _ => { });

        // A third of the cells, each day others: without skill the loss is their entropy.
        Assert.InRange(before, 0.95 * Entropy(1 / 3.0), 1.05 * Entropy(1 / 3.0));
        // The mixture stays, and no more than e^+-1 may be changed: the best that there is then is an intensity of e x .405 where incidents
        // are and .405 / e elsewhere.
        double best = -Math.Log(1 - Math.Exp(-Math.E * -Math.Log(2 / 3.0))) / 3 + 2 / 3.0 * -Math.Log(2 / 3.0) / Math.E;
        Assert.InRange(Loss(network, objective, later), 0.95 * best, 1.15 * best);
    }

    [Fact]
    public void Same_seed_gives_the_same_weights_and_another_seed_others()
    {
        byte[] first = Train(null, s_options, null).State.Weights, second = Train(null, s_options, null).State.Weights;

        Assert.Equal(first, second);
        Assert.NotEqual(first, Train(null, s_options with { Seed = 3 }, null).State.Weights);
    }

    [Fact]
    public void Training_stopped_within_an_epoch_and_resumed_ends_with_the_same_bytes()
    {
        TrainerState straight = Train(null, s_options, null).State;

        // Within the second epoch: each has 8 steps.
        (StopReason reason, TrainerState part) = Train(null, s_options, stopAfter: 11);
        TrainerState resumed = Train(part, s_options, null).State;

        Assert.Equal((StopReason.Cancelled, 1, 3), (reason, part.Epochs.Count, part.Steps));
        Assert.Equal(straight.Weights, resumed.Weights);
        Assert.Equal(straight.Optimizer, resumed.Optimizer);
        Assert.Equal(straight.BestWeights, resumed.BestWeights);
        Assert.Equal(straight.Epochs.Select(epoch => (epoch.TrainingLoss, epoch.LearningRate)),
            resumed.Epochs.Select(epoch => (epoch.TrainingLoss, epoch.LearningRate)));
    }

    [Fact]
    public void Cosine_lowers_the_learning_rate_from_the_first_epoch_on()
    {
        IReadOnlyList<EpochLog> epochs = Train(null, s_options, null).State.Epochs;

        // (1 + cos(0, 45, 90, 135 degrees)) / 2.
        Assert.Equal([1, 0.853553, 0.5, 0.146447], epochs.Select(epoch => Math.Round(epoch.LearningRate / 1e-2, 6)));
    }

    [Theory]
    [InlineData("fixed")]
    [InlineData("trained")]
    public void Mixture_stays_as_fitted_or_is_trained_on(string mixture)
    {
        HotspotNetCity city = HotspotNetCity.Random(kinds: 2);
        using Network network = city.Network(("mixture", mixture));
        Dictionary<string, float[]> before = Weights(network);
        using var trainer = new Trainer(network, city.Objective(), city.Set(HotspotNetCity.WarmUp, 40, network), null,
            s_options with { Epochs = 2 });

        trainer.Run(_ => { }, _ => { });

        Dictionary<string, float[]> after = Weights(network);
        string[] fitted = ["_log_weights", "_log_floor", "_bias", "_beta"];
        Assert.All(fitted, name => Assert.Equal(mixture == "fixed", before[name].SequenceEqual(after[name])));
        // Corrections are learnt in either case, each from the weights of its own.
        Assert.All(before.Keys.Except(fitted), name => Assert.NotEqual(before[name], after[name]));
        Assert.NotEqual(after["_corrections.0._last_kernel"], after["_corrections.1._last_kernel"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Where_no_epoch_beats_the_fit_the_network_stays_as_it_began(bool isFitted)
    {
        HotspotNetCity city = HotspotNetCity.Random();
        using Network network = city.Network(("members", "1"));
        Dictionary<string, float[]> before = Weights(network);
        // A rate at which nothing good is learnt.
        TrainerOptions wild = s_options with { Epochs = 2, LearningRate = 0.5, IsFitted = isFitted };
        using var trainer = new Trainer(network, city.Objective(), city.Set(HotspotNetCity.WarmUp, 20, network),
            city.Set(HotspotNetCity.WarmUp + 20, 10, network), wild);

        trainer.Run(_ => { }, _ => { });

        Dictionary<string, float[]> after = Weights(network);
        Assert.Equal(isFitted, trainer.Best!.Epoch == 0);
        Assert.Equal(isFitted, before.All(weights => weights.Value.SequenceEqual(after[weights.Key])));
        Assert.Equal(2, trainer.Epochs.Count);
    }

    [Theory]
    [InlineData("occurrence")]
    [InlineData("cross-entropy")]
    [InlineData("poisson")]
    public void Members_learn_what_each_would_alone(string loss)
    {
        HotspotNetCity city = HotspotNetCity.Random();
        using Network network = city.Network(("members", "2"));
        WindowSet set = city.Set(HotspotNetCity.WarmUp, 10, network);
        (double[] baseRates, double[] meanCounts) = set.Rates();
        Objective objective = loss switch
        {
            "occurrence" => new OccurrenceObjective(baseRates),
            "poisson" => new PoissonObjective(meanCounts),
            _ => new CrossEntropyObjective(baseRates, [(3, 1)]),
        };
        int[] positions = [.. Enumerable.Range(0, 10)];
        network.train();
        using DisposeScope scope = NewDisposeScope();
        using (no_grad())
            network.state_dict()["_corrections.0._last_bias"].fill_(0.5);

        Tensor members = network.call(set.Inputs(positions));
        Tensor together = objective.Loss(members, set.Counts(positions));
        double apart = Enumerable.Range(0, 2).Average(i => objective.Loss(members[i], set.Counts(positions)).ToDouble());

        Assert.Equal([2, 10, 1, 7, 6], members.shape);
        Assert.Equal(apart, together.ToDouble(), 1e-6);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Calibration_fits_risk_and_counts_to_other_days(int kinds)
    {
        HotspotNetCity city = HotspotNetCity.Random(kinds);
        using Network network = city.Network();
        OccurrenceObjective objective = city.Objective();
        WindowSet days = city.Set(112, 38, network);
        using (var trainer = new Trainer(network, objective, city.Set(HotspotNetCity.WarmUp, 80, network), null,
            s_options with { Epochs = 1 }))
            trainer.Run(_ => { }, _ => { });
        // As for a city much livelier than it is.
        network.ShiftLogits([.. Enumerable.Repeat(1.5, city.Shape.Classes)]);

        double[] shifts = RiskCalibration.Apply(network, objective, days, 16);
        RiskCalibration.FitCounts(network, objective, days, 16);

        using DisposeScope scope = NewDisposeScope();
        using var noGrad = no_grad();
        int[] positions = [.. Enumerable.Range(0, days.Count)];
        Tensor logits = network.call(days.Inputs(positions));
        (double[] baseRates, double[] meanCounts) = days.Rates();
        double[] risks = ByClass(objective.Risk(logits)), intensities = ByClass(logits.exp());
        Assert.All(shifts, shift => Assert.InRange(shift, -2.5, -1));
        for (int k = 0; k < risks.Length; k++)
            Assert.Equal(baseRates[k], risks[k], 1e-5);
        // Up to three incidents at once: more of them than occurrences.
        using var predictor = HotspotPredictor.Load(TrainedModel.Build(network, objective, city.Metadata).ToArray());
        NetworkInput all = city.Set(112, 38).Inputs(positions);
        float[] risk = new float[logits.numel()], intensity = new float[risk.Length];
        predictor.Predict(new HotspotInput
        {
            Batch = positions.Length,
            Rows = city.Shape.Rows,
            Columns = city.Shape.Columns,
            Maps = all.Maps.data<float>().ToArray(),
            History = all.History!.data<float>().ToArray(),
            Calendar = all.Calendar!.data<float>().ToArray(),
        }, new HotspotOutput { Risk = risk, Intensity = intensity });
        double[] expected = ByClass(tensor(intensity).view(logits.shape));
        for (int k = 0; k < risks.Length; k++)
        {
            Assert.InRange(meanCounts[k] / intensities[k], 1.5, 2.5);
            Assert.Equal(meanCounts[k], expected[k], 1e-4 * meanCounts[k]);
        }

        static double[] ByClass(Tensor values) => values.mean([0, 2, 3], type: ScalarType.Float64).data<double>().ToArray();
    }

    [Fact]
    public void Level_that_is_half_trusted_is_shifted_half_as_far()
    {
        HotspotNetCity city = HotspotNetCity.Random(kinds: 2);
        using Network whole = city.Network(), half = city.Network();
        OccurrenceObjective objective = city.Objective();

        double[] all = RiskCalibration.Apply(whole, objective, city.Set(112, 38, whole), 16);
        double[] part = RiskCalibration.Apply(half, objective, city.Set(112, 38, half), 16, trust: 0.5);

        float[] before = Weights(city.Network())["_bias"];
        Assert.Equal(all.Select(shift => shift / 2), part);
        Assert.Equal(before.Zip(all, (bias, shift) => (float)(bias + shift)), Weights(whole)["_bias"], (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal(before.Zip(part, (bias, shift) => (float)(bias + shift)), Weights(half)["_bias"], (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void Training_leaves_no_tensor_behind()
    {
        HotspotNetCity city = HotspotNetCity.Random(kinds: 2);
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        using (Network network = city.Network())
        {
            OccurrenceObjective objective = city.Objective();
            WindowSet training = city.Set(HotspotNetCity.WarmUp, 20, network), validation = city.Set(115, 10, network);
            using var trainer = new Trainer(network, objective, training, validation, s_options with { Epochs = 1 });
            trainer.Run(state => state.Capture(), _ => { });
            RiskCalibration.Apply(network, objective, validation, 4);
            RiskCalibration.FitCounts(network, objective, validation, 4);
            ParityCheck.Run(network, objective, TrainedModel.Build(network, objective, city.Metadata).ToArray(), city.Set(115, 10));
        }

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    static double Entropy(double p) => -p * Math.Log(p) - (1 - p) * Math.Log(1 - p);

    static double Loss(Network network, Objective objective, WindowSet set)
    {
        using DisposeScope scope = NewDisposeScope();
        using var noGrad = no_grad();
        network.eval();
        int[] positions = [.. Enumerable.Range(0, set.Count)];
        return objective.Loss(network.call(set.Inputs(positions)), set.Counts(positions)).ToDouble();
    }

    static Dictionary<string, float[]> Weights(Network network) =>
        network.state_dict().ToDictionary(weight => weight.Key, weight => weight.Value.data<float>().ToArray());

    static (StopReason Reason, TrainerState State) Train(TrainerState? from, TrainerOptions options, int? stopAfter)
    {
        HotspotNetCity city = HotspotNetCity.Random();
        using Network network = city.Network();
        using var trainer = new Trainer(network, city.Objective(), city.Set(HotspotNetCity.WarmUp, 40, network),
            city.Set(115, 20, network), options);
        if (from is not null)
            trainer.Resume(from);
        using var stop = new CancellationTokenSource();
        TrainerState? last = null;
        int steps = 0;
        StopReason reason = trainer.Run(state => last = state.Capture(), progress =>
        {
            steps += progress.Completed is null ? 1 : 0;
            if (steps == stopAfter)
                stop.Cancel();
        }, stop.Token);
        return (reason, last!);
    }
}
