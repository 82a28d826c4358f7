using HotspotInference.Training.Architectures;
using HotspotInference.Training.Data;
using HotspotInference.Training.Export;
using TorchSharp;
using static TorchSharp.torch;

namespace HotspotInference.Training.Tests;

public sealed class BiConvLstmTests
{
    // The second of two windows of 5 maps with 2 channels, 4 x 5 cells, filters 2,3, states of 2 and 3 channels, two classes: what PyTorch
    // 1.13 computed in double precision from conv3d, max_pool3d and the equations of a ConvLSTM, run forwards and on the frames in reverse.
    static readonly float[] s_pyTorch =
    [
        0.443550f, 0.543552f, 0.479691f, 0.500504f, 0.361696f, 0.442505f, 0.415988f, 0.430564f, 0.440724f, 0.423973f, 0.431855f,
        0.359558f, 0.471787f, 0.419525f, 0.456492f, 0.366190f, 0.382274f, 0.388232f, 0.376229f, 0.496549f, -0.425409f, -0.412617f,
        -0.329239f, -0.399085f, -0.362238f, -0.453723f, -0.470406f, -0.396440f, -0.452491f, -0.459382f, -0.503353f, -0.472033f,
        -0.511466f, -0.496091f, -0.495619f, -0.462463f, -0.543550f, -0.654031f, -0.562408f, -0.493345f,
    ];

    [Fact]
    public void Network_gives_the_numbers_of_PyTorch()
    {
        using DisposeScope scope = NewDisposeScope();
        using var noGrad = no_grad();
        Architecture architecture = ArchitectureRegistry.Find("biconvlstm");
        using Network network = architecture.Create(new NetworkShape(5, 2, 2, 4, 5),
            new ArchitectureSettings(architecture, ("filters", "2,3"), ("hidden", "2,3")));
        SineWeights.Fill(network);

        Tensor logits = network.call(SineWeights.Maps(2, 5, 2, 4, 5));

        Assert.Equal([2, 2, 4, 5], logits.shape);
        Assert.Equal(s_pyTorch, logits[1].contiguous().data<float>().ToArray(), (a, b) => Math.Abs(a - b) < 5e-6);
    }

    [Theory]
    [InlineData("peephole=none")]
    [InlineData("peephole=cell layers=1 filters=5")]
    [InlineData("layers=3 hidden=4,3,2 kernels=3,5,1 head-kernel=5")]
    [InlineData("filters=3,4,5 dropout=0.3")]
    public void Exported_network_forecasts_what_libtorch_does(string settings)
    {
        TinyCity city = TinyCity.Random(rows: 9, columns: 8, steps: 7);
        using Network network = city.NetworkOf("biconvlstm",
            [("hidden", "4"), .. settings.Split(' ').Select(setting => (setting.Split('=')[0], setting.Split('=')[1]))]);
        ParityTests.Stir(network);
        CrossEntropyObjective objective = city.CrossEntropy(positive: 100);

        double difference = ParityCheck.Run(network, objective, TrainedModel.Build(network, objective, city.Metadata).ToArray(), city.Set(0, 30));

        Assert.InRange(difference, 0, ParityCheck.Tolerance);
    }

    [Fact]
    public void Window_of_another_length_is_refused_and_the_models_length_named()
    {
        TinyCity city = TinyCity.Random(steps: 6);
        using Network network = city.NetworkOf("biconvlstm", ("filters", "2"), ("hidden", "2"));
        network.eval();
        using var predictor = HotspotPredictor.Load(TrainedModel.Build(network, city.CrossEntropy(), city.Metadata).ToArray());

        ArgumentException failure = Assert.Throws<ArgumentException>(() => predictor.Predict(new float[5 * 8 * 7], 8, 7, new float[8 * 7]));

        Assert.Contains("time 6", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Training_of_a_city_that_follows_a_rule_learns_the_rule()
    {
        TinyCity city = TinyCity.Moving();
        using Network network = city.NetworkOf("biconvlstm", ("filters", "4"), ("hidden", "4"), ("layers", "1"));
        CrossEntropyObjective objective = city.CrossEntropy();
        WindowSet later = city.Set(40, 16);
        using var trainer = new Trainer(network, objective, city.Set(0, 40), null,
            new TrainerOptions { Epochs = 10, Batch = 5, LearningRate = 3e-2, Patience = 0 });

        trainer.Run(_ => { }, _ => { }, TestContext.Current.CancellationToken);

        using DisposeScope scope = NewDisposeScope();
        using var noGrad = no_grad();
        network.eval();
        int[] positions = [.. Enumerable.Range(0, later.Count)];
        float[] risk = objective.Risk(network.call(later.Maps(positions))).data<float>().ToArray(),
            actual = later.Counts(positions).data<float>().ToArray();
        Assert.All(risk.Zip(actual), pair => Assert.Equal(pair.Second, pair.First, 0.2f));
    }

    [Theory]
    [InlineData("layers", "4", "at least 8 maps")]
    [InlineData("layers", "0", "at least 1")]
    [InlineData("kernels", "2", "an odd number")]
    [InlineData("head-kernel", "4", "an odd number")]
    [InlineData("hidden", "4,4,4", "one number or 2")]
    [InlineData("padding", "reflect", "filters")]
    public void Setting_that_cannot_be_used_is_refused_with_what_can(string name, string value, string expected)
    {
        HotspotException failure = Assert.Throws<HotspotException>(() => TinyCity.Random(days: 30, steps: 7).NetworkOf("biconvlstm", (name, value)));

        Assert.Contains(value, failure.Message, StringComparison.Ordinal);
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }
}
