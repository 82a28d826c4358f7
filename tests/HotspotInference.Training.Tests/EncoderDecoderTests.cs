using HotspotInference.Training.Architectures;
using HotspotInference.Training.Architectures.EncoderDecoder;
using HotspotInference.Training.Data;
using HotspotInference.Training.Export;
using TorchSharp;
using static TorchSharp.torch;

namespace HotspotInference.Training.Tests;

public sealed class EncoderDecoderTests
{
    const string Name = "encoder-decoder";

    [Theory]
    [InlineData("zero", "concatenate", 7, 6)]
    [InlineData("zero", "none", 8, 5)]
    [InlineData("partial", "concatenate", 5, 9)]
    [InlineData("replicate", "concatenate", 7, 7)]
    [InlineData("reflect", "concatenate", 9, 10)]
    public void Network_does_what_the_equations_say(string padding, string skips, int rows, int columns)
    {
        var shape = new NetworkShape(3, 2, 2, rows, columns);
        using Network network = NetworkBuilder.Make(Name, shape, $"hidden=4,5,3 padding={padding} skips={skips}");
        NetworkBuilder.Stir(network);
        using DisposeScope scope = NewDisposeScope();
        using var noGrad = no_grad();
        Tensor maps = randn([2, 3, 2, rows, columns]);

        Tensor found = network.call(maps);

        var slow = new SlowEncoderDecoder(network.state_dict(), "_body.", Enum.Parse<BorderPadding>(padding, ignoreCase: true),
            hasSkips: skips == "concatenate");
        Assert.Equal([2, 2, rows, columns], found.shape);
        for (int b = 0; b < 2; b++)
        {
            double[] expected = [.. slow.Run(Frames(maps[b])).Cast<double>()];
            Assert.NotInRange(expected.Max() - expected.Min(), 0, 0.05);
            Assert.Equal(expected, found[b].data<float>().ToArray().Select(value => (double)value), (x, y) => Math.Abs(x - y) < 2e-5);
        }
    }

    [Theory]
    [InlineData("hidden=4,6")]
    [InlineData("hidden=4,6,8 padding=partial")]
    [InlineData("hidden=4,6,8 padding=reflect")]
    [InlineData("hidden=4,6,8 padding=replicate skips=none")]
    [InlineData("hidden=3,4,5,6 kernels=5")]
    public void Exported_network_forecasts_what_libtorch_does(string settings)
    {
        TinyCity city = TinyCity.Random(rows: 9, columns: 10);
        using Network network = NetworkBuilder.Make(Name, city.Shape, settings);
        NetworkBuilder.Stir(network);
        CrossEntropyObjective objective = city.CrossEntropy(positive: 9);

        byte[] model = TrainedModel.Build(network, objective, city.Metadata).ToArray();
        double difference = ParityCheck.Run(network, objective, model, city.Set(0, 30));

        Assert.InRange(difference, 0, ParityCheck.Tolerance);
    }

    [Fact]
    public void Exported_network_takes_a_grid_of_any_size()
    {
        TinyCity city = TinyCity.Random();
        using Network network = NetworkBuilder.Make(Name, city.Shape, "hidden=4,5,6,7");
        NetworkBuilder.Stir(network);
        CrossEntropyObjective objective = city.CrossEntropy();
        using var predictor = HotspotPredictor.Load(TrainedModel.Build(network, objective, city.Metadata).ToArray());
        using DisposeScope scope = NewDisposeScope();
        using var noGrad = no_grad();

        for (int rows = 1; rows <= 9; rows++)
        {
            for (int columns = 1; columns <= 17; columns += 3)
            {
                Tensor maps = rand([2, city.Shape.Steps, 1, rows, columns]);
                float[] expected = objective.Risk(network.call(maps)).data<float>().ToArray(), found = new float[expected.Length];
                float[] values = maps.data<float>().ToArray();
                predictor.Predict(new HotspotInput { Batch = 2, Rows = rows, Columns = columns, Maps = values }, found);
                Assert.Equal(expected, found, (x, y) => Math.Abs(x - y) < 1e-5);
            }
        }
    }

    [Theory]
    [InlineData(Name)]
    [InlineData("gan")]
    public void Exported_network_asks_for_no_shape(string architecture)
    {
        TinyCity city = TinyCity.Random();
        using Network network = NetworkBuilder.Make(architecture, city.Shape, "hidden=2,3,4");

        ReadOnlySpan<byte> model = TrainedModel.Build(network, city.CrossEntropy(), city.Metadata).ToArray();

        // An operator's name as the file has it: field 4 of a node, and its length.
        Assert.True(model.IndexOf("\u0022\u0006Gather"u8) > 0);
        Assert.Equal(-1, model.IndexOf("\u0022\u0005Shape"u8));
    }

    [Fact]
    public void Doubling_repeats_each_cell_and_ends_where_the_finer_map_does()
    {
        using DisposeScope scope = NewDisposeScope();

        Tensor fine = Doubling.Apply(tensor([1f, 2, 3, 4, 5, 6]).view(1, 1, 2, 3), zeros([1, 4, 3, 5]));

        Assert.Equal([1, 1, 3, 5], fine.shape);
        Assert.Equal([1, 1, 2, 2, 3, 1, 1, 2, 2, 3, 4, 4, 5, 5, 6], fine.contiguous().data<float>().ToArray());
    }

    [Theory]
    [InlineData("concatenate")]
    [InlineData("none")]
    public void Network_learns_a_rule_by_heart(string skips)
    {
        TinyCity city = TinyCity.Moving(rows: 5, columns: 7);
        using Network network = NetworkBuilder.Make(Name, city.Shape, $"hidden=12,16 skips={skips}");
        WindowSet all = city.Set(0, 30);
        CrossEntropyObjective objective = city.CrossEntropy();
        using var trainer = new Trainer(network, objective, all, null,
            new() { Epochs = 60, Batch = 5, LearningRate = 1e-2, Patience = 0, Plateau = 0 });

        trainer.Run(_ => { }, _ => { });

        ByHeart.Assert(network, objective, all);
    }

    [Theory]
    [InlineData("hidden=16", "at least two numbers")]
    [InlineData("hidden=2,2,2,2,2,2", "at most 4 numbers")]
    [InlineData("padding=reflect hidden=2,2,2,2", "at least 3")]
    [InlineData("kernels=4", "an odd number")]
    [InlineData("kernels=3,5", "one number")]
    [InlineData("skips=add", "concatenate, none")]
    public void Setting_that_cannot_be_used_is_refused_with_what_can(string settings, string expected)
    {
        HotspotException failure =
            Assert.Throws<HotspotException>(() => NetworkBuilder.Make(Name, TinyCity.Random(days: 30).Shape, settings));

        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }

    // [time, channel, row, column] as [time x channel, row, column].
    internal static double[,,] Frames(Tensor maps)
    {
        Tensor frames = maps.flatten(0, 1);
        var array = new double[frames.shape[0], frames.shape[1], frames.shape[2]];
        Buffer.BlockCopy(Array.ConvertAll(frames.contiguous().data<float>().ToArray(), value => (double)value), 0, array, 0,
            array.Length * sizeof(double));
        return array;
    }
}
