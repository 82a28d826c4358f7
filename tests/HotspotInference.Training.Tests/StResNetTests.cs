using HotspotInference.Prediction;
using HotspotInference.Training.Architectures;
using HotspotInference.Training.Architectures.StResNet;
using HotspotInference.Training.Data;
using HotspotInference.Training.Export;
using TorchSharp;
using static TorchSharp.torch;

namespace HotspotInference.Training.Tests;

public sealed class StResNetTests
{
    const string Small = "closeness=1,2 period=7 trend=14 hidden=5 ";

    [Theory]
    [InlineData("")]
    [InlineData("city-features=none period=none")]
    [InlineData("fusion=cell")]
    [InlineData("fusion=cell super-resolution=2 city-features=none")]
    [InlineData("super-resolution=2")]
    [InlineData("super-resolution=3 padding=reflect residual-units=1")]
    [InlineData("cumulate=3 padding=partial")]
    public void Exported_network_forecasts_what_libtorch_does(string settings)
    {
        LaggedCity city = LaggedCity.Random("st-resnet", Small + settings);
        using Network network = city.Network();
        NetworkBuilder.Stir(network);
        WindowSet days = city.Set(0, 30);
        var objective = new PoissonObjective(days.Rates().MeanCounts);

        double difference = ParityCheck.Run(network, objective, TrainedModel.Build(network, objective, city.Metadata).ToArray(), days);

        Assert.InRange(difference, 0, ParityCheck.Tolerance);
        Assert.Equal(settings.Contains("cell", StringComparison.Ordinal) ? GridMode.Fixed : GridMode.Any, network.Grid);
    }

    // What PyTorch 1.13 computes, in double precision, of the paper's equations with conv2d, interpolate and avg_pool2d: see Numbered for
    // the weights.
    [Theory]
    [InlineData("fusion=cell", new[]
    {
        2.903192f, -0.3256037f, 2.249072f, -0.8292424f, 2.021944f, -1.503582f, -2.041636f, -0.3041343f, -0.7989583f, -0.7089202f, 0.5085522f, 3.777251f,
    }, new[] { -0.7604966f, -0.7708696f, -0.3169306f })]
    [InlineData("super-resolution=2 cumulate=2", new[]
    {
        3.30625f, 3.095523f, 3.28711f, 3.159769f, 3.380409f, 3.146133f, 3.177644f, 3.221059f, 3.339088f, 3.242231f, 3.23009f, 3.179338f,
    }, new[] { 0.3339927f, 0.2156004f, 0.03620867f })]
    public void Network_gives_the_logits_and_gradients_of_PyTorch(string settings, float[] logits, float[] gradient)
    {
        LaggedCity city = LaggedCity.Random("st-resnet",
            "closeness=1,2 period=4 trend=none hidden=2 residual-units=1 " + settings, rows: 3, columns: 4);
        using Network network = city.Network(city.Shape with { CalendarFeatures = 3 });
        using DisposeScope scope = NewDisposeScope();
        Dictionary<string, Tensor> weights = network.state_dict();
        string[] layers = ["_first", "_units.0._first", "_units.0._second", "_last"];
        string[] ofBranches = [.. Enumerable.Range(0, 2).SelectMany(branch => layers, (branch, layer) => $"_branches.{branch}.{layer}.")
            .SelectMany(layer => new[] { layer + "_kernel", layer + "_bias" })];
        using (no_grad())
        {
            for (int i = 0; i < ofBranches.Length; i++)
                weights[ofBranches[i]].copy_(Numbered(1 + (i + 1) / 10.0, weights[ofBranches[i]].shape) * 0.5);
            foreach ((string name, double frequency) in new[] { ("_fusion", 3.3), ("_city._first_weights", 1.7), ("_city._first_bias", 2.1),
                ("_city._second_weights", 0.3), ("_city._second_bias", 0.6) })
                weights[name].copy_(Numbered(frequency, weights[name].shape));
            weights["_bias"].fill_(0.25);
        }

        Tensor found = network.call(new NetworkInput(Numbered(0.7, 1, city.Lags.Count, 1, 3, 4).abs(), Calendar: Numbered(0.9, 1, 3)));
        found.sum().backward();

        Assert.Equal(logits, found.detach().data<float>().ToArray(), (a, b) => Math.Abs(a - b) < 1e-5);
        Assert.Equal(gradient, weights["_branches.1._first._kernel"].grad!.flatten().narrow(0, 0, 3).data<float>().ToArray(),
            (a, b) => Math.Abs(a - b) < 1e-5);
    }

    [Theory]
    [InlineData("1,2,3", "7", "14", 1, new[] { 14, 7, 3, 2, 1 })]
    [InlineData("1,2", "2,4", "none", 1, new[] { 4, 2, 1 })]
    [InlineData("1,3", "none", "7", 2, new[] { 8, 7, 4, 3, 2, 1 })]
    public void Window_holds_each_map_that_a_branch_sees_once_and_oldest_first(string closeness, string period, string trend, int sums, int[] expected)
    {
        LaggedCity city = LaggedCity.Random("st-resnet", $"closeness={closeness} period={period} trend={trend} cumulate={sums}");

        Assert.Equal(expected, city.Lags);
    }

    [Fact]
    public void Branch_finds_its_maps_in_the_window()
    {
        var lists = new LagLists([[1, 2], [7], []], 2);

        // The window is 8, 7, 3, 2, 1.
        Assert.Equal([[[4L, 3], [3, 2]], [[1, 0]]], lists.Positions);
    }

    [Theory]
    [InlineData("closeness=1,1", "different whole numbers")]
    [InlineData("period=0", "different whole numbers")]
    [InlineData("trend=week", "or none")]
    [InlineData("closeness=none period=none trend=none", "at least one of them")]
    [InlineData("super-resolution=0", "at least 1")]
    public void Setting_that_cannot_be_used_is_refused_with_what_can(string settings, string expected)
    {
        HotspotException failure = Assert.Throws<HotspotException>(() => LaggedCity.Random("st-resnet", settings));

        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Map_that_is_not_yet_known_at_the_horizon_is_refused()
    {
        HotspotException failure = Assert.Throws<HotspotException>(() => City(horizon: 2));

        Assert.Contains("--closeness", failure.Message, StringComparison.Ordinal);
        Assert.Equal([14, 7, 3, 2], City("closeness=2,3 period=7 trend=14", horizon: 2).Lags);

        static LaggedCity City(string settings = "", int horizon = 1) =>
            new("st-resnet", settings, 60, 4, 4, (day, _, _) => day % 2 == 0, horizon: horizon);
    }

    [Fact]
    public void Network_keeps_its_parts_that_belong_to_cells_for_itself()
    {
        using Network any = LaggedCity.Random("st-resnet", Small).Network(), one = LaggedCity.Random("st-resnet", Small + "fusion=cell").Network();

        Assert.Empty(any.OwnParameters);
        Assert.Equal(5, one.OwnParameters.Count);
        Assert.All(one.OwnParameters, name => Assert.Contains(name, one.named_parameters().Select(parameter => parameter.name)));
    }

    [Fact]
    public void Network_that_sees_a_week_ago_learns_what_happens_again_and_one_that_does_not_cannot()
    {
        Assert.InRange(MeanError("closeness=1,2,3,4 period=7"), 0, 0.05);
        // Where 3 cells in 10 have incidents, no forecast that does not depend on which is expected to be less wrong than 0.3.
        Assert.InRange(MeanError("closeness=1,2,3,4 period=none"), 0.25, 0.6);
    }

    // How far risk is, on average, from what happens. Of two weeks the first is chance and the second the same again; days of the second
    // are learnt.
    static double MeanError(string settings)
    {
        const int Days = 182, Size = 6;
        var happened = new bool[Days, Size, Size];
        var random = new Random(5);
        var city = new LaggedCity("st-resnet", settings + " trend=none hidden=6 residual-units=1 city-features=none", Days, Size, Size,
            (day, row, column) => happened[day, row, column] = day % 14 < 7 ? random.NextDouble() < 0.3 : happened[day - 7, row, column]);
        using Network network = city.Network();
        int[] repeats = [.. Enumerable.Range(0, Days).Where(day => day % 14 >= 7)];
        WindowSet days = city.Set(repeats[..70]), later = city.Set(repeats[70..]);
        (double[] baseRates, _) = days.Rates();
        var objective = new CrossEntropyObjective(baseRates, [(1, 1)]);
        network.ShiftLogits(objective.ConstantLogits);
        using var trainer = new Trainer(network, objective, days, null, new TrainerOptions { Epochs = 12, Batch = 5, LearningRate = 1e-2, Patience = 0 });
        trainer.Run(_ => { }, _ => { });
        using DisposeScope scope = NewDisposeScope();
        using var noGrad = no_grad();
        network.eval();
        int[] positions = [.. Enumerable.Range(0, later.Count)];
        return (objective.Risk(network.call(later.Inputs(positions))) - later.Counts(positions)).abs().mean().ToDouble();
    }

    // sin(f), sin(2 f), ...: numbers that both sides can make.
    internal static Tensor Numbered(double frequency, params long[] shape) =>
        tensor([.. NetworkBuilder.Sines((int)shape.Aggregate((a, b) => a * b), frequency).Select(value => (float)value)]).view(shape);
}
