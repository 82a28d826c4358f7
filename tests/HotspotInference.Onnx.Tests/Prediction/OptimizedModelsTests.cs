using HotspotInference.Onnx.Quantization;
using HotspotInference.Onnx.Tests.Quantization;
using HotspotInference.Prediction;
using Microsoft.Extensions.Logging;

namespace HotspotInference.Onnx.Tests.Prediction;

public sealed class OptimizedModelsTests : IDisposable
{
    static readonly byte[] s_model = SmallConvLstm.Model();
    static readonly float[] s_maps = SmallConvLstm.Maps(2, SmallConvLstm.Rows, SmallConvLstm.Columns, seed: 1);

    readonly CollectedLog _log = new(LogLevel.Warning);
    readonly string _root = Directory.CreateTempSubdirectory("optimized").FullName;
    readonly HotspotPredictorOptions _options;

    // A folder that is not there yet.
    public OptimizedModelsTests() => _options = new() { LoggerFactory = _log, OptimizedModelFolder = Path.Combine(_root, "a", "b") };

    string[] Kept => Directory.GetFiles(_options.OptimizedModelFolder!);

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Kept_network_forecasts_the_same(bool ofEightBits)
    {
        byte[] model = ofEightBits ? ModelQuantizer.Run(s_model, SmallConvLstm.Windows) : s_model;
        float[] expected = Risk(model, new());

        Assert.Equal(expected, Risk(model, _options));
        DateTime written = File.GetLastWriteTimeUtc(Assert.Single(Kept));
        Assert.Equal(expected, Risk(model, _options));

        Assert.Equal(written, File.GetLastWriteTimeUtc(Assert.Single(Kept)));
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public void Each_model_has_a_file_of_its_own_which_is_read()
    {
        byte[] other = SmallConvLstm.Model(scale: 0.5f);
        float[] expected = Risk(s_model, _options);
        string first = Assert.Single(Kept);

        float[] others = Risk(other, _options);
        Assert.NotEqual(expected, others);
        File.Copy(Assert.Single(Kept, file => file != first), first, overwrite: true);

        Assert.Equal(others, Risk(s_model, _options));
    }

    [Fact]
    public void Damaged_file_is_a_warning_and_the_model_is_loaded_without()
    {
        float[] expected = Risk(s_model, _options);
        string kept = Assert.Single(Kept);
        File.WriteAllText(kept, "text");

        Assert.Equal(expected, Risk(s_model, _options));

        (_, LogLevel level, string text) = Assert.Single(_log.Lines);
        Assert.Equal(LogLevel.Warning, level);
        Assert.StartsWith($"'{kept}' cannot be used", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Folder_that_cannot_be_made_is_a_warning()
    {
        string file = Path.Combine(_root, "file");
        File.WriteAllText(file, "");

        Assert.Equal(Risk(s_model, new()), Risk(s_model, _options with { OptimizedModelFolder = file }));

        Assert.StartsWith($"'{file}", Assert.Single(_log.Lines).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Model_that_cannot_be_loaded_is_refused_and_not_kept()
    {
        var graph = new OnnxGraphBuilder("other");
        graph.Output("risk", graph.Node("Foretell", [graph.Input("maps", 1)]), 1);
        graph.Metadata[ModelMetadata.Key] = MapModels.Metadata.ToJson();

        Assert.Throws<HotspotException>(() => HotspotPredictor.Load(graph.ToArray(), _options));

        Assert.Empty(Kept);
    }

    static float[] Risk(byte[] model, HotspotPredictorOptions options)
    {
        using var predictor = HotspotPredictor.Load(model, options);
        float[] risk = new float[2 * SmallConvLstm.Rows * SmallConvLstm.Columns * predictor.Classes.Count];
        predictor.Predict(new HotspotInput { Batch = 2, Rows = SmallConvLstm.Rows, Columns = SmallConvLstm.Columns, Maps = s_maps }, risk);
        return risk;
    }
}
