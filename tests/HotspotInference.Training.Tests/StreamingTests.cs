using HotspotInference.Onnx;
using HotspotInference.Periods;
using HotspotInference.Prediction;
using HotspotInference.Training.Architectures;
using HotspotInference.Training.Export;
using TorchSharp;
using static TorchSharp.torch;

namespace HotspotInference.Training.Tests;

public sealed class StreamingTests
{
    const string Plain = "pooling=none layers=2 hidden=5";

    [Theory]
    [InlineData("peephole=none")]
    [InlineData("peephole=channel")]
    [InlineData("peephole=cell")]
    [InlineData("padding=partial normalization=batch")]
    [InlineData("padding=replicate hidden=4,6 kernels=3,5")]
    public void Steps_from_zeros_forecast_what_libtorch_does_from_the_window(string settings)
    {
        TinyCity city = TinyCity.Random(rows: 9, columns: 8, steps: 6);
        using Network network = NetworkBuilder.Make("convlstm", city.Shape, $"{Plain} streaming=2 {settings}");
        ParityTests.Stir(network);
        CrossEntropyObjective objective = city.CrossEntropy(positive: 9);

        byte[] model = TrainedModel.Build(network, objective, city.Metadata).ToArray();

        Assert.InRange(ParityCheck.Run(network, objective, model, city.Set(0, 30)), 0, ParityCheck.Tolerance);
        using var predictor = HotspotPredictor.Load(model);
        Assert.Equal(network.StateChannels, predictor.Metadata.StateChannels);
    }

    [Fact]
    public void City_told_of_a_window_is_forecast_as_by_the_model_of_windows()
    {
        TinyCity city = TinyCity.Random();
        using Network stepping = NetworkBuilder.Make("convlstm", city.Shape, $"{Plain} streaming=2"),
            whole = NetworkBuilder.Make("convlstm", city.Shape, Plain);
        NetworkBuilder.Stir(stepping);
        foreach ((Tensor to, Tensor from) in whole.parameters().Zip(stepping.parameters()))
        {
            using var noGrad = no_grad();
            to.copy_(from).Dispose();
        }
        CrossEntropyObjective objective = city.CrossEntropy();
        using HotspotPredictor steps = HotspotPredictor.Load(TrainedModel.Build(stepping, objective, city.Metadata).ToArray()),
            windows = HotspotPredictor.Load(TrainedModel.Build(whole, objective, city.Metadata).ToArray());
        Features.CityState one = new(city.Series.Spec, city.Metadata.Features, city.Series.Periods.First);
        for (int day = 0; day < 40; day++)
            one.Append(city.Series, day);

        float[] cold = steps.Predict(one).Risk.ToArray(), expected = windows.Predict(one).Risk.ToArray();
        one.Append(city.Series, 40);
        float[] warm = steps.Predict(one).Risk.ToArray(), anew = windows.Predict(one).Risk.ToArray();

        Assert.InRange(ParityCheck.Largest(cold, expected), 0, 1e-5);
        // It knows one map more than the window.
        Assert.InRange(ParityCheck.Largest(warm, anew), 1e-4, 1);
    }

    [Fact]
    public void Training_sees_states_of_every_age_that_the_window_allows()
    {
        TinyCity city = TinyCity.Random(steps: 5);
        using DisposeScope scope = NewDisposeScope();
        using Network network = NetworkBuilder.Make("convlstm", city.Shape, $"{Plain} streaming=2");
        NetworkBuilder.Stir(network);
        CrossEntropyObjective objective = city.CrossEntropy();
        Tensor maps = city.Set(0, 6).Maps([0, 1, 2, 3, 4, 5]), counts = city.Set(0, 6).Counts([0, 1, 2, 3, 4, 5]);
        // The whole of each shorter window, by the same weights.
        double[] losses = [.. Enumerable.Range(2, 4).Select(length => objective.Loss(network.call(maps.narrow(1, 5 - length, length)), counts).ToDouble())];

        int[] drawn = [.. Enumerable.Range(0, 40).Select(_ =>
        {
            double loss = network.TrainingLoss(objective, maps, counts).ToDouble();
            return Array.FindIndex(losses, known => Math.Abs(known - loss) < 1e-6);
        })];

        Assert.Equal(4, losses.Select(loss => Math.Round(loss, 5)).Distinct().Count());
        Assert.Equal([0, 1, 2, 3], drawn.Distinct().Order());
    }

    [Fact]
    public void Gradient_goes_through_the_last_maps_only()
    {
        TinyCity city = TinyCity.Random(steps: 5);
        using DisposeScope scope = NewDisposeScope();
        using Network network = NetworkBuilder.Make("convlstm", city.Shape, $"{Plain} streaming=2");
        NetworkBuilder.Stir(network);
        Tensor maps = city.Set(0, 4).Maps([0, 1, 2, 3]).requires_grad_(true);

        // Long enough that a draw warms up.
        for (int i = 0; i < 10; i++)
            network.TrainingLoss(city.CrossEntropy(), maps, city.Set(0, 4).Counts([0, 1, 2, 3])).backward();

        Tensor[] perMap = maps.grad!.abs().sum([0, 2, 3, 4]).unbind(0);
        Assert.All(perMap[..3], gradient => Assert.Equal(0, gradient.ToDouble()));
        Assert.All(perMap[3..], gradient => Assert.NotEqual(0, gradient.ToDouble()));
    }

    [Fact]
    public void Level_and_thresholds_are_those_of_the_stream()
    {
        TinyCity city = TinyCity.Random();
        using Network network = NetworkBuilder.Make("convlstm", city.Shape, $"{Plain} streaming=4");
        NetworkBuilder.Stir(network);
        CrossEntropyObjective objective = city.CrossEntropy();
        Data.WindowSet days = city.Set(100, 100);
        RiskCalibration.Apply(network, objective, days, 20);
        PeriodRange span = Verbs.TrainSpans.PeriodsOf(city.Series.Spec.Cadence, days.Targets);
        ModelValidation before = Validate(TrainedModel.Build(network, objective, city.Metadata));

        (OnnxGraphBuilder graph, ModelValidation? found) = TrainedModel.Build(network, objective, city.Metadata, city.Series, span, null,
            cancellationToken: TestContext.Current.CancellationToken);

        Assert.True(Math.Abs(before.Calibration[0]!.Value - 1) > 0.005, $"{before.Calibration[0]}");
        Assert.Equal(1, found!.Calibration[0]!.Value, 0.0005);
        Assert.Equal(found.Calibration[0]!.Value, Validate(graph).Calibration[0]!.Value, 1e-6);
        Assert.InRange(ParityCheck.Run(network, objective, graph.ToArray(), days), 0, ParityCheck.Tolerance);

        ModelValidation Validate(OnnxGraphBuilder model)
        {
            using var predictor = HotspotPredictor.Load(model.ToArray());
            return ModelValidation.Run(predictor, city.Series, span, cancellationToken: TestContext.Current.CancellationToken);
        }
    }

    [Theory]
    [InlineData("streaming=2", "--pooling none")]
    [InlineData("streaming=5 pooling=none", "at most 4")]
    public void Settings_that_cannot_stream_are_refused(string settings, string expected)
    {
        HotspotException error = Assert.Throws<HotspotException>(() => NetworkBuilder.Make("convlstm", TinyCity.Random().Shape, settings));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("peephole=channel", 1)]
    [InlineData("pooling=none streaming=2", 3)]
    public void Model_for_one_batch_forecasts_what_libtorch_does(string settings, int batch)
    {
        TinyCity city = TinyCity.Random();
        using Network network = NetworkBuilder.Make("convlstm", city.Shape, $"hidden=4 {settings}");
        ParityTests.Stir(network);
        CrossEntropyObjective objective = city.CrossEntropy();

        byte[] model = TrainedModel.Build(network, objective, city.Metadata with { FixedBatch = batch }).ToArray();

        Assert.InRange(ParityCheck.Run(network, objective, model, city.Set(0, 30)), 0, ParityCheck.Tolerance);
        using var predictor = HotspotPredictor.Load(model);
        Assert.Equal((batch, GridMode.Fixed), (predictor.Metadata.FixedBatch!.Value, predictor.Metadata.Grid));
    }
}
