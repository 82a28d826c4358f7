using System.Text.Json;
using HotspotInference.Features;
using HotspotInference.Onnx;
using HotspotInference.Prediction;

namespace HotspotInference.Cli.Tests;

public sealed class QuantizeVerbTests(SmallCity city)
{
    [Fact]
    public void Model_that_is_no_convlstm_is_refused_and_nothing_is_written()
    {
        using var folder = new TemporaryFolder();

        var run = CommandLineRun.Of("quantize", "--model", city.Model, "--incidents", city.Incidents, "--out", folder["fast.onnx"]);

        Refusals.Failure(run, "model to quantise: the input 'history'", "convlstm");
        Assert.False(File.Exists(folder["fast.onnx"]));
    }

    [Fact]
    public void Number_of_windows_must_be_positive() => Refusals.BadUsage(
        CommandLineRun.Of("quantize", "--model", city.Model, "--incidents", city.Incidents, "--out", "fast.onnx", "--windows", "0"),
        "--windows: '0'; expected at least 1.");

    [Fact]
    public void Model_in_float16_is_written_with_what_it_is_off_by()
    {
        using var folder = new TemporaryFolder();
        Network().Save(folder["full.onnx"]);

        var run = CommandLineRun.Of("quantize", "--precision", "float16", "--model", folder["full.onnx"], "--incidents", city.Incidents, "--out", folder["half.onnx"], "--json");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        JsonElement report = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal("float16", report.GetProperty("precision").GetString());
        Assert.InRange(report.GetProperty("difference").GetProperty("largest").GetDouble(), 1e-7, 1e-3);
        Assert.Equal(new FileInfo(folder["half.onnx"]).Length, report.GetProperty("bytes").GetInt64());
        using var predictor = HotspotPredictor.Load(folder["half.onnx"]);
        Assert.Equal("float16", predictor.Metadata.Precision);
    }

    // Convolutions of the last two maps, with rates about as large as the city's.
    OnnxGraphBuilder Network()
    {
        using var fitted = HotspotPredictor.Load(city.Model);
        var graph = new OnnxGraphBuilder("two-maps");
        OnnxValue maps = graph.Input("maps", "batch", 2, 1, "row", "column");
        OnnxValue both = graph.Concat(1, graph.Gather(maps, 0, 1), graph.Gather(maps, 1, 1));
        OnnxValue inner = graph.Relu(graph.Conv(both, graph.Constant("inner", [0.7f, 0.9f, 0.3f, 0.1f], 2, 2, 1, 1)));
        OnnxValue logits = graph.Conv(inner, graph.Constant("outer", [0.3f, 0.2f], 1, 2, 1, 1), graph.Constant("bias", [-2.5f], 1));
        graph.Output("risk", graph.Sigmoid(logits), "batch", 1, "row", "column");
        graph.Metadata[ModelMetadata.Key] = (fitted.Metadata with
        {
            Architecture = "two-maps",
            Features = new FeatureSpec { Maps = new MapWindowSpec { Lags = [2, 1], Channels = fitted.Classes } },
            Thresholds = null,
            Selection = null,
        }).ToJson();
        return graph;
    }

    [Fact]
    public void Model_that_float16_would_not_help_is_refused_and_nothing_is_written()
    {
        using var folder = new TemporaryFolder();

        var run = CommandLineRun.Of("quantize", "--precision", "float16", "--model", city.Model, "--incidents", city.Incidents, "--out", folder["half.onnx"]);

        Refusals.Failure(run, "model to write in float16: no convolution or matrix product", "Keep this model in full precision");
        Assert.False(File.Exists(folder["half.onnx"]));
    }

    [Theory]
    [InlineData("--windows", "8", "--windows: given with --precision float16; expected it with int8 alone.")]
    [InlineData("--reduced-range", "true", "--reduced-range: given with --precision float16; expected it with int8 alone.")]
    [InlineData("--external-cells", "cells.csv", "--external-cells: given, but no model sees external features")]
    public void Options_that_do_not_go_with_float16_or_the_model_are_refused(string option, string value, string expected) => Refusals.BadUsage(CommandLineRun.Of(
        "quantize", "--model", city.Model, "--incidents", city.Incidents, "--out", "fast.onnx", "--precision", "float16", option, value), expected);

    [Fact]
    public void Precision_that_is_not_offered_is_refused() => Refusals.BadUsage(
        CommandLineRun.Of("quantize", "--model", city.Model, "--incidents", city.Incidents, "--out", "fast.onnx", "--precision", "bfloat16"),
        "--precision: 'bfloat16'; expected one of int8, float16.");
}
