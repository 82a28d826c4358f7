using HotspotInference.Evaluation;
using HotspotInference.Heatmaps;
using HotspotInference.Onnx.Quantization;
using HotspotInference.Periods;
using HotspotInference.Prediction;
using HotspotInference.Simulation;

namespace HotspotInference.Onnx.Tests.Quantization;

public sealed class QuantizedModelTests
{
    static readonly SimulatedCity s_city = new(new SimulatedCityOptions { Seed = 4, Days = 120, EventsPerDay = 6 });
    static readonly byte[] s_model = SmallConvLstm.Model(SmallConvLstm.Metadata with { Training = new DaySpan(Day(10), Day(69)), Validation = new DaySpan(Day(70), Day(109)) });
    // Random weights forecast nothing: what they score is chance.
    static readonly QuantizedModelOptions s_lenient = new() { AveragePrecisionLoss = 0.5, LogLossGain = 0.1 };

    [Fact]
    public void Model_has_thresholds_scores_and_level_of_its_own()
    {
        QuantizedModel quantized = QuantizedModel.Run(s_model, Series(), s_lenient);

        Assert.Null(quantized.Failure);
        using var predictor = HotspotPredictor.Load(quantized.Model);
        using var exact = HotspotPredictor.Load(s_model);
        Assert.Equal("int8", predictor.Metadata.Precision);
        Assert.Equal(40, predictor.Metadata.Selection!.Curves[0].Selected.Totals.Periods);
        PeriodRange held = PeriodRange.Days(Cadence.Day, Day(70), Day(109));
        ModelValidation mine = ModelValidation.Run(predictor, Series(), held), its = ModelValidation.Run(exact, Series(), held);
        Assert.Equal(its.Calibration[0]!.Value, mine.Calibration[0]!.Value, 1e-3 * its.Calibration[0]!.Value);
        Assert.Equal(mine.Thresholds.Values.ToArray(), predictor.Metadata.Thresholds!.Values.ToArray());
        QuantizedScore score = Assert.Single(quantized.Scores);
        Assert.Equal("any", score.Class);
        Assert.InRange(score.LogLoss / score.FullLogLoss, 0.98, 1.02);
    }

    [Theory]
    [InlineData(0.2f)]
    [InlineData(4)]
    public void Level_is_kept_where_a_calibration_makes_risk_follow_logits_less_or_more_steeply(float slope)
    {
        byte[] model = SmallConvLstm.Model(SmallConvLstm.Metadata with { Training = new DaySpan(Day(10), Day(69)), Validation = new DaySpan(Day(70), Day(109)) }, slope);

        using var exact = HotspotPredictor.Load(model);
        using var predictor = HotspotPredictor.Load(QuantizedModel.Run(model, Series(), s_lenient).Model);

        PeriodRange held = PeriodRange.Days(Cadence.Day, Day(70), Day(109));
        double its = ModelValidation.Run(exact, Series(), held).Calibration[0]!.Value, mine = ModelValidation.Run(predictor, Series(), held).Calibration[0]!.Value;
        Assert.Equal(1, mine / its, 2e-4);
    }

    [Fact]
    public void Model_that_is_worse_than_allowed_says_in_what()
    {
        Assert.Contains("average precision", QuantizedModel.Run(s_model, Series(), s_lenient with { AveragePrecisionLoss = -1 }).Failure!, StringComparison.Ordinal);
        Assert.Contains("log loss", QuantizedModel.Run(s_model, Series(), s_lenient with { LogLossGain = -0.5 }).Failure!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(QuantizedPrecision.Int8)]
    [InlineData(QuantizedPrecision.Float16)]
    public void Nothing_after_the_validation_days_changes_the_model(QuantizedPrecision precision)
    {
        HeatmapSeries all = Series(), known = all.Slice(all.Periods with { Count = 110 });
        QuantizedModelOptions options = s_lenient with { Precision = precision };

        Assert.Equal(QuantizedModel.Run(s_model, known, options).Model.ToArray(), QuantizedModel.Run(s_model, all, options).Model.ToArray());
    }

    [Fact]
    public void Model_in_float16_has_scores_and_thresholds_of_what_rounding_leaves()
    {
        QuantizedModel half = QuantizedModel.Run(s_model, Series(), new QuantizedModelOptions { Precision = QuantizedPrecision.Float16 });

        Assert.Null(half.Failure);
        using HotspotPredictor predictor = HotspotPredictor.Load(half.Model), exact = HotspotPredictor.Load(s_model), rounded = HotspotPredictor.Load(HalfPrecision.Rounded(s_model));
        PeriodRange held = PeriodRange.Days(Cadence.Day, Day(70), Day(109));
        Assert.Equal("float16", predictor.Metadata.Precision);
        Assert.Equal(ModelValidation.Run(rounded, Series(), held).Thresholds.Values.ToArray(), predictor.Metadata.Thresholds!.Values.ToArray());
        double largest = 0, relative = 0, squares = 0, count = 0;
        new ForecastReplay(Series(), [exact, rounded], held).Run(period =>
        {
            for (int i = 0; i < period.Actual.Length; i++, count++)
            {
                double difference = Math.Abs((double)period.Risk(0)[i] - period.Risk(1)[i]);
                largest = Math.Max(largest, difference);
                relative = Math.Max(relative, difference / period.Risk(0)[i]);
                squares += Math.Pow(difference / period.Risk(0)[i], 2);
            }
        }, cancellationToken: TestContext.Current.CancellationToken);
        Assert.InRange(largest, 1e-6, 1e-3);
        Assert.Equal((largest, relative), (half.Difference.Largest, half.Difference.LargestRelative));
        Assert.Equal(Math.Sqrt(squares / count), half.Difference.MeanRelative, 1e-12);
        QuantizedScore score = Assert.Single(half.Scores);
        Assert.InRange(score.LogLoss / score.FullLogLoss, 0.999, 1.001);
        Assert.Contains("log loss", QuantizedModel.Run(s_model, Series(), s_lenient with { Precision = QuantizedPrecision.Float16, LogLossGain = -0.5 }).Failure!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Sums_that_float16_does_not_hold_do_not_pass(bool toNoNumber)
    {
        var graph = new OnnxGraphBuilder("large");
        OnnxValue map = graph.Gather(graph.Input("maps", "batch", SmallConvLstm.Steps, 1, "row", "column"), SmallConvLstm.Steps - 1, 1);
        OnnxValue sums = graph.Conv(map, graph.Constant("large", [6e4f], 1, 1, 1, 1), graph.Constant("larger", [6e4f], 1));
        OnnxValue inner = toNoNumber ? graph.Sub(sums, graph.Mul(sums, graph.Scalar(0.5f))) : sums;
        graph.Output("risk", graph.Sigmoid(graph.Conv(inner, graph.Constant("small", [-3e-5f], 1, 1, 1, 1))), "batch", 1, "row", "column");
        graph.Metadata[ModelMetadata.Key] = (SmallConvLstm.Metadata with { Validation = new DaySpan(Day(70), Day(109)) }).ToJson();

        if (toNoNumber)
            Assert.Contains("NaN", Assert.Throws<HotspotException>(() => Half().Failure).Message, StringComparison.Ordinal);
        else
            Assert.Contains("log loss", Half().Failure!, StringComparison.Ordinal);

        QuantizedModel Half() => QuantizedModel.Run(graph.ToArray(), Series(), new QuantizedModelOptions { Precision = QuantizedPrecision.Float16 });
    }

    [Fact]
    public void Days_that_are_not_known_or_overlap_are_refused()
    {
        Assert.Contains("calibration span", Assert.Throws<HotspotException>(() => QuantizedModel.Run(SmallConvLstm.Model(), Series())).Message, StringComparison.Ordinal);
        Assert.Contains("validation span", Assert.Throws<HotspotException>(() => QuantizedModel.Run(s_model, Series(),
            new QuantizedModelOptions { Calibration = new DaySpan(Day(10), Day(80)) })).Message, StringComparison.Ordinal);
    }

    static DateOnly Day(int day) => s_city.Options.Start.AddDays(day);

    static HeatmapSeries Series()
    {
        var builder = new HeatmapBuilder(SmallConvLstm.Metadata.Heatmaps, PeriodRange.Days(Cadence.Day, Day(0), Day(119)));
        builder.AddRange(s_city.Incidents);
        return builder.Build();
    }
}
