using HotspotInference.Prediction;
using HotspotInference.Training.Architectures;
using HotspotInference.Training.Data;
using HotspotInference.Training.Export;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace HotspotInference.Training.Tests;

public sealed class CellBiasTests
{
    const string Bias = "_cell_bias";

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Network_with_a_number_for_each_cell_starts_as_the_one_without(int kinds)
    {
        HotspotNetCity city = HotspotNetCity.Random(kinds);
        using Network plain = city.Network(), cells = city.Network(("cells", "bias"));

        Assert.Equal(Logits(city, plain), Logits(city, cells));
        Assert.Equal((GridMode.Any, GridMode.Fixed), (plain.Grid, cells.Grid));
        Assert.False(plain.state_dict().ContainsKey(Bias));
        Assert.Equal([city.Shape.Classes, city.Shape.Rows, city.Shape.Columns], cells.state_dict()[Bias].shape);
    }

    [Fact]
    public void Number_of_a_class_and_cell_is_added_to_the_logit_there_and_nowhere_else()
    {
        HotspotNetCity city = HotspotNetCity.Random(kinds: 2);
        using Network network = city.Network(("cells", "bias"));
        float[] before = Logits(city, network);
        int cells = city.Shape.Rows * city.Shape.Columns, second = cells + 3 * city.Shape.Columns + 4;
        using (no_grad())
            network.state_dict()[Bias][1, 3, 4].fill_(0.75);

        float[] after = Logits(city, network);

        // Of each window the second class in row 3, column 4.
        Assert.All(before.Zip(after).Index(), entry => Assert.Equal(entry.Index % (city.Shape.Classes * cells) == second ? 0.75 : 0,
            entry.Item.Second - entry.Item.First, 1e-5));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Exported_network_forecasts_what_libtorch_does_on_its_grid_only(int kinds)
    {
        HotspotNetCity city = HotspotNetCity.Random(kinds, rows: 9, columns: 8);
        using Network network = city.Network(("cells", "bias"));
        network.eval();
        using (no_grad())
            network.state_dict()[Bias].uniform_(-1, 1);
        OccurrenceObjective objective = city.Objective();
        byte[] model = TrainedModel.Build(network, objective, city.Metadata).ToArray();

        Assert.InRange(ParityCheck.Run(network, objective, model, city.Set(115, 20)), 0, ParityCheck.Tolerance);
        using var predictor = HotspotPredictor.Load(model);
        Assert.Equal(GridMode.Fixed, predictor.Metadata.Grid);
        HotspotException refusal = Assert.Throws<HotspotException>(() =>
            predictor.Predict(new HotspotInput { Rows = 5, Columns = 5 }, new float[25 * city.Shape.Classes]));
        Assert.Contains("9", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Training_learns_a_number_for_each_cell()
    {
        HotspotNetCity city = HotspotNetCity.Random();
        using Network network = city.Network(("cells", "bias"), ("mixture", "fixed"), ("members", "1"));
        // Alone: a correction would take a part of it.
        foreach ((string name, Parameter weights) in network.named_parameters())
            weights.requires_grad = name == Bias;
        // As where every other cell is busier by 1.6 nats. In truth they are all alike; 20 incidents in each leave a doubt of 0.18.
        const int row = 2;
        using (no_grad())
        {
            for (int column = 0; column < city.Shape.Columns; column++)
                network.state_dict()[Bias][0, row, column].fill_(column % 2 == 0 ? 0.8 : -0.8);
        }
        using var trainer = new Trainer(network, city.Objective(), city.Set(HotspotNetCity.WarmUp, 80, network), null,
            new TrainerOptions { Epochs = 30, Batch = 8, LearningRate = 2e-2, Seed = 2, Patience = 0 });

        trainer.Run(_ => { }, _ => { });

        float[] cells = network.state_dict()[Bias].data<float>().ToArray()[(row * city.Shape.Columns)..((row + 1) * city.Shape.Columns)];
        double contrast = Enumerable.Range(0, cells.Length).Sum(column => (column % 2 == 0 ? 2.0 : -2.0) * cells[column] / cells.Length);
        Assert.InRange(contrast, -0.6, 0.6);
    }

    static float[] Logits(HotspotNetCity city, Network network)
    {
        network.eval();
        using DisposeScope scope = NewDisposeScope();
        using var noGrad = no_grad();
        WindowSet set = city.Set(115, 4, network);
        return network.call(set.Inputs([0, 1, 2, 3])).data<float>().ToArray();
    }
}
