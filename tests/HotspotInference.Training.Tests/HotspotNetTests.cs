using HotspotInference.Onnx.History;
using HotspotInference.Periods;
using HotspotInference.Prediction;
using HotspotInference.Training.Architectures;
using HotspotInference.Training.Data;
using HotspotInference.Training.Export;
using TorchSharp;
using static TorchSharp.torch;

namespace HotspotInference.Training.Tests;

public sealed class HotspotNetTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(3)]
    public void Network_before_training_forecasts_what_the_history_model_does(int kinds)
    {
        HotspotNetCity plain = HotspotNetCity.Random(kinds);
        // The features of `train`, of which the fit leaves most without weight.
        HotspotNetCity city = HotspotNetCity.Random(kinds, features: HistoryModel.DefaultFeatures(plain.Series.Spec,
            new PeriodRange(Cadence.Day, plain.Series.Periods.First + HotspotNetCity.WarmUp, 80), HistoryLikelihood.Occurrence));
        using Network network = city.Network();
        network.eval();
        WindowSet set = city.Set(115, 8, network), whole = city.Set(115, 8);
        using DisposeScope scope = NewDisposeScope();
        using var noGrad = no_grad();
        int[] positions = [.. Enumerable.Range(0, 8)];
        float[] found = city.Objective().Risk(network.call(set.Inputs(positions))).data<float>().ToArray(),
            expected = new float[found.Length];
        NetworkInput inputs = whole.Inputs(positions);

        ModelMetadata metadata = city.Metadata with { Architecture = HistoryModelGraph.Architecture, Features = city.Start.Features };
        using var predictor = HotspotPredictor.Load(HistoryModelGraph.Build(city.Start.Parameters, metadata).ToArray());
        predictor.Predict(new HotspotInput
        {
            Batch = 8,
            Rows = city.Shape.Rows,
            Columns = city.Shape.Columns,
            History = inputs.History!.data<float>().ToArray(),
            Calendar = inputs.Calendar!.data<float>().ToArray(),
        }, expected);

        Assert.InRange(network.HistoryFeatures.Count, 1, city.Features.History!.FeatureCount - 1);
        Assert.NotInRange(expected.Max() - expected.Min(), 0, 0.05f);
        Assert.Equal(expected, found, (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Theory]
    [InlineData("fixed")]
    [InlineData("trained")]
    public void Refit_takes_what_was_fitted_to_more_days_and_leaves_the_correction(string mixture)
    {
        HotspotNetCity city = HotspotNetCity.Random(kinds: 2);
        var more = new PeriodRange(Cadence.Day, city.Series.Periods.First + HotspotNetCity.WarmUp, 110);
        HistoryModelParameters refit =
            HistoryModelFitter.Fit(city.Series, city.Start.Features, more, HistoryLikelihood.Occurrence).Parameters;
        using Network network = Make(city.Start with { Refit = refit });
        // The same features and corrections, from the other fit at once.
        using Network other = Make(city.Start with { Parameters = refit, Refit = city.Start.Parameters });
        using DisposeScope scope = NewDisposeScope();
        using var noGrad = no_grad();
        NetworkInput inputs = city.Set(115, 4, network).Inputs([0, 1, 2, 3]);
        float[] before = network.call(inputs).data<float>().ToArray(), expected = other.call(inputs).data<float>().ToArray();

        bool isRefitted = network.Refit();

        Assert.Equal(mixture == "fixed", isRefitted);
        Assert.NotEqual(expected, before);
        Assert.Equal(isRefitted ? expected : before, network.call(inputs).data<float>().ToArray());

        Network Make(HistoryStart start)
        {
            manual_seed(7);
            Architecture architecture = ArchitectureRegistry.Find("hotspotnet");
            (string, string)[] settings = [("hidden", "3"), ("width", "5"), ("members", "1"), ("mixture", mixture)];
            Network made = architecture.Create(city.Shape, new ArchitectureSettings(architecture, settings), start);
            using (no_grad())
                made.state_dict()["_corrections.0._last_bias"].fill_(0.3);
            made.eval();
            return made;
        }
    }

    [Theory]
    [InlineData(0, "zero")]
    [InlineData(0, "partial")]
    [InlineData(2, "zero")]
    [InlineData(2, "reflect")]
    [InlineData(2, "replicate")]
    public void Network_does_what_the_equations_say(int kinds, string padding)
    {
        HotspotNetCity city = HotspotNetCity.Random(kinds, rows: 5, columns: 4);
        using Network network = city.Network(("padding", padding), ("members", "2"));
        Stir(network);
        using DisposeScope scope = NewDisposeScope();
        using var noGrad = no_grad();
        var slow = new SlowHotspotNet(city, network, Enum.Parse<BorderPadding>(padding, ignoreCase: true));

        NetworkInput seen = city.Set(115, 2, network).Inputs([0, 1]), all = city.Set(115, 2).Inputs([0, 1]);
        Tensor logits = network.call(seen);
        network.train();
        Tensor apart = network.call(seen);

        Assert.Equal([2, 2, city.Shape.Classes, 5, 4], apart.shape);
        for (int b = 0; b < 2; b++)
        {
            double[][] expected = [.. slow.Run(Values(all.Maps[b]), Values(all.History![b]), Values(all.Calendar![b]))
                .Select(member => member.Cast<double>().ToArray())];
            AssertNear(expected[0], Values(apart[0][b]));
            AssertNear(expected[1], Values(apart[1][b]));
            // In use the members' logits are averaged.
            AssertNear([.. expected[0].Zip(expected[1], (first, second) => (first + second) / 2)], Values(logits[b]));
            // So different that the average of one with itself would not pass.
            Assert.True(expected[0].Zip(expected[1]).Max(pair => Math.Abs(pair.First - pair.Second)) > 0.1);
        }

        static void AssertNear(double[] expected, float[] found) =>
            Assert.Equal(expected, found.Select(value => (double)value), (a, b) => Math.Abs(a - b) < 2e-5);
    }

    public static TheoryData<int, int, string> Variants
    {
        get
        {
            var variants = new TheoryData<int, int, string>();
            foreach (BorderPadding padding in Enum.GetValues<BorderPadding>())
            {
                foreach (int kinds in (ReadOnlySpan<int>)[0, 2])
                {
                    variants.Add(kinds, 1, $"{padding}");
                    variants.Add(kinds, 3, $"{padding}");
                }
            }
            return variants;
        }
    }

    // One class or three; in batches of 1, 3 and 8 on two grids.
    [Theory]
    [MemberData(nameof(Variants))]
    public void Exported_network_forecasts_what_libtorch_does(int kinds, int members, string padding)
    {
        HotspotNetCity city = HotspotNetCity.Random(kinds, rows: 9, columns: 8);
        using Network network = city.Network(("members", $"{members}"), ("padding", padding.ToLowerInvariant()));
        Stir(network);
        OccurrenceObjective objective = city.Objective();

        double difference = ParityCheck.Run(network, objective,
            TrainedModel.Build(network, objective, city.Metadata).ToArray(), city.Set(115, 20));

        Assert.InRange(difference, 0, ParityCheck.Tolerance);
    }

    [Fact]
    public void Model_that_differs_from_its_network_does_not_pass()
    {
        HotspotNetCity city = HotspotNetCity.Random();
        using Network network = city.Network();
        Stir(network);
        OccurrenceObjective objective = city.Objective();
        byte[] model = TrainedModel.Build(network, objective, city.Metadata).ToArray();

        network.ShiftLogits([0.01]);

        Assert.Throws<HotspotException>(() => ParityCheck.Run(network, objective, model, city.Set(115, 20)));
    }

    // docs/hotspotnet.md.
    [Theory]
    [InlineData(0, 4705)]
    [InlineData(2, 8449)]
    [InlineData(3, 8449)]
    public void Member_of_the_defaults_has_as_many_weights_as_documented(int kinds, int weights)
    {
        HotspotNetCity plain = HotspotNetCity.Random(kinds);
        HotspotNetCity city = HotspotNetCity.Random(kinds, features: HistoryModel.DefaultFeatures(plain.Series.Spec,
            new PeriodRange(Cadence.Day, plain.Series.Periods.First + HotspotNetCity.WarmUp, 80), HistoryLikelihood.Occurrence));
        Architecture architecture = ArchitectureRegistry.Find("hotspotnet");
        var defaults = new ArchitectureSettings(architecture, architecture.Defaults.Where(option => option.Option == "--hidden")
            .Select(option => (option.Option[2..], option.Value)));

        using Network network = architecture.Create(city.Shape, defaults, city.Start);

        Assert.Equal(2 * weights, network.named_parameters()
            .Where(parameter => parameter.name.StartsWith("_corrections", StringComparison.Ordinal))
                .Sum(parameter => parameter.parameter.numel()));
    }

    [Fact]
    public void Correction_is_at_most_one_however_wild_its_weights()
    {
        HotspotNetCity city = HotspotNetCity.Random(kinds: 2);
        using Network network = city.Network(("members", "1"));
        network.eval();
        using DisposeScope scope = NewDisposeScope();
        using var noGrad = no_grad();
        NetworkInput input = city.Set(115, 10, network).Inputs([.. Enumerable.Range(0, 10)]);
        float[] before = Values(network.call(input));
        Dictionary<string, Tensor> weights = network.state_dict();
        foreach (Tensor weight in weights.Where(weight => weight.Key.StartsWith("_corrections", StringComparison.Ordinal))
            .Select(weight => weight.Value))
            weight.uniform_(-50, 50);

        float[] after = Values(network.call(input));

        Assert.All(before.Zip(after), pair => Assert.InRange(pair.Second - pair.First, -1.0001f, 1.0001f));
        Assert.True(before.Zip(after).Max(pair => Math.Abs(pair.Second - pair.First)) > 0.9);
    }

    [Fact]
    public void Correction_does_not_depend_on_how_many_incidents_a_city_has()
    {
        HotspotNetCity city = HotspotNetCity.Random();
        using Network network = city.Network();
        Stir(network);
        using DisposeScope scope = NewDisposeScope();
        using var noGrad = no_grad();
        // No floor: the mixture is of the rates alone.
        network.state_dict()["_log_floor"].fill_(-60);
        NetworkInput input = city.Set(115, 3, network).Inputs([0, 1, 2]);

        float[] one = Values(network.call(input)), ten = Values(network.call(input with { History = input.History! * 10 }));

        Assert.Equal(one.Select(value => value + Math.Log(10)), ten.Select(value => (double)value), (a, b) => Math.Abs(a - b) < 1e-4);
    }

    /// <summary>Corrections far from where they begin, mixture and day factor a little.</summary>
    static void Stir(Network network)
    {
        using DisposeScope scope = NewDisposeScope();
        using var noGrad = no_grad();
        foreach ((string name, Tensor tensor) in network.state_dict())
        {
            if (name.StartsWith("_corrections", StringComparison.Ordinal))
                tensor.uniform_(-0.5, 0.5);
            else
                tensor.add_(rand(tensor.shape) * 0.4 - 0.2);
        }
        network.eval();
    }

    static float[] Values(Tensor tensor) => tensor.contiguous().data<float>().ToArray();
}
