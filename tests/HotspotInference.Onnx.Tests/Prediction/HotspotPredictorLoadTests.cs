using System.Text;
using HotspotInference.Features;
using HotspotInference.Forecasts;
using HotspotInference.Prediction;

namespace HotspotInference.Onnx.Tests.Prediction;

public sealed class HotspotPredictorLoadTests
{
    [Fact]
    public void Load_reads_a_file_a_stream_and_memory_alike()
    {
        byte[] model = MapModels.Graph().ToArray();
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, model);
            byte[] padded = [1, 2, .. model, 3];
            using var stream = new MemoryStream(padded, 2, model.Length);

            using var fromFile = HotspotPredictor.Load(path);
            using var fromStream = HotspotPredictor.Load(stream);
            using var fromMemory = HotspotPredictor.Load(padded.AsMemory(2, model.Length));

            Assert.All([fromFile, fromStream, fromMemory], p => Assert.Equal(MapModels.Metadata, p.Metadata));
            Assert.True(stream.CanRead);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Loaded_model_says_what_it_is()
    {
        using var predictor = HotspotPredictor.Load(MapModels.Graph().ToArray());

        Assert.Equal("last map", predictor.Name);
        Assert.Equal(MapModels.Metadata.Heatmaps, predictor.Heatmaps);
        Assert.Equal(MapModels.Metadata.Features, predictor.Features);
        Assert.Equal(["theft"], predictor.Classes);
        Assert.Equal(InferenceDevice.Cpu, predictor.Device);
        Assert.False(predictor.HasIntensity);
        Assert.False(predictor.HasKind);
    }

    [Fact]
    public void Load_of_a_missing_file_names_it()
    {
        var e = Assert.Throws<HotspotException>(() => HotspotPredictor.Load("no/such/model.onnx"));
        Assert.Equal("model 'no/such/model.onnx'", e.Subject);
        Assert.Equal("no such file", e.Found);
    }

    [Fact]
    public void Load_of_an_empty_file_says_so() => Assert.Equal("0 bytes", Refused([]).Found);

    [Theory]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:1234\nsize 12345\n")]
    [InlineData("<html>\r\n<body>404</body></html>")]
    [InlineData("text")]
    public void Load_of_a_text_file_says_so(string text) => Assert.Equal("a text file", Refused(Encoding.UTF8.GetBytes(text)).Found);

    [Fact]
    public void Load_of_a_truncated_model_is_refused_wherever_it_ends()
    {
        byte[] model = MapModels.Graph().ToArray();
        for (int length = 1; length < model.Length; length += 97)
            Refused(model[..length]);

        Assert.Contains($"{model.Length - 1} bytes", Refused(model[..^1]).Found, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_of_a_model_of_another_origin_says_what_to_do()
    {
        var graph = new OnnxGraphBuilder("other");
        graph.Output("y", graph.Exp(graph.Input("x", 1)), 1);

        HotspotException e = Refused(graph.ToArray());

        Assert.Contains("not written by this library", e.Found, StringComparison.Ordinal);
        Assert.Contains("hotspot fit", e.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_of_a_model_with_an_operator_that_does_not_exist_names_it()
    {
        var graph = new OnnxGraphBuilder("other");
        graph.Output("y", graph.Node("Foretell", [graph.Input("x", 1)]), 1);
        graph.Metadata[ModelMetadata.Key] = MapModels.Metadata.ToJson();

        Assert.Contains("Foretell", Refused(graph.ToArray()).Found, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_refuses_inputs_and_outputs_that_are_not_in_the_contract()
    {
        Assert.Contains("input_1", Refused(MapModels.Graph(input: "input_1").ToArray()).Found, StringComparison.Ordinal);
        Assert.Contains("output_1", Refused(MapModels.Graph(output: "output_1").ToArray()).Found, StringComparison.Ordinal);
        Assert.Contains("'risk'", Refused(MapModels.Graph(output: "intensity").ToArray()).Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_refuses_a_rank_that_is_not_the_contracts()
    {
        var graph = new OnnxGraphBuilder("flat");
        graph.Output("risk", graph.Exp(graph.Input("maps", "batch", 2, "row", "column")), "batch", 1, "row", "column");
        graph.Metadata[ModelMetadata.Key] = MapModels.Metadata.ToJson();

        HotspotException e = Refused(graph.ToArray());

        Assert.Equal("model, input 'maps'", e.Subject);
        Assert.Equal("rank 4", e.Found);
        Assert.Contains("[batch, time, channel, row, column]", e.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_refuses_a_network_that_contradicts_its_metadata()
    {
        ModelMetadata metadata = MapModels.Metadata;
        FeatureSpec longer = new() { Maps = metadata.Features.Maps! with { Lags = [3, 2, 1] } };
        FeatureSpec dated = metadata.Features with { Calendar = new() { Features = ["monday"] } };

        AssertHas("time 3", RefusedWith(metadata with { Features = longer }).Expected);
        AssertHas("no input 'calendar'", RefusedWith(metadata with { Features = dated }).Found);
        AssertHas("an input 'maps'", RefusedWith(metadata with { Features = new() }).Found);
        AssertHas("no input 'external'", RefusedWith(metadata with { External = [new("rain", ExternalSource.Period)] }).Found);
        AssertHas($"row {MapModels.Rows}", RefusedWith(metadata with { Grid = GridMode.Fixed }).Expected);
        OnnxGraphBuilder ofOneSize = MapModels.Graph(inputShape: ["batch", 2, 1, 3, 4], outputShape: ["batch", 1, 3, 4]);
        AssertHas("of any size", Refused(ofOneSize.ToArray()).Expected);

        static HotspotException RefusedWith(ModelMetadata metadata) => Refused(MapModels.Graph(metadata).ToArray());

        static void AssertHas(string part, string text) => Assert.Contains(part, text, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_refuses_metadata_of_another_schema_version()
    {
        OnnxGraphBuilder graph = MapModels.Graph();
        string json = graph.Metadata[ModelMetadata.Key];
        graph.Metadata[ModelMetadata.Key] = json.Replace("\"schema_version\":1", "\"schema_version\":2", StringComparison.Ordinal);

        Assert.Contains("version 2", Refused(graph.ToArray()).Found, StringComparison.Ordinal);
    }

    [Fact]
    public void Device_that_is_missing_is_an_error_unless_fallback_is_allowed()
    {
        byte[] model = MapModels.Graph().ToArray();
        if (Microsoft.ML.OnnxRuntime.OrtEnv.Instance().GetAvailableProviders().Contains("CUDAExecutionProvider"))
            Assert.Skip("CUDA is available here.");

        var cuda = new HotspotPredictorOptions { Device = InferenceDevice.Cuda };

        var e = Assert.Throws<HotspotException>(() => HotspotPredictor.Load(model, cuda));
        using var fallen = HotspotPredictor.Load(model, cuda with { AllowFallback = true });

        Assert.Contains("Microsoft.ML.OnnxRuntime.Gpu", e.Message, StringComparison.Ordinal);
        Assert.Equal(InferenceDevice.Cpu, fallen.Device);
    }

    [Fact]
    public void Options_that_contradict_each_other_or_are_out_of_range_are_refused()
    {
        byte[] model = MapModels.Graph().ToArray();
        var contradictory = new HotspotPredictorOptions { RequireDevice = true, AllowFallback = true };
        Assert.Throws<ArgumentException>(() => HotspotPredictor.Load(model, contradictory));
        Assert.Throws<HotspotException>(() => HotspotPredictor.Load(model, new HotspotPredictorOptions { Border = BorderPolicy.Ignore(2) }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new HotspotPredictorOptions { Threads = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new HotspotPredictorOptions { DeviceId = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new HotspotPredictorOptions { MaximumIdleBuffers = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new HotspotPredictorOptions { MaximumConcurrency = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new HotspotPredictorOptions { DeviceMemoryLimitBytes = 0 });
        Assert.Throws<ArgumentException>(() => new HotspotPredictorOptions { OptimizedModelFolder = " " });
    }

    [Fact]
    public void Border_is_the_options_or_else_the_models()
    {
        byte[] model = MapModels.Graph(MapModels.Metadata with { Border = BorderPolicy.Ignore(1) }).ToArray();
        using var own = HotspotPredictor.Load(model);
        using var overridden = HotspotPredictor.Load(model, new HotspotPredictorOptions { Border = BorderPolicy.None, Threads = 1 });

        Assert.Equal(BorderPolicy.Ignore(1), own.Border);
        Assert.Equal(BorderPolicy.None, overridden.Border);
    }

    static HotspotException Refused(byte[] model) => Assert.Throws<HotspotException>(() => HotspotPredictor.Load(model));
}
