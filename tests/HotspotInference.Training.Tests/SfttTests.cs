using HotspotInference.Prediction;
using HotspotInference.Training.Architectures;
using HotspotInference.Training.Data;
using HotspotInference.Training.Export;
using TorchSharp;
using static TorchSharp.torch;

namespace HotspotInference.Training.Tests;

public sealed class SfttTests
{
    // The second of two windows of 3 maps with 2 channels, 5 x 6 cells, filters 2,3, 4 features, states of 3 and 2, three classes, every
    // other row and column: what PyTorch 1.13 computed in double precision from conv2d, max_pool2d and nn.LSTM.
    static readonly float[] s_pyTorch =
    [
        0.446664f, -0.459139f, 0.419697f, -0.273933f, 0.360716f, -0.395467f, -0.444160f, 0.316130f, -0.118570f, -0.087399f, 0.242198f,
        -0.327520f, -0.502323f, 0.465714f, -0.335119f, 0.292799f, -0.346414f, 0.406898f, 0.378996f, 0.478324f, -0.168638f, -0.110316f,
        -0.578999f, -0.127873f, -0.180546f, 0.491063f, 0.404902f,
    ];

    [Fact]
    public void Network_gives_the_numbers_of_PyTorch()
    {
        using DisposeScope scope = NewDisposeScope();
        using var noGrad = no_grad();
        Architecture architecture = ArchitectureRegistry.Find("sftt");
        using Network network = architecture.Create(new NetworkShape(3, 2, 3, 5, 6),
            new ArchitectureSettings(architecture, ("filters", "2,3"), ("features", "4"), ("layers", "2"), ("hidden", "3,2")));
        SineWeights.Fill(network);

        Tensor logits = network.call(SineWeights.Maps(2, 3, 2, 5, 6));

        float[] all = logits[1].contiguous().data<float>().ToArray();
        IEnumerable<float> some = from k in Enumerable.Range(0, 3) from row in (int[])[0, 2, 4] from column in (int[])[0, 2, 4] select all[(k * 5 + row) * 6 + column];
        Assert.Equal(s_pyTorch, some, (a, b) => Math.Abs(a - b) < 5e-6);
    }

    [Theory]
    [InlineData("cross-entropy", "layers=1")]
    [InlineData("occurrence", "layers=2 hidden=5,3 filters=4")]
    [InlineData("poisson", "filters=2,3,4,5 dropout=0.3")]
    public void Exported_network_gives_the_risks_and_kinds_that_libtorch_does(string loss, string settings)
    {
        TinyCity city = TinyCity.OfTwoKinds(rows: 9, columns: 7);
        using Network network = Small(city, settings);
        ParityTests.Stir(network);
        KindObjective objective = Objective(city, loss);
        byte[] model = TrainedModel.Build(network, objective, city.Metadata).ToArray();

        double difference = ParityCheck.Run(network, objective, model, city.Set(0, 30));

        Assert.InRange(difference, 0, ParityCheck.Tolerance);
        using var predictor = HotspotPredictor.Load(model);
        Assert.Equal((true, loss != "cross-entropy", GridMode.Fixed), (predictor.HasKind, predictor.HasIntensity, predictor.Metadata.Grid));
    }

    [Fact]
    public void Two_heads_over_a_network_for_any_grid_are_exported_too()
    {
        TinyCity city = TinyCity.OfTwoKinds(rows: 9, columns: 8);
        using Network network = city.NetworkOf("biconvlstm", ("filters", "3"), ("hidden", "3"), ("layers", "1"));
        ParityTests.Stir(network);
        KindObjective objective = Objective(city, "occurrence");

        Assert.InRange(ParityCheck.Run(network, objective, TrainedModel.Build(network, objective, city.Metadata).ToArray(), city.Set(0, 30)), 0,
            ParityCheck.Tolerance);
    }

    [Fact]
    public void Model_whose_kinds_differ_from_its_networks_does_not_pass()
    {
        TinyCity city = TinyCity.OfTwoKinds();
        using Network network = Small(city, "layers=1");
        network.eval();
        KindObjective objective = Objective(city, "cross-entropy");
        network.ShiftLogits([0, 0, -30]);
        byte[] model = TrainedModel.Build(network, objective, city.Metadata).ToArray();

        // Where nothing happens risk says nothing of kinds.
        network.ShiftLogits([0.01, 0, 0]);

        Assert.Throws<HotspotException>(() => ParityCheck.Run(network, objective, model, city.Set(0, 30)));
    }

    [Fact]
    public void City_without_kinds_gives_the_risk_of_any_alone()
    {
        TinyCity city = TinyCity.Random();
        using Network network = Small(city, "layers=1");
        network.eval();
        CrossEntropyObjective objective = city.CrossEntropy();
        byte[] model = TrainedModel.Build(network, objective, city.Metadata).ToArray();

        Assert.InRange(ParityCheck.Run(network, objective, model, city.Set(0, 30)), 0, ParityCheck.Tolerance);
        using var predictor = HotspotPredictor.Load(model);
        Assert.False(predictor.HasKind);
    }

    [Fact]
    public void Level_of_any_and_shares_of_the_kinds_are_fitted_to_validation()
    {
        TinyCity city = TinyCity.OfTwoKinds();
        using Network network = Small(city, "layers=1");

        KindObjective objective = Objective(city, "cross-entropy");

        RiskCalibration.Apply(network, objective, city.Set(0, 30), 10);

        using DisposeScope scope = NewDisposeScope();
        using var noGrad = no_grad();
        Tensor counts = city.Set(0, 30).Counts([.. Enumerable.Range(0, 30)]), logits = network.call(city.Set(0, 30).Maps([.. Enumerable.Range(0, 30)]));
        // One incident at most in a cell and day, a third of them; half of each kind.
        Assert.Equal(1 / 3.0, objective.Risk(logits).narrow(1, 2, 1).mean().ToDouble(), 1e-4);
        Assert.Equal(0.5, (objective.Kind(logits)!.narrow(1, 0, 1) * counts.narrow(1, 2, 1)).sum().ToDouble() / counts.narrow(1, 2, 1).sum().ToDouble(), 1e-3);
    }

    [Fact]
    public void Training_of_a_city_that_follows_a_rule_learns_where_and_which_kind()
    {
        TinyCity city = TinyCity.OfTwoKinds();
        using Network network = Small(city, "filters=8 features=32 hidden=32");
        KindObjective objective = Objective(city, "cross-entropy");
        using var trainer = new Trainer(network, objective, city.Set(0, 40), null,
            new TrainerOptions { Epochs = 40, Batch = 10, LearningRate = 1e-2, Patience = 0 });

        trainer.Run(_ => { }, _ => { }, TestContext.Current.CancellationToken);

        network.eval();
        using var predictor = HotspotPredictor.Load(TrainedModel.Build(network, objective, city.Metadata).ToArray());
        WindowSet later = city.Set(40, 3);
        using DisposeScope scope = NewDisposeScope();
        float[] maps = later.Maps([0]).data<float>().ToArray(), counts = later.Counts([0]).data<float>().ToArray();
        float[] risk = new float[3 * 36], kind = new float[2 * 36];
        predictor.Predict(new HotspotInput { Rows = 6, Columns = 6, Maps = maps }, new HotspotOutput { Risk = risk, Kind = kind });
        Assert.All(risk.Zip(counts), pair => Assert.Equal(pair.Second, pair.First, 0.2f));
        Assert.All(Enumerable.Range(0, 36), cell => Assert.Equal(cell % 6 < 3 ? 1 : 0, kind[cell], 0.3f));
        KindScore score = RiskCalibration.ScoreKinds(network, objective, later, 3)!;
        Assert.InRange(score.CrossEntropy, 0, 0.2 * score.SharesCrossEntropy);
    }

    static Network Small(TinyCity city, string settings) => city.NetworkOf("sftt", [("filters", "3"), ("features", "6"), ("hidden", "5"),
        .. settings.Split(' ').Select(setting => (setting.Split('=')[0], setting.Split('=')[1]))]);

    static KindObjective Objective(TinyCity city, string loss)
    {
        (double[] baseRates, double[] meanCounts) = city.Set(0, 30).Rates();
        double all = meanCounts[..^1].Sum();
        return new KindObjective(loss switch
        {
            "poisson" => new PoissonObjective(meanCounts[^1..]),
            "occurrence" => new OccurrenceObjective(baseRates[^1..]),
            _ => new CrossEntropyObjective(baseRates[^1..], [(3, 1)]),
        }, [.. meanCounts[..^1].Select(count => count / all)]);
    }
}
