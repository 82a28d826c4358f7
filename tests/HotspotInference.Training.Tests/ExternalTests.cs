using HotspotInference.Features;
using HotspotInference.Prediction;
using HotspotInference.Training.Architectures;
using HotspotInference.Training.Data;
using HotspotInference.Training.Export;
using TorchSharp;
using static TorchSharp.torch;

namespace HotspotInference.Training.Tests;

public sealed class ExternalTests
{
    [Theory]
    [InlineData("padding=zero")]
    [InlineData("padding=partial normalization=batch")]
    [InlineData("peephole=cell head-kernel=5")]
    public void Exported_ConvLstm_with_external_features_forecasts_what_libtorch_does(string settings)
    {
        TinyCity city = TinyCity.Random(days: 60, rows: 9, columns: 8, steps: 6);
        ExternalFeatures tables = Tables(city.Series.Spec, 60);
        long[] targets = [.. Enumerable.Range(6, 40).Select(day => city.Series.Periods.First + day)];
        IReadOnlyList<ExternalFeature> features = tables.Standardized(targets);
        using Network network = ConvLstm(city, features.Count, [("hidden", "5"), .. settings.Split(' ').Select(Pair)]);
        Stir(network);
        CrossEntropyObjective objective = city.CrossEntropy();
        ModelMetadata metadata = city.Metadata with { External = features };

        double difference = ParityCheck.Run(network, objective, TrainedModel.Build(network, objective, metadata).ToArray(),
            new WindowSet(city.Windows, targets, network.Shape, external: new ExternalSamples(tables, features)));

        Assert.InRange(difference, 0, ParityCheck.Tolerance);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Exported_HotspotNet_with_external_features_forecasts_what_libtorch_does(int kinds)
    {
        HotspotNetCity city = HotspotNetCity.Random(kinds);
        ExternalFeatures tables = Tables(city.Series.Spec, 150);
        long[] targets = [.. Enumerable.Range(100, 30).Select(day => city.Series.Periods.First + day)];
        IReadOnlyList<ExternalFeature> features = tables.Standardized(targets, lag: 1);
        torch.manual_seed(7);
        Architecture architecture = ArchitectureRegistry.Find("hotspotnet");
        using Network network = architecture.Create(city.Shape with { External = features.Count },
            new ArchitectureSettings(architecture, ("hidden", "3"), ("width", "5")), city.Start);
        Stir(network);
        OccurrenceObjective objective = city.Objective();
        var external = new ExternalSamples(tables, features);
        ModelMetadata metadata = city.Metadata with { External = features };

        double difference = ParityCheck.Run(network, objective, TrainedModel.Build(network, objective, metadata).ToArray(),
            new WindowSet(city.Windows, targets, network.Shape, new HistorySamples(city.Series, city.Features, targets), external));

        Assert.InRange(difference, 0, ParityCheck.Tolerance);
        // Each feature moves the forecast: none is dropped on the way.
        using DisposeScope scope = NewDisposeScope();
        using var noGrad = no_grad();
        NetworkInput input = new WindowSet(city.Windows, targets, network.Shape,
            new HistorySamples(city.Series, city.Features, targets, 1, network.HistoryFeatures), external).Inputs([0, 1]);
        Tensor before = network.call(input);
        for (int i = 0; i < features.Count; i++)
        {
            Tensor changed = input.External!.clone();
            changed.narrow(1, i, 1).add_(1);
            Assert.True((network.call(input with { External = changed }) - before).abs().max().ToDouble() > 1e-4);
        }
    }

    [Fact]
    public void Residual_network_adds_two_layers_of_the_external_features_of_each_cell()
    {
        TinyCity city = TinyCity.Random(days: 60, rows: 9, columns: 8, steps: 3);
        ExternalFeatures tables = Tables(city.Series.Spec, 60);
        long[] targets = [.. Enumerable.Range(6, 40).Select(day => city.Series.Periods.First + day)];
        IReadOnlyList<ExternalFeature> features = tables.Standardized(targets);
        using Network network = NetworkBuilder.Make("st-resnet", city.Shape with { External = 3 }, "period=none trend=none hidden=3");
        NetworkBuilder.Stir(network);
        CrossEntropyObjective objective = city.CrossEntropy();
        var days = new WindowSet(city.Windows, targets, network.Shape, external: new ExternalSamples(tables, features));

        double difference = ParityCheck.Run(network, objective, TrainedModel.Build(network, objective, city.Metadata with { External = features }).ToArray(),
            days);

        Assert.InRange(difference, 0, ParityCheck.Tolerance);
        using DisposeScope scope = NewDisposeScope();
        using var noGrad = no_grad();
        NetworkInput input = days.Inputs([5]);
        float[] with = network.call(input).data<float>().ToArray();
        float[] values = input.External!.data<float>().ToArray();
        Dictionary<string, float[]> weights = network.state_dict().Where(pair => pair.Key.StartsWith("_external.", StringComparison.Ordinal))
            .ToDictionary(pair => pair.Key["_external.".Length..], pair => pair.Value.data<float>().ToArray());
        // Without them: what the same network gives once their second layer is 0.
        network.state_dict()["_external._second._kernel"].zero_();
        network.state_dict()["_external._second._bias"].zero_();
        float[] without = network.call(input).data<float>().ToArray();
        for (int cell = 0; cell < with.Length; cell++)
        {
            double expected = weights["_second._bias"][0];
            for (int unit = 0; unit < 10; unit++)
            {
                double sum = weights["_first._bias"][unit];
                for (int feature = 0; feature < 3; feature++)
                    sum += weights["_first._kernel"][unit * 3 + feature] * values[feature * with.Length + cell];
                expected += weights["_second._kernel"][unit] * Math.Max(sum, 0);
            }
            Assert.Equal(expected, with[cell] - without[cell], 1e-5);
        }
    }

    [Fact]
    public void ConvLstm_head_adds_a_convolution_of_the_external_features()
    {
        const int rows = 5, columns = 4;
        TinyCity city = TinyCity.Random(days: 30, rows: rows, columns: columns);
        using Network network = ConvLstm(city, 2, ("hidden", "3"));
        Stir(network);
        using DisposeScope scope = NewDisposeScope();
        using var noGrad = no_grad();
        Tensor maps = city.Set(0, 1).Maps([0]), external = rand([1, 2, rows, columns]);
        float[] with = network.call(new NetworkInput(maps, External: external)).data<float>().ToArray();
        float[] without = network.call(new NetworkInput(maps, External: zeros_like(external))).data<float>().ToArray();
        float[] kernel = network.state_dict()["_head_kernel"].data<float>().ToArray(), values = external.data<float>().ToArray();

        // One class, 3 hidden channels before those of the features, 3 x 3 cells.
        var slow = new SlowConvolution(BorderPadding.Zero, 3, rows, columns);
        var weights = new double[1, 2, 3, 3];
        var map = new double[2, rows, columns];
        for (int i = 0; i < 18; i++)
            weights[0, i / 9, i / 3 % 3, i % 3] = kernel[27 + i];
        for (int i = 0; i < values.Length; i++)
            map[i / (rows * columns), i / columns % rows, i % columns] = values[i];
        for (int cell = 0; cell < rows * columns; cell++)
            Assert.Equal(slow.At(map, weights, 0, cell / columns, cell % columns), with[cell] - without[cell], 1e-5);
    }

    static Network ConvLstm(TinyCity city, int external, params (string, string)[] settings)
    {
        torch.manual_seed(7);
        Architecture architecture = ArchitectureRegistry.Find("convlstm");
        return architecture.Create(city.Shape with { External = external }, new ArchitectureSettings(architecture, settings));
    }

    // Two features of periods and one of cells, none around 0.
    static ExternalFeatures Tables(Heatmaps.HeatmapSpec spec, int days)
    {
        var random = new Random(2);
        DateTime start = new(2020, 1, 1);
        return new ExternalFeatures(spec,
            new ExternalPeriods(["rain", "holiday"], Enumerable.Range(0, days).ToDictionary(day => start.AddDays(day),
                _ => new[] { 20 + 8 * random.NextDouble(), random.Next(2) })),
            new ExternalCells(spec.Grid, ["income"], [.. Enumerable.Range(0, spec.Grid.CellCount).Select(_ => 30_000 + 9_000 * random.NextDouble())]));
    }

    static (string, string) Pair(string setting) => (setting.Split('=')[0], setting.Split('=')[1]);

    static void Stir(Network network)
    {
        network.eval();
        using var noGrad = no_grad();
        using var generator = new Generator(4);
        foreach (Tensor weights in network.parameters())
        {
            using DisposeScope scope = NewDisposeScope();
            weights.add_((rand(weights.shape, generator: generator) - 0.5) * 0.4);
        }
    }
}
