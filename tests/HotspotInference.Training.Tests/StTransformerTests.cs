using HotspotInference.Prediction;
using HotspotInference.Training.Architectures;
using HotspotInference.Training.Data;
using HotspotInference.Training.Export;
using TorchSharp;
using static TorchSharp.torch;

namespace HotspotInference.Training.Tests;

public sealed class StTransformerTests
{
    [Theory]
    [InlineData("hidden=8")]
    [InlineData("hidden=6 attention-heads=3 blocks=1 patch=3 dense-ratio=4")]
    [InlineData("hidden=4 attention-heads=1 blocks=1 patch=1 dropout=0.2")]
    public void Exported_network_forecasts_what_libtorch_does(string settings)
    {
        LaggedCity city = LaggedCity.Random("st-transformer", settings);
        using Network network = city.Network();
        NetworkBuilder.Stir(network);
        WindowSet days = city.Set(0, 30);
        var objective = new OccurrenceObjective(days.Rates().BaseRates);

        double difference = ParityCheck.Run(network, objective, TrainedModel.Build(network, objective, city.Metadata).ToArray(), days);

        Assert.InRange(difference, 0, ParityCheck.Tolerance);
        Assert.Equal(GridMode.Fixed, network.Grid);
    }

    // What PyTorch 1.13 computes, in double precision, with MultiheadAttention, LayerNorm and gelu, a patch and a time after the other; the
    // loss is the sum of the squares. Three maps of 3 x 4 cells, patches of 2 x 2, tokens of 4 elements, two heads and two blocks.
    [Fact]
    public void Network_gives_the_logits_and_gradients_of_PyTorch()
    {
        LaggedCity city = LaggedCity.Random("st-transformer", "hidden=4 attention-heads=2 patch=2", rows: 3, columns: 4, window: 3);
        using Network network = city.Network();
        using DisposeScope scope = NewDisposeScope();
        Dictionary<string, Tensor> weights = network.state_dict();
        using (no_grad())
        {
            int number = 0;
            foreach (string name in Names)
                weights[name].copy_(StResNetTests.Numbered(1 + ++number / 10.0, weights[name].shape) * 0.5);
            Assert.Equal(weights.Count, number);
        }

        Tensor found = network.call(StResNetTests.Numbered(0.7, 2, 3, 1, 3, 4).abs());
        (found * found).sum().backward();

        Assert.Equal(
        [
            0.1407144f, -0.7688051f, 0.02222949f, -0.7002255f, -0.3719497f, 0.6598187f, -0.3498916f, 0.5602243f, -0.0414756f, -0.73127f,
            -0.08789241f, -0.8160225f,
            0.1381665f, -0.7669856f, 0.02193328f, -0.7001214f, -0.3719601f, 0.6580138f, -0.3497419f, 0.5599095f, -0.04209172f, -0.7321959f,
            -0.08473186f, -0.8143467f,
        ], found.detach().data<float>().ToArray(), (a, b) => Math.Abs(a - b) < 1e-5);
        Assert.Equal(
        [
            -0.03755477f, 0.03781005f, -0.03596715f, 0.03571187f, -0.04615429f, 0.05068012f, -0.04261242f, 0.03808659f, 0.6447561f, 0.1481806f,
            -2.046709f, 1.253772f,
        ], weights["_times"].grad!.data<float>().ToArray(), (a, b) => Math.Abs(a - b) < 1e-4);
    }

    static IEnumerable<string> Names =>
    [
        .. Both("_embedding"), "_places", "_times",
        .. Enumerable.Range(0, 2).SelectMany(block => (IEnumerable<string>)
        [
            .. Norm("_time_norm"), .. Both("_time._all"), .. Both("_time._out"), .. Norm("_space_norm"), .. Both("_space._all"),
            .. Both("_space._out"), .. Norm("_dense_norm"), .. Both("_inner"), .. Both("_outer"),
        ], (block, name) => $"_blocks.{block}.{name}"),
        .. Norm("_last_norm"), .. Both("_head"),
    ];

    static string[] Both(string module) => [module + "._weights", module + "._bias"];

    static string[] Norm(string module) => [module + "._scale", module + "._shift"];

    [Fact]
    public void Training_of_a_city_that_follows_a_rule_learns_the_rule()
    {
        // Every third diagonal has incidents, and each day they move one cell to the east.
        var city = new LaggedCity("st-transformer", "hidden=12 attention-heads=2 blocks=1 patch=3", 60, 6, 6,
            (day, row, column) => (column + row + 2 * day) % 3 == 0);
        using Network network = city.Network();
        WindowSet days = city.Set(0, 40), later = city.Set(40, 16);
        var objective = new CrossEntropyObjective(days.Rates().BaseRates, [(1, 1)]);
        using var trainer = new Trainer(network, objective, days, null, new TrainerOptions { Epochs = 20, Batch = 5, LearningRate = 2e-2, Patience = 0 });

        trainer.Run(_ => { }, _ => { });

        using DisposeScope scope = NewDisposeScope();
        using var noGrad = no_grad();
        network.eval();
        int[] positions = [.. Enumerable.Range(0, later.Count)];
        double largest = (objective.Risk(network.call(later.Inputs(positions))) - later.Counts(positions)).abs().data<float>().ToArray().Max();
        Assert.InRange(largest, 0, 0.2);
    }

    [Fact]
    public void Shifted_logits_move_each_class_by_its_own_number()
    {
        LaggedCity city = LaggedCity.Random("st-transformer", "hidden=4 attention-heads=1 blocks=1");
        using DisposeScope scope = NewDisposeScope();
        using var noGrad = no_grad();
        using Network network = city.Network(city.Shape with { Classes = 2 });
        network.eval();
        Tensor maps = city.Set(0, 2).Maps([0, 1]);

        Tensor before = network.call(maps);
        network.ShiftLogits([1.5, -2]);

        Tensor moved = (network.call(maps) - before).mean([0, 2, 3]);
        Assert.Equal([1.5f, -2f], moved.data<float>().ToArray(), (a, b) => Math.Abs(a - b) < 1e-5);
    }

    [Fact]
    public void Heads_that_do_not_divide_a_token_are_refused() => Assert.Contains("--hidden",
        Assert.Throws<HotspotException>(() => LaggedCity.Random("st-transformer", "hidden=10 attention-heads=4").Network()).Message, StringComparison.Ordinal);
}
