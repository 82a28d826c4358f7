using System.Runtime.InteropServices;
using Google.Protobuf;
using HotspotInference.Onnx.Protos;
using HotspotInference.Onnx.Quantization;
using HotspotInference.Onnx.Tests.Prediction;
using Microsoft.ML.OnnxRuntime;

namespace HotspotInference.Onnx.Tests.Quantization;

public sealed class ModelQuantizerTests
{
    static readonly byte[] s_model = SmallConvLstm.Model(), s_quantized = ModelQuantizer.Run(s_model, SmallConvLstm.Windows);

    [Fact]
    public void Runtime_computes_all_but_the_last_convolution_with_bytes()
    {
        string file = Path.GetTempFileName();
        try
        {
            using (var settings = new SessionOptions { OptimizedModelFilePath = file, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR })
            using (new InferenceSession(s_quantized, settings)) { }
            Dictionary<string, int> operators = ModelProto.Parser.ParseFrom(File.ReadAllBytes(file)).Graph.Node.CountBy(node => node.OpType).ToDictionary();

            Assert.Equal(SmallConvLstm.Steps + 2, operators["QLinearConv"]);
            Assert.Equal(1, operators["Conv"]);
            // Four gates and the state, but no forget gate in a layer's first step.
            Assert.Equal(4 * 5 + 2 * 5 - 2, operators["QLinearSigmoid"]);
            Assert.True(operators["QLinearMul"] > 0 && operators["QLinearAdd"] > 0);
            Assert.DoesNotContain("Tanh", operators.Keys);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Convolution_of_bytes_is_that_of_whole_numbers_rounded_once()
    {
        ModelProto model = ModelProto.Parser.ParseFrom(s_quantized);
        GraphProto graph = model.Graph;
        Dictionary<string, NodeProto> producers = graph.Node.SelectMany(node => node.Output.Select(output => (output, node))).ToDictionary(pair => pair.output, pair => pair.node);
        Dictionary<string, TensorProto> constants = graph.Initializer.ToDictionary(tensor => tensor.Name);
        // The second step of the first layer: a map, repeated, and the state before.
        NodeProto convolution = graph.Node.First(node => node.OpType == "Conv" && producers[producers[node.Input[0]].Input[0]].OpType == "Concat");
        NodeProto read = producers[convolution.Input[0]], weights = producers[convolution.Input[1]], bias = producers[convolution.Input[2]],
            write = graph.Node.Single(node => node.OpType == "QuantizeLinear" && node.Input[0] == convolution.Output[0]);
        graph.Output.Clear();
        foreach (string name in (ReadOnlySpan<string>)[read.Input[0], write.Output[0]])
            graph.Output.Add(new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = TensorProto.Types.DataType.Uint8 } } });
        using var session = new InferenceSession(model.ToByteArray());
        using var input = OrtValue.CreateTensorValueFromMemory(SmallConvLstm.Maps(1, SmallConvLstm.Rows, SmallConvLstm.Columns, 77),
            [1, SmallConvLstm.Steps, 1, SmallConvLstm.Rows, SmallConvLstm.Columns]);
        using var options = new RunOptions();
        using var outputs = session.Run(options, ["maps"], [input], [read.Input[0], write.Output[0]]);
        byte[] x = outputs[0].GetTensorDataAsSpan<byte>().ToArray(), y = outputs[1].GetTensorDataAsSpan<byte>().ToArray();

        sbyte[] w = Values<sbyte>(weights.Input[0]);
        float[] scales = Values<float>(weights.Input[1]);
        int[] shifts = Values<int>(bias.Input[0]);
        float from = Values<float>(read.Input[1])[0], to = Values<float>(write.Input[1])[0];
        int channels = (int)constants[weights.Input[0]].Dims[1], rows = SmallConvLstm.Rows, columns = SmallConvLstm.Columns;
        Assert.True(channels > 1 + SmallConvLstm.Hidden);
        for (int o = 0; o < 4 * SmallConvLstm.Hidden; o++)
        for (int r = 0; r < rows; r++)
        for (int c = 0; c < columns; c++)
        {
            long sum = shifts[o];
            for (int i = 0; i < channels; i++)
            for (int dr = -1; dr <= 1; dr++)
            for (int dc = -1; dc <= 1; dc++)
            {
                if (r + dr >= 0 && r + dr < rows && c + dc >= 0 && c + dc < columns)
                    sum += (x[(i * rows + r + dr) * columns + c + dc] - 128) * w[((o * channels + i) * 3 + dr + 1) * 3 + dc + 1];
            }
            double expected = Math.Clamp(sum * (double)from * scales[o] / to + 128, 0, 255);
            // The runtime's factor is a float32: halves may go either way.
            Assert.InRange(Math.Abs(y[(o * rows + r) * columns + c] - expected), 0, 0.5 + 1e-4);
        }

        T[] Values<T>(string name) where T : unmanaged => MemoryMarshal.Cast<byte, T>(constants[name].RawData.Span).ToArray();
    }

    [Theory]
    [InlineData(1, SmallConvLstm.Rows, SmallConvLstm.Columns)]
    [InlineData(3, SmallConvLstm.Rows, SmallConvLstm.Columns)]
    [InlineData(8, SmallConvLstm.Rows, SmallConvLstm.Columns)]
    [InlineData(3, 9, 12)]
    public void Risk_is_close_to_that_of_full_precision_in_every_batch_and_grid(int batch, int rows, int columns)
    {
        float[] maps = SmallConvLstm.Maps(batch, rows, columns, 50), exact = Risk(s_model), found = Risk(s_quantized);

        // Risks of these windows differ from each other by a fifth; those of the two models by no more than a fiftieth.
        Assert.True(exact.Max() > 1.2 * exact.Min());
        for (int i = 0; i < exact.Length; i++)
            Assert.InRange(found[i] / exact[i], 0.98, 1.02);
        Assert.NotEqual(exact, found);

        float[] Risk(byte[] model)
        {
            using var predictor = HotspotPredictor.Load(model);
            var risk = new float[batch * rows * columns];
            predictor.Predict(new HotspotInput { Batch = batch, Rows = rows, Columns = columns, Maps = maps }, risk);
            return risk;
        }
    }

    [Fact]
    public void Metadata_are_the_models_and_say_the_precision()
    {
        using var predictor = HotspotPredictor.Load(s_quantized);

        Assert.Equal(SmallConvLstm.Metadata with { Precision = "int8" }, predictor.Metadata);
        Assert.Equal(s_quantized, ModelQuantizer.Run(s_model, SmallConvLstm.Windows));
        Assert.True(s_quantized.Length < s_model.Length);
    }

    [Fact]
    public void Reduced_range_keeps_weights_within_seven_bits()
    {
        byte[] model = ModelQuantizer.Run(s_model, SmallConvLstm.Windows, new QuantizerOptions { ReducedRange = true });

        Assert.Equal(127, Largest(s_quantized));
        Assert.Equal(63, Largest(model));

        static int Largest(byte[] model) => ModelProto.Parser.ParseFrom(model).Graph.Initializer.Where(tensor => tensor.DataType == TensorProto.Types.DataType.Int8)
            .Max(tensor => MemoryMarshal.Cast<byte, sbyte>(tensor.RawData.Span).ToArray().Max(weight => Math.Abs((int)weight)));
    }

    [Fact]
    public void What_cannot_be_quantised_is_refused()
    {
        Assert.Contains("precision int8", Assert.Throws<HotspotException>(() => ModelQuantizer.Run(s_quantized, SmallConvLstm.Windows)).Message, StringComparison.Ordinal);
        byte[] plain = MapModels.Graph().ToArray();
        Assert.Contains("no convolution", Assert.Throws<HotspotException>(() => ModelQuantizer.Run(plain, [new float[24]])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => ModelQuantizer.Run(s_model, []));
        Assert.Throws<ArgumentException>(() => ModelQuantizer.Run(s_model, [new float[3]]));
        float[] broken = SmallConvLstm.Maps(1, SmallConvLstm.Rows, SmallConvLstm.Columns, 1);
        broken[3] = float.NaN;
        Assert.Contains("NaN", Assert.Throws<HotspotException>(() => ModelQuantizer.Run(s_model, [broken])).Message, StringComparison.Ordinal);
        Assert.Contains("Infinity", Assert.Throws<HotspotException>(() => ModelQuantizer.Run(SmallConvLstm.Model(scale: 2e38f), SmallConvLstm.Windows)).Message, StringComparison.Ordinal);
    }
}
