using HotspotInference.Onnx;
using HotspotInference.Onnx.Quantization;
using HotspotInference.Periods;
using HotspotInference.Prediction;
using HotspotInference.Training.Architectures;
using HotspotInference.Training.Export;
using TorchSharp;
using static TorchSharp.torch;

namespace HotspotInference.Training.Tests;

/// <summary>Networks of the architecture convlstm in eight bits, with every part that one can have.</summary>
public sealed class QuantizedConvLstmTests
{
    // How far logits may be off, beside how much they differ among cells and windows (root mean squares): plain networks with such weights
    // are off by as much.
    const double Most = 0.07;
    const int Batch = 8, Seen = 99;

    // Its level is further off.
    static readonly QuantizerOptions s_coarse = new() { ReducedRange = true };

    [Theory]
    [InlineData("channel", "none")]
    [InlineData("channel", "max")]
    [InlineData("cell", "none")]
    [InlineData("cell", "max")]
    public void Peephole_of_every_gate_is_in_the_eight_bits(string peephole, string pooling) =>
        CheckParts(TinyCity.Random(rows: 9, columns: 8, binaryThreshold: null), $"peephole={peephole} pooling={pooling}", hasKindHead: false,
            from layer in (int[])[0, 1] from gate in (int[])[0, 1, 2] select Change($"_layers.{layer}._peephole", peephole => peephole[gate].zero_()));

    [Theory]
    [InlineData("none", "none")]
    [InlineData("none", "max")]
    [InlineData("channel", "none")]
    public void Factor_and_shift_of_every_normalisation_are_in_the_eight_bits(string peephole, string pooling) =>
        CheckParts(TinyCity.Random(rows: 9, columns: 8, binaryThreshold: null), $"peephole={peephole} pooling={pooling} normalization=batch", hasKindHead: false,
            from layer in (int[])[0, 1] from part in (string[])["running_mean", "running_var", "weight", "bias"]
            select Change($"_norms.{layer}.{part}", values => values.fill_(part is "running_var" or "weight" ? 1 : 0)));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Maps_of_each_kind_and_each_class_stay_what_they_are(bool hasKindHead) =>
        CheckParts(TinyCity.OfTwoKinds(rows: 9, columns: 8), "peephole=channel normalization=batch", hasKindHead,
            from order in (long[][])[[1, 0, 2], [0, 2, 1], [2, 1, 0]] from kernel in (string[])["_layers.0._input_kernel", "_head_kernel"]
            select Change(kernel, weights => weights.copy_(weights.index_select(kernel == "_head_kernel" ? 0 : 1, tensor(order)))));

    [Fact]
    public void Large_counts_of_a_rare_kind_are_not_cut_off_as_few_among_all()
    {
        using DisposeScope scope = NewDisposeScope();
        TinyCity city = TinyCity.OfTwoKinds(rows: 9, columns: 8);
        using Network network = Stirred(city, "peephole=none pooling=none");
        byte[] exact = TrainedModel.Build(network, city.CrossEntropy(), city.Metadata).ToArray();
        float[][] windows = Windows(city, RareKind);

        double[] expected = Logits(city, exact, RareKind), found = Logits(city, ModelQuantizer.Run(exact, windows), RareKind);

        Assert.InRange(Distance(found, expected) / Distance(expected, [.. expected.Select(_ => expected.Average())]), 0, Most);

        // 8 incidents of the kind in one of 500 cells, one of the others in every second.
        static float RareKind(int channel, Random random) => channel == 1 ? (random.Next(500) == 0 ? 8 : 0) : random.Next(2);
    }

    [Theory]
    [InlineData("reflect", "the operator Pad")]
    [InlineData("replicate", "the operator Pad")]
    [InlineData("partial", "the operator Exp")]
    public void Borders_that_are_no_zeros_are_refused(string padding, string found)
    {
        TinyCity city = TinyCity.Random();
        using Network network = Stirred(city, $"padding={padding}");
        byte[] exact = TrainedModel.Build(network, city.CrossEntropy(), city.Metadata).ToArray();

        Assert.Contains(found, Assert.Throws<HotspotException>(() => ModelQuantizer.Run(exact, Windows(city))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Mean_risk_of_each_class_over_the_days_of_validation_is_kept(bool hasKindHead)
    {
        TinyCity city = TinyCity.OfTwoKinds();
        using Network network = Stirred(city, "peephole=channel normalization=batch");
        // To risks as small as a city's are.
        network.ShiftLogits([-3, -2, -3]);
        ModelMetadata metadata = city.Metadata with { Training = new DaySpan(new(2020, 1, 6), new(2020, 1, 31)), Validation = new DaySpan(new(2020, 2, 1), new(2020, 2, 25)) };
        byte[] exact = TrainedModel.Build(network, Objective(city, hasKindHead), metadata).ToArray();

        double[] expected = Level(exact), coarse = Level(ModelQuantizer.Run(exact, Windows(city), s_coarse)),
            found = Level(QuantizedModel.Run(exact, city.Series, new QuantizedModelOptions { Quantizer = s_coarse }).Model);

        Assert.Contains(coarse.Zip(expected), pair => Math.Abs(pair.First / pair.Second - 1) > 0.001);
        Assert.All(found.Zip(expected), pair => Assert.InRange(pair.First / pair.Second, 0.9998, 1.0002));

        double[] Level(ReadOnlyMemory<byte> model)
        {
            using var predictor = HotspotPredictor.Load(model);
            return [.. ModelValidation.Run(predictor, city.Series, PeriodRange.Days(Cadence.Day, new(2020, 2, 1), new(2020, 2, 25))).Calibration.Select(level => level!.Value)];
        }
    }

    // Eight bits are near the network itself, and nearer than to the network in which a part has been changed: as they would not be had
    // they lost or exchanged it.
    static void CheckParts(TinyCity city, string settings, bool hasKindHead, IEnumerable<Action<Network>> changes)
    {
        using DisposeScope scope = NewDisposeScope();
        using var noGrad = no_grad();
        using Network network = Stirred(city, settings);
        Objective objective = Objective(city, hasKindHead);
        byte[] exact = TrainedModel.Build(network, objective, city.Metadata).ToArray();
        double[] expected = Logits(city, exact), found = Logits(city, ModelQuantizer.Run(exact, Windows(city)));
        double mean = expected.Average(), error = Distance(found, expected);
        Assert.InRange(error / Distance(expected, [.. expected.Select(_ => mean)]), 0, Most);

        Tensor[] whole = [.. network.state_dict().Values.Select(values => values.clone())];
        foreach (Action<Network> change in changes)
        {
            change(network);
            NetworkInput input = new(tensor(Maps(city, Batch, Seen)).view(Batch, city.Shape.Steps, city.Shape.Channels, city.Shape.Rows, city.Shape.Columns));
            double[] changed = [.. objective.Risk(network.call(input)).data<float>().ToArray().Select(Logit)];
            Assert.InRange(error / Distance(found, changed), 0, 0.6);
            foreach ((Tensor values, Tensor before) in network.state_dict().Values.Zip(whole))
                values.copy_(before);
        }
    }

    static Action<Network> Change(string name, Action<Tensor> change) => network => change(network.state_dict()[name]);

    static Objective Objective(TinyCity city, bool hasKindHead) => hasKindHead ? new KindObjective(new CrossEntropyObjective([0.1], [(1, 1)]), [0.5, 0.5]) : city.CrossEntropy();

    static Network Stirred(TinyCity city, string settings)
    {
        Network network = city.Network([("hidden", "8"), ("layers", "2"), .. settings.Split(' ').Select(setting => (setting.Split('=')[0], setting.Split('=')[1]))]);
        using var noGrad = no_grad();
        foreach ((string name, Tensor tensor) in network.state_dict())
        {
            if (tensor.dtype != ScalarType.Float32)
                continue;
            (double from, double to) = name.EndsWith("running_var", StringComparison.Ordinal) ? (0.1, 0.6) : name.EndsWith("_peephole", StringComparison.Ordinal) ? (1, 3) : (-0.7, 0.7);
            tensor.uniform_(from, to);
        }
        network.eval();
        return network;
    }

    static double[] Logits(TinyCity city, byte[] model, Func<int, Random, float>? count = null)
    {
        float[] maps = Maps(city, Batch, Seen, count), risk = new float[Batch * city.Shape.Classes * city.Shape.Rows * city.Shape.Columns];
        using var predictor = HotspotPredictor.Load(model);
        predictor.Predict(new HotspotInput { Batch = Batch, Rows = city.Shape.Rows, Columns = city.Shape.Columns, Maps = maps }, risk);
        return [.. risk.Select(Logit)];
    }

    static double Logit(float risk) => Math.Log(risk / (1.0 - risk));

    static float[][] Windows(TinyCity city, Func<int, Random, float>? count = null) => [.. Enumerable.Range(0, 8).Select(seed => Maps(city, 1, seed, count))];

    static float[] Maps(TinyCity city, int batch, int seed, Func<int, Random, float>? count = null)
    {
        var random = new Random(seed);
        int cells = city.Shape.Rows * city.Shape.Columns, channels = city.Shape.Channels;
        count ??= static (_, random) => random.NextDouble() < 0.2 ? random.Next(1, 4) : 0;
        return [.. Enumerable.Range(0, batch * city.Shape.Steps * channels * cells).Select(i => count(i / cells % channels, random))];
    }

    static double Distance(double[] one, double[] other) => Math.Sqrt(one.Zip(other, (x, y) => (x - y) * (x - y)).Average());
}
