using HotspotInference.Evaluation;
using HotspotInference.Features;
using HotspotInference.Onnx.Quantization;
using HotspotInference.Periods;
using HotspotInference.Prediction;
using HotspotInference.Training.Architectures;
using HotspotInference.Training.Export;
using TorchSharp;
using static TorchSharp.torch;

namespace HotspotInference.Training.Tests;

/// <summary>Every architecture in float16.</summary>
public sealed class HalfPrecisionTests
{
    [Theory]
    [InlineData("convlstm", "hidden=5 peephole=channel normalization=batch")]
    [InlineData("convlstm", "hidden=5 peephole=cell")]
    [InlineData("convlstm", "hidden=5 padding=partial")]
    [InlineData("convlstm", "hidden=5 padding=reflect pooling=none")]
    [InlineData("convlstm", "hidden=5 pooling=none layers=2 streaming=2")]
    [InlineData("biconvlstm", "filters=3 hidden=3")]
    [InlineData("sftt", "filters=3 features=6 hidden=5")]
    [InlineData("encoder-decoder", "hidden=4,5,3")]
    [InlineData("gan", "hidden=4,6 noise=2 draws=3")]
    public void Risk_is_that_of_full_precision(string architecture, string settings)
    {
        TinyCity city = TinyCity.Random(rows: 9, columns: 8, steps: 6, days: 80, binaryThreshold: null);
        using Network network = NetworkBuilder.Make(architecture, city.Shape, settings);
        Check(network, city.CrossEntropy(), city.Metadata, city.Series);
    }

    [Theory]
    [InlineData("st-resnet", "period=none trend=none hidden=3")]
    [InlineData("st-transformer", "hidden=8 attention-heads=2 patch=3")]
    public void Risk_is_that_of_full_precision_where_lags_and_calendar_are_the_networks(string architecture, string settings)
    {
        LaggedCity city = LaggedCity.Random(architecture, settings);
        using Network network = city.Network();
        Check(network, new CrossEntropyObjective([0.1], [(1, 1)]), city.Metadata, city.Series);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Risk_is_that_of_full_precision_where_it_begins_with_rates(int kinds)
    {
        HotspotNetCity city = HotspotNetCity.Random(kinds);
        using Network network = city.Network();
        Check(network, city.Objective(), city.Metadata, city.Series);
    }

    [Fact]
    public void Model_for_one_batch_stays_one()
    {
        TinyCity city = TinyCity.Random(days: 80);
        using Network network = city.Network(("hidden", "4"));
        Check(network, city.CrossEntropy(), city.Metadata with { FixedBatch = 1 }, city.Series);
    }

    // Their mean is large beside what they differ by: float16 has steps of 1/2 there.
    [Fact]
    public void External_features_are_standardised_in_full_precision()
    {
        TinyCity city = TinyCity.Random(days: 80, rows: 9, columns: 8);
        var random = new Random(2);
        var tables = new ExternalFeatures(city.Series.Spec, new ExternalPeriods(["pressure"], Enumerable.Range(0, 80)
            .ToDictionary(day => new DateTime(2020, 1, 1).AddDays(day), _ => new[] { 1013 + random.NextDouble() })));
        IReadOnlyList<ExternalFeature> features = tables.Standardized([.. Enumerable.Range(6, 40).Select(day => city.Series.Periods.First + day)]);
        using Network network = NetworkBuilder.Make("convlstm", city.Shape with { External = features.Count }, "hidden=5");
        Check(network, city.CrossEntropy(), city.Metadata with { External = features }, city.Series, tables);
    }

    static void Check(Network network, Objective objective, ModelMetadata metadata, Heatmaps.HeatmapSeries series, ExternalFeatures? external = null)
    {
        using (DisposeScope scope = NewDisposeScope())
            NetworkBuilder.Stir(network);
        network.ShiftLogits([.. metadata.Classes.Select(_ => -2.0)]);
        var held = new DaySpan(new(2020, 2, 10), new(2020, 3, 10));
        byte[] model = TrainedModel.Build(network, objective, metadata with { Validation = held }).ToArray();
        var options = new QuantizedModelOptions { Precision = QuantizedPrecision.Float16 };

        QuantizedModel half = QuantizedModel.Run(model, series, options, external, TestContext.Current.CancellationToken);

        Assert.Null(half.Failure);
        Assert.Equal("float16", half.Metadata.Precision);
        Assert.InRange(half.Difference.Largest, 1e-7, 1e-3);
        Assert.InRange(half.Difference.MeanRelative, 1e-7, 1e-3);
        using HotspotPredictor exact = HotspotPredictor.Load(model), predictor = HotspotPredictor.Load(half.Model);
        double largest = 0;
        new ForecastReplay(series, [Forecaster(exact), Forecaster(predictor)], PeriodRange.Days(Cadence.Day, held.First, held.Last))
            .Run(period => largest = Math.Max(largest, ParityCheck.Largest(period.Risk(1), period.Risk(0))), cancellationToken: TestContext.Current.CancellationToken);
        Assert.InRange(largest, 0, 1e-3);

        IRiskForecaster Forecaster(HotspotPredictor predictor) => external is null ? predictor : predictor.With(external);
    }
}
