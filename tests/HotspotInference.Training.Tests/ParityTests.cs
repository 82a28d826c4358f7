using HotspotInference.Prediction;
using HotspotInference.Training.Architectures;
using HotspotInference.Training.Export;
using TorchSharp;
using static TorchSharp.torch;

namespace HotspotInference.Training.Tests;

public sealed class ParityTests
{
    [Theory]
    [InlineData("peephole=none")]
    [InlineData("peephole=channel")]
    [InlineData("peephole=cell")]
    [InlineData("padding=reflect")]
    [InlineData("padding=replicate")]
    [InlineData("padding=partial")]
    [InlineData("padding=partial peephole=cell normalization=batch")]
    [InlineData("layers=2 hidden=4,6 kernels=3,5")]
    [InlineData("layers=2 pooling=none head-kernel=1")]
    [InlineData("normalization=batch dropout=0.3")]
    public void Exported_network_forecasts_what_libtorch_does(string settings)
    {
        TinyCity city = TinyCity.Random(rows: 9, columns: 8, steps: 6);
        using Network network = city.Network([("hidden", "5"), .. settings.Split(' ').Select(setting => (setting.Split('=')[0], setting.Split('=')[1]))]);
        Stir(network);
        CrossEntropyObjective objective = city.CrossEntropy(positive: 9);

        double difference = ParityCheck.Run(network, objective, TrainedModel.Build(network, objective, city.Metadata).ToArray(), city.Set(0, 30));

        Assert.InRange(difference, 0, ParityCheck.Tolerance);
    }

    [Fact]
    public void Exported_Poisson_network_gives_risk_and_intensity()
    {
        TinyCity city = TinyCity.Random(binaryThreshold: null);
        using Network network = city.Network(("hidden", "5"));
        Stir(network);
        var objective = new PoissonObjective(city.Set(0, 30).Rates().MeanCounts);
        byte[] model = TrainedModel.Build(network, objective, city.Metadata).ToArray();

        Assert.InRange(ParityCheck.Run(network, objective, model, city.Set(0, 30)), 0, ParityCheck.Tolerance);
        using var predictor = HotspotPredictor.Load(model);
        using DisposeScope scope = NewDisposeScope();
        float[] maps = city.Set(0, 1).Maps([0]).data<float>().ToArray();
        float[] risk = new float[city.Shape.Rows * city.Shape.Columns], intensity = new float[risk.Length];
        predictor.Predict(new HotspotInput { Rows = city.Shape.Rows, Columns = city.Shape.Columns, Maps = maps }, new HotspotOutput { Risk = risk, Intensity = intensity });
        Assert.All(risk.Zip(intensity), pair => Assert.Equal(1 - Math.Exp(-pair.Second), pair.First, 1e-6));
    }

    [Fact]
    public void Network_with_weights_for_each_cell_is_bound_to_its_grid()
    {
        TinyCity city = TinyCity.Random();
        using Network network = city.Network(("hidden", "2"), ("peephole", "cell"));
        CrossEntropyObjective objective = city.CrossEntropy();

        using var predictor = HotspotPredictor.Load(TrainedModel.Build(network, objective, city.Metadata).ToArray());

        Assert.Equal(GridMode.Fixed, predictor.Metadata.Grid);
        Assert.Throws<HotspotException>(() => predictor.Predict(new float[4 * 5 * 5], 5, 5, new float[25]));
    }

    [Fact]
    public void Model_that_differs_from_its_network_does_not_pass()
    {
        TinyCity city = TinyCity.Random();
        using Network network = city.Network(("hidden", "2"));
        CrossEntropyObjective objective = city.CrossEntropy();
        byte[] model = TrainedModel.Build(network, objective, city.Metadata).ToArray();

        network.ShiftLogits([0.01]);

        Assert.Throws<HotspotException>(() => ParityCheck.Run(network, objective, model, city.Set(0, 30)));
    }

    // Weights far from where they begin, statistics of normalisation included.
    internal static void Stir(Network network)
    {
        using DisposeScope scope = NewDisposeScope();
        using var noGrad = no_grad();
        foreach ((string name, Tensor tensor) in network.state_dict())
        {
            if (tensor.dtype == ScalarType.Float32)
                tensor.uniform_(name.EndsWith("running_var", StringComparison.Ordinal) ? 0.5 : -0.5, 1);
        }
        network.eval();
    }
}
