using Google.Protobuf;
using HotspotInference.Incidents;
using HotspotInference.Onnx.History;
using HotspotInference.Onnx.Protos;
using HotspotInference.Onnx.Quantization;
using HotspotInference.Onnx.Tests.Prediction;
using HotspotInference.Prediction;
using DataType = HotspotInference.Onnx.Protos.TensorProto.Types.DataType;

namespace HotspotInference.Onnx.Tests.Quantization;

public sealed class HalfPrecisionTests
{
    static readonly byte[] s_model = SmallConvLstm.Model(), s_half = HalfPrecision.Run(s_model), s_rounded = HalfPrecision.Rounded(s_model);

    [Fact]
    public void Weights_and_sums_are_rounded_to_eleven_bits()
    {
        byte[] model = Plain((graph, map) => graph.Conv(map, graph.Constant("tenth", [0.1f], 1, 1, 1, 1)));

        // A tenth is 1638 / 2^14, seven of them 11466 / 2^14, and the nearest multiple of 2^-11 is 1433 / 2^11: 0.69970703125.
        Assert.Equal(1 / (1 + Math.Exp(-0.7)), Risk(model, 7), 2e-7);
        Assert.Equal(1 / (1 + Math.Exp(-0.69970703125)), Risk(HalfPrecision.Rounded(model), 7), 2e-7);
        // ONNX Runtime may leave the second rounding out on a processor.
        Assert.InRange(Risk(HalfPrecision.Run(model), 7), 1 / (1 + Math.Exp(-0.6997)), 1 / (1 + Math.Exp(-0.69984)));
    }

    [Fact]
    public void All_between_inputs_and_the_last_convolution_is_float16()
    {
        GraphProto graph = ModelProto.Parser.ParseFrom(s_half).Graph;

        Assert.All(graph.Input.Concat(graph.Output), value => Assert.Equal(DataType.Float, value.Type.TensorType.ElemType));
        Assert.Equal(["head", "head_bias", "number_1"], graph.Initializer.Where(tensor => tensor.DataType == DataType.Float).Select(tensor => tensor.Name).Order());
        // Maps, once for all frames, and what the last convolution sees.
        Assert.Equal([10, 1], graph.Node.Where(node => node.OpType == "Cast").Select(node => node.Attribute.Single().I));
        Assert.Equal("head", graph.Node.Last(node => node.OpType == "Conv").Input[1]);
        Assert.Equal(ModelProto.Parser.ParseFrom(s_model).Graph.Node.Count + 2, graph.Node.Count);
        Assert.True(s_half.Length < s_model.Length);
    }

    [Theory]
    [InlineData(1, SmallConvLstm.Rows, SmallConvLstm.Columns)]
    [InlineData(3, SmallConvLstm.Rows, SmallConvLstm.Columns)]
    [InlineData(3, 9, 12)]
    public void Risk_is_that_of_full_precision_in_every_batch_and_grid(int batch, int rows, int columns)
    {
        float[] maps = SmallConvLstm.Maps(batch, rows, columns, 50), exact = Risk(s_model), half = Risk(s_half), rounded = Risk(s_rounded);

        Assert.True(exact.Max() > 1.2 * exact.Min());
        Assert.NotEqual(exact, rounded);
        for (int i = 0; i < exact.Length; i++)
        {
            Assert.InRange(half[i] / exact[i], 0.998, 1.002);
            Assert.InRange(rounded[i] / exact[i], 0.998, 1.002);
        }

        float[] Risk(byte[] model)
        {
            using var predictor = HotspotPredictor.Load(model);
            var risk = new float[batch * rows * columns];
            predictor.Predict(new HotspotInput { Batch = batch, Rows = rows, Columns = columns, Maps = maps }, risk);
            return risk;
        }
    }

    // Rates as small as these are 0 in float16, or have a digit or two.
    [Theory]
    [InlineData("dc-gunfire-daily", 1e-3)]
    [InlineData("nyc-felonies-daily", 1e-3)]
    [InlineData("chicago-crime-daily", 1e-3)]
    [InlineData("dc-gunfire-daily-convlstm", 0.05)]
    public void Shipped_models_keep_the_digits_of_small_risks(string name, double tolerance)
    {
        byte[] model = Shipped(name);
        using HotspotPredictor predictor = HotspotPredictor.Load(model), half = HotspotPredictor.Load(HalfPrecision.Run(model)), rounded = HotspotPredictor.Load(HalfPrecision.Rounded(model));
        (int rows, int columns) = (predictor.Heatmaps.Grid.Rows, predictor.Heatmaps.Grid.Columns);
        float[] exact = Risk(predictor);

        Assert.True(exact.Min() < 1e-3);
        foreach (float[] found in (float[][])[Risk(half), Risk(rounded)])
            Assert.All(exact.Zip(found), pair => Assert.InRange(pair.Second, pair.First * (1 - tolerance), pair.First * (1 + tolerance)));
        Assert.NotEqual(exact, Risk(rounded));

        float[] Risk(HotspotPredictor model)
        {
            var random = new Random(6);
            int cells = rows * columns;
            // Each cell is quiet or busy in all of its rates.
            float[] rates = Draw(cells, () => MathF.Pow(10, -7 + 5 * random.NextSingle())), history = Draw((model.Features.History?.FeatureCount ?? 0) * cells, random.NextSingle);
            for (int i = 0; i < history.Length; i++)
                history[i] = (0.5f + history[i]) * rates[i % cells];
            var risk = new float[model.Classes.Count * cells];
            model.Predict(new HotspotInput
            {
                Rows = rows,
                Columns = columns,
                Maps = Draw((model.Features.Maps?.Lags.Count * model.Features.Maps?.Channels.Count ?? 0) * cells, () => random.Next(40) == 0 ? 1 : 0),
                History = history,
                Calendar = Draw(model.Features.Calendar?.Features.Count ?? 0, random.NextSingle),
            }, risk);
            return risk;
        }

        static float[] Draw(int count, Func<float> draw) => [.. Enumerable.Range(0, count).Select(_ => draw())];
    }

    [Fact]
    public void What_a_logarithm_is_computed_from_keeps_its_digits()
    {
        byte[] model = Plain((graph, map) =>
        {
            OnnxValue rate = graph.Conv(graph.Conv(graph.Conv(map, Weight("first", 0.01f)), Weight("second", 0.01f)), Weight("third", 0.001f));
            return graph.Add(graph.Log(rate), graph.Conv(map, Weight("other", 2.5f)));

            OnnxValue Weight(string name, float value) => graph.Constant(name, [value], 1, 1, 1, 1);
        });

        // 4e-7 is 6.7 of the steps that float16 has there; the logarithm, -14.7, is rounded to 1/128, and the sum behind it to 1/256.
        double expected = Math.Log(4e-7) + 10;
        foreach (byte[] written in (byte[][])[HalfPrecision.Run(model), HalfPrecision.Rounded(model)])
            Assert.Equal(expected, Math.Log(Risk(written, 4) / (1 - Risk(written, 4))), 0.006);
    }

    [Fact]
    public void Number_that_float16_does_not_hold_keeps_its_operation_in_full_precision()
    {
        byte[] model = Plain((graph, map) => graph.Mul(graph.Mul(graph.Conv(map, graph.Constant("half", [0.5f], 1, 1, 1, 1)), graph.Scalar(1e-9f)), graph.Scalar(1e9f)));

        Assert.Equal(1 / (1 + Math.Exp(-1.5)), Risk(HalfPrecision.Run(model), 3), 1e-6);
        Assert.Equal(1 / (1 + Math.Exp(-1.5)), Risk(HalfPrecision.Rounded(model), 3), 1e-6);
    }

    [Fact]
    public void Metadata_are_the_models_and_say_the_precision()
    {
        using var predictor = HotspotPredictor.Load(s_half);

        Assert.Equal(SmallConvLstm.Metadata with { Precision = "float16" }, predictor.Metadata);
        Assert.Equal(s_half, HalfPrecision.Run(s_model));
    }

    [Fact]
    public void What_would_gain_nothing_or_lose_its_numbers_is_refused()
    {
        Refused(s_half, "precision float16");
        Refused(Plain((_, map) => map), "no convolution or matrix product");
        Refused(Plain((graph, map) => graph.Conv(map, graph.Constant("large", [7e4f], 1, 1, 1, 1))), "70000 in 'large', the weights of a Conv");
        Refused(Plain((graph, map) => graph.Conv(map, graph.Constant("none", [float.NaN], 1, 1, 1, 1))), "NaN in 'none'");
        Refused(Plain((graph, map) => graph.Node("Sin", [map])), "the operator Sin");
        Refused(Shipped("demo-city"), "no convolution or matrix product");
        ModelMetadata history = HistoryModels.Metadata(KindEncoding.Any);
        Refused(HistoryModelGraph.Build(HistoryModels.Parameters(history, 1), history).ToArray(), "no convolution or matrix product");
        Refused(OtherData(), "'half' not as raw data");
        Refused(NextIncidentModels.Graph().ToArray(), "a model of the next incident");

        static void Refused(byte[] model, string found) =>
            Assert.Contains(found, Assert.Throws<HotspotException>(() => HalfPrecision.Run(model)).Message, StringComparison.Ordinal);
    }

    // A constant as some other exporters write it: its numbers in float_data, field 4.
    static byte[] OtherData()
    {
        ModelProto model = ModelProto.Parser.ParseFrom(Plain((graph, map) => graph.Conv(map, graph.Constant("half", [0.5f], 1, 1, 1, 1))));
        TensorProto tensor = model.Graph.Initializer.Single(tensor => tensor.Name == "half");
        tensor.ClearRawData();
        tensor.MergeFrom((byte[])[4 << 3 | 2, sizeof(float), .. BitConverter.GetBytes(0.5f)]);
        return model.ToByteArray();
    }

    // The risk of the newest map's count as a logit, through layers of choice and a last convolution.
    static byte[] Plain(Func<OnnxGraphBuilder, OnnxValue, OnnxValue> layers)
    {
        var graph = new OnnxGraphBuilder("plain");
        OnnxValue map = graph.Gather(graph.Input("maps", "batch", SmallConvLstm.Steps, 1, "row", "column"), SmallConvLstm.Steps - 1, 1);
        OnnxValue logits = graph.Conv(layers(graph, map), graph.Constant("one", [1f], 1, 1, 1, 1));
        graph.Output("risk", graph.Sigmoid(logits), "batch", 1, "row", "column");
        graph.Metadata[ModelMetadata.Key] = SmallConvLstm.Metadata.ToJson();
        return graph.ToArray();
    }

    static double Risk(byte[] model, float count)
    {
        using var predictor = HotspotPredictor.Load(model);
        var risk = new float[1];
        predictor.Predict(new HotspotInput { Rows = 1, Columns = 1, Maps = [0, 0, 0, count] }, risk);
        return risk[0];
    }

    static byte[] Shipped(string name) => File.ReadAllBytes(Path.Combine(Repository.Root, "onnx", name + ".onnx"));
}
