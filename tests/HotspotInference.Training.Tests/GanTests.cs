using HotspotInference.Features;
using HotspotInference.Prediction;
using HotspotInference.Training.Architectures;
using HotspotInference.Training.Architectures.Gan;
using HotspotInference.Training.Data;
using HotspotInference.Training.Export;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace HotspotInference.Training.Tests;

public sealed class GanTests
{
    const string Name = "gan", Small = "hidden=4,6 noise=3 draws=5 discriminator=4";

    [Theory]
    [InlineData("hidden=4,6 draws=1")]
    [InlineData("hidden=4,6 draws=4 padding=partial")]
    [InlineData("hidden=3,4,5 skips=none noise=2")]
    [InlineData("hidden=4,6 adversarial=0")]
    public void Exported_generator_forecasts_what_libtorch_does(string settings)
    {
        TinyCity city = TinyCity.Random(rows: 9, columns: 8);
        using Network network = NetworkBuilder.Make(Name, city.Shape, settings);
        NetworkBuilder.Stir(network);
        CrossEntropyObjective objective = city.CrossEntropy(positive: 9);

        byte[] model = TrainedModel.Build(network, objective, city.Metadata).ToArray();

        Assert.InRange(ParityCheck.Run(network, objective, model, city.Set(0, 30)), 0, ParityCheck.Tolerance);
    }

    [Theory]
    [InlineData(2, "draws=3")]
    [InlineData(2, "draws=1 skips=none")]
    [InlineData(0, "padding=reflect")]
    public void Exported_generator_of_kinds_forecasts_what_libtorch_does(int kinds, string settings)
    {
        HotspotNetCity city = HotspotNetCity.Random(kinds, rows: 9, columns: 8);
        using Network network = NetworkBuilder.Make(Name, city.Shape, $"hidden=4,6 {settings}");
        NetworkBuilder.Stir(network);
        OccurrenceObjective objective = city.Objective();
        ModelMetadata metadata = city.Metadata with { Features = new FeatureSpec { Maps = city.Features.Maps } };
        WindowSet windows = new(city.Windows, city.Set(115, 8).Targets, city.Shape);

        byte[] model = TrainedModel.Build(network, objective, metadata).ToArray();

        Assert.Equal(kinds == 0 ? 1 : kinds + 1, city.Shape.Classes);
        Assert.InRange(ParityCheck.Run(network, objective, model, windows), 0, ParityCheck.Tolerance);
    }

    [Fact]
    public void Forecast_is_the_mean_of_the_intensities_of_the_draws()
    {
        var shape = new NetworkShape(2, 3, 3, 7, 5);
        using Network network = NetworkBuilder.Make(Name, shape, Small);
        NetworkBuilder.Stir(network);
        using DisposeScope scope = NewDisposeScope();
        using var noGrad = no_grad();
        NetworkInput input = rand([4, 2, 3, 7, 5]);

        double[] found = [.. network.call(input).exp().data<float>().ToArray().Select(value => (double)value)];
        double[][] draws = [.. network.Draws(input)!.unbind(0).Select(draw =>
            draw.contiguous().data<float>().ToArray().Select(logit => Math.Exp(logit)).ToArray())];

        Assert.Equal(5, draws.Length);
        Assert.Equal(Enumerable.Range(0, found.Length).Select(i => draws.Average(draw => draw[i])), found, Near(1e-4));
        Assert.True(draws[0].Zip(draws[1]).Max(pair => Math.Abs(pair.First - pair.Second)) > 0.02);
    }

    [Fact]
    public void Draw_does_what_the_equations_say()
    {
        var shape = new NetworkShape(2, 1, 1, 7, 5);
        using Network network = NetworkBuilder.Make(Name, shape, "hidden=4,5,3 noise=3 draws=4");
        NetworkBuilder.Stir(network);
        using DisposeScope scope = NewDisposeScope();
        using var noGrad = no_grad();
        Tensor maps = randn([2, 2, 1, 7, 5]);

        Tensor found = network.Draws(maps)!;

        Dictionary<string, Tensor> weights = network.state_dict();
        var slow = new SlowEncoderDecoder(weights, "_body.", BorderPadding.Zero, hasSkips: true);
        float[] noise = weights["_noise"].data<float>().ToArray(), effect = weights["_noise_weights"].data<float>().ToArray();
        Assert.Equal([4, 2, 1, 7, 5], found.shape);
        for (int draw = 0; draw < 4; draw++)
        {
            double[] added = [.. Enumerable.Range(0, 3)
                .Select(k => Enumerable.Range(0, 3).Sum(i => (double)effect[k * 3 + i] * noise[draw * 3 + i]))];
            for (int b = 0; b < 2; b++)
                Assert.Equal(slow.Run(EncoderDecoderTests.Frames(maps[b]), added).Cast<double>(),
                    found[draw][b].contiguous().data<float>().ToArray().Select(value => (double)value), Near(2e-5));
        }
    }

    [Fact]
    public void Loss_and_gradients_are_those_of_PyTorch()
    {
        var shape = new NetworkShape(2, 1, 1, 3, 5);
        using Network network = NetworkBuilder.Make(Name, shape, "hidden=2,3 adversarial=0.3 discriminator=2 shown=risk");
        using DisposeScope scope = NewDisposeScope();
        (string name, Parameter parameter)[] parameters = [.. network.named_parameters()];
        // Without an effect of noise, whose numbers two programs need not share.
        using (no_grad())
            parameters.Single(pair => pair.name == "_noise_weights").parameter.zero_();
        Parameter[] filled = [.. parameters.Where(pair => pair.name != "_noise_weights").Select(pair => pair.parameter)];
        NetworkBuilder.FillWithSines(filled);
        Tensor maps = tensor([.. NetworkBuilder.Sines(60, 0.7).Select(value => (float)value)]).view(2, 2, 1, 3, 5);
        Tensor counts = tensor([.. Enumerable.Range(1, 30).Select(i => i % 4 == 0 ? 2f : 0)]).view(2, 1, 3, 5);
        network.train();

        Tensor loss = network.TrainingLoss(new CrossEntropyObjective([0.25], [(1, 1)]), maps, counts);
        loss.backward();

        Assert.Equal(PyTorchNumbers.GanLoss, loss.ToDouble(), 1e-5);
        Assert.Equal(PyTorchNumbers.GanGradients, filled.Select(parameter => parameter.grad!.data<float>().ToArray()
            .Zip(NetworkBuilder.Sines((int)parameter.numel(), 1)).Sum(pair => pair.First * pair.Second)), Near(1e-5));
    }

    [Fact]
    public void Sample_is_1_as_often_as_the_risk_says_and_has_the_gradient_of_its_relaxation()
    {
        using DisposeScope scope = NewDisposeScope();
        manual_seed(11);
        Tensor risk = full([4, 10_000], 0.03);
        risk[1].fill_(0.5);
        risk[2].fill_(0.9);
        risk[3].zero_();
        risk.requires_grad_();

        Tensor sample = ShownMaps.Sample(risk);
        sample.sum().backward();

        float[] found = sample.detach().data<float>().ToArray();
        Assert.All(found, value => Assert.True(Math.Abs(value) < 1e-6 || Math.Abs(value - 1) < 1e-6));
        double[] shares = [.. found.Chunk(10_000).Select(values => values.Average(value => (double)value))];
        // Within four standard errors.
        Assert.Equal([0.03, 0.5, 0.9, 0], shares, (a, b) => Math.Abs(a - b) <= 4 * Math.Sqrt(a * (1 - a) / 10_000) + 1e-6);
        // For a risk of a half and a uniform u the relaxed value y is u^2 / (u^2 + (1 - u)^2), its gradient 8 y (1 - y): its mean over u
        // is 4 - pi.
        double mean = risk.grad![1].mean().ToDouble();
        Assert.Equal(4 - Math.PI, mean, 0.03);
    }

    [Fact]
    public void Generator_and_discriminator_each_learn_from_their_own_term_alone()
    {
        TinyCity city = TinyCity.Random();
        manual_seed(3);
        using DisposeScope scope = NewDisposeScope();
        using var discriminator = new Discriminator(city.Shape, [4, 5]);
        Tensor windows = city.Set(0, 3).Maps([0, 1, 2]), happened = city.Set(0, 3).Counts([0, 1, 2]);
        Tensor forecast = rand(happened.shape, requires_grad: true);

        discriminator.Unmasking(windows, forecast).backward();

        Assert.True(forecast.grad!.abs().sum().ToDouble() > 0);
        Assert.All(discriminator.parameters(), parameter => Assert.Null(parameter.grad));
        using (no_grad())
            forecast.grad!.zero_();

        discriminator.Confusion(windows, happened, forecast).backward();

        Assert.Equal(0, forecast.grad!.abs().sum().ToDouble());
        Assert.All(discriminator.parameters(), parameter => Assert.True(parameter.grad!.abs().sum().ToDouble() > 0));
    }

    [Fact]
    public void Network_without_adversarial_term_is_the_same_generator_alone()
    {
        TinyCity city = TinyCity.Random();
        using Network alone = NetworkBuilder.Make(Name, city.Shape, $"{Small} adversarial=0");
        using Network both = NetworkBuilder.Make(Name, city.Shape, Small);
        Dictionary<string, Tensor> generator = alone.state_dict(), all = both.state_dict();

        Assert.DoesNotContain(generator.Keys, name => name.Contains("discriminator", StringComparison.Ordinal));
        Assert.NotEqual(generator.Count, all.Count);
        Assert.All(generator, pair => Assert.Equal(pair.Value.data<float>().ToArray(), all[pair.Key].data<float>().ToArray()));

        using DisposeScope scope = NewDisposeScope();
        CrossEntropyObjective objective = city.CrossEntropy();
        Tensor maps = city.Set(0, 4).Maps([0, 1, 2, 3]), counts = city.Set(0, 4).Counts([0, 1, 2, 3]);
        manual_seed(5);
        double loss = alone.TrainingLoss(objective, maps, counts).ToDouble();
        manual_seed(5);
        Assert.Equal(objective.Loss(alone.call(maps), counts).ToDouble(), loss);
    }

    [Fact]
    public void Noise_is_new_in_every_step_of_training_and_fixed_in_use()
    {
        TinyCity city = TinyCity.Random();
        using Network network = NetworkBuilder.Make(Name, city.Shape, Small);
        using DisposeScope scope = NewDisposeScope();
        using var noGrad = no_grad();
        Tensor maps = city.Set(0, 1).Maps([0]);
        Assert.NotEqual(Values(), Values());

        network.eval();

        Assert.Equal(Values(), Values());

        float[] Values() => network.call(maps).data<float>().ToArray();
    }

    [Fact]
    public void Shift_of_the_logits_shifts_the_mean_of_the_draws_by_as_much()
    {
        TinyCity city = TinyCity.Random();
        using Network network = NetworkBuilder.Make(Name, city.Shape, Small);
        NetworkBuilder.Stir(network);
        using DisposeScope scope = NewDisposeScope();
        using var noGrad = no_grad();
        Tensor maps = city.Set(0, 2).Maps([0, 1]);
        float[] before = network.call(maps).data<float>().ToArray();

        network.ShiftLogits([-1.5]);

        float[] after = network.call(maps).data<float>().ToArray();
        Assert.Equal(before.Select(logit => logit - 1.5), after.Select(logit => (double)logit), Near(1e-5));
    }

    [Fact]
    public void Network_learns_a_rule_by_heart_against_its_discriminator()
    {
        TinyCity city = TinyCity.Moving();
        using Network network = NetworkBuilder.Make(Name, city.Shape, "hidden=12,16 noise=2 draws=3 discriminator=8");
        WindowSet all = city.Set(0, 30);
        CrossEntropyObjective objective = city.CrossEntropy();
        using var trainer = new Trainer(network, objective, all, null,
            new() { Epochs = 60, Batch = 5, LearningRate = 1e-2, Patience = 0, Plateau = 0 });

        trainer.Run(_ => { }, _ => { });

        ByHeart.Assert(network, objective, all);
    }

    [Fact]
    public void Discriminator_learns_to_tell_what_happened_from_a_map_of_mean_risk()
    {
        TinyCity city = TinyCity.Random();
        manual_seed(3);
        using DisposeScope scope = NewDisposeScope();
        using var discriminator = new Discriminator(city.Shape, [8]);
        using Adam optimizer = optim.Adam(discriminator.parameters(), 1e-2);
        int[] positions = [.. Enumerable.Range(0, 16)];
        Tensor windows = city.Set(0, 16).Maps(positions), happened = city.Set(0, 16).Counts(positions).gt(0).to(ScalarType.Float32);
        Tensor forecast = full_like(happened, 0.05);
        double before = discriminator.Confusion(windows, happened, forecast).ToDouble();

        for (int i = 0; i < 200; i++)
        {
            using DisposeScope step = NewDisposeScope();
            optimizer.zero_grad();
            discriminator.Confusion(windows, happened, forecast).backward();
            optimizer.step();
        }

        Assert.Equal(Math.Log(2), before, 0.3);
        Assert.InRange(discriminator.Confusion(windows, happened, forecast).ToDouble(), 0, 0.35);
    }

    [Fact]
    public void Training_stopped_within_an_epoch_and_resumed_ends_with_the_same_bytes()
    {
        TrainerState straight = Train(null, null);

        // Within the second epoch: each has 8 steps.
        TrainerState part = Train(null, stopAfter: 11), resumed = Train(part, null);

        Assert.Equal((1, 3), (part.Epochs.Count, part.Steps));
        Assert.Equal(straight.Weights, resumed.Weights);
        Assert.Equal(straight.Optimizer, resumed.Optimizer);
        Assert.Equal(straight.Epochs.Select(epoch => epoch.TrainingLoss), resumed.Epochs.Select(epoch => epoch.TrainingLoss));
    }

    [Fact]
    public void Spread_is_the_deviation_of_risk_over_the_draws()
    {
        TinyCity city = TinyCity.Random();
        using Network network = NetworkBuilder.Make(Name, city.Shape, Small);
        NetworkBuilder.Stir(network);
        WindowSet windows = city.Set(0, 7);

        // Batches of 3, 3 and 1.
        DrawSpread spread = DrawSpread.Of(network, city.CrossEntropy(), windows, 3)!;

        using DisposeScope scope = NewDisposeScope();
        using var noGrad = no_grad();
        double[][] risks = [.. network.Draws(windows.Inputs([0, 1, 2, 3, 4, 5, 6]))!.unbind(0).Select(draw =>
            draw.contiguous().data<float>().ToArray().Select(logit => 1 / (1 + Math.Exp(-logit))).ToArray())];
        double[] means = [.. Enumerable.Range(0, risks[0].Length).Select(i => risks.Average(draw => draw[i]))];
        double deviation = means.Select((mean, i) => Math.Sqrt(risks.Average(draw => Math.Pow(draw[i] - mean, 2)))).Average();
        Assert.Equal(5, spread.Draws);
        Assert.Equal(means.Average(), spread.MeanRisks[0], 1e-6);
        Assert.Equal(deviation, spread.Deviations[0], 1e-6);
        Assert.True(deviation > 0.005);
    }

    [Fact]
    public void Network_that_draws_nothing_has_no_spread()
    {
        TinyCity city = TinyCity.Random();
        using Network network = city.Network(("hidden", "2"));

        Assert.Null(DrawSpread.Of(network, city.CrossEntropy(), city.Set(0, 4), 4));
    }

    [Fact]
    public void Training_leaves_no_tensor_behind()
    {
        TinyCity city = TinyCity.Random();
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        using (Network network = NetworkBuilder.Make(Name, city.Shape, Small))
        using (var trainer = new Trainer(network, city.CrossEntropy(), city.Set(0, 20), city.Set(20, 10), new() { Epochs = 1, Batch = 5 }))
        {
            trainer.Run(state => state.Capture(), _ => { });
            DrawSpread.Of(network, city.CrossEntropy(), city.Set(20, 10), 5);
            byte[] model = TrainedModel.Build(network, city.CrossEntropy(), city.Metadata).ToArray();
            ParityCheck.Run(network, city.CrossEntropy(), model, city.Set(0, 20));
        }

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Theory]
    [InlineData("shown=map", "sample, risk")]
    [InlineData("adversarial=-1", "at least 0")]
    [InlineData("draws=0", "at least 1")]
    [InlineData("noise=2,3", "one number")]
    [InlineData("hidden=4", "at least two numbers")]
    public void Setting_that_cannot_be_used_is_refused_with_what_can(string settings, string expected)
    {
        HotspotException failure =
            Assert.Throws<HotspotException>(() => NetworkBuilder.Make(Name, TinyCity.Random(days: 30).Shape, settings));

        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }

    static Func<double, double, bool> Near(double tolerance) => (a, b) => Math.Abs(a - b) <= tolerance * Math.Max(1, Math.Abs(a));

    static TrainerState Train(TrainerState? from, int? stopAfter)
    {
        TinyCity city = TinyCity.Random();
        using Network network = NetworkBuilder.Make(Name, city.Shape, Small);
        using var trainer = new Trainer(network, city.CrossEntropy(), city.Set(0, 40), city.Set(40, 20),
            new() { Epochs = 3, Batch = 5, LearningRate = 1e-2, Seed = 2 });
        // What came before in the process must not matter.
        manual_seed(from is null ? 7 : 99);
        if (from is not null)
            trainer.Resume(from);
        return trainer.RunTo(stopAfter).Last;
    }
}
