using System.Text.Json;
using HotspotInference.Features;
using HotspotInference.Onnx;
using HotspotInference.Prediction;

namespace HotspotInference.Cli.Tests;

public sealed class InfoVerbTests(SmallCity city)
{
    [Fact]
    public void Json_is_all_that_stands_on_stdout()
    {
        var run = CommandLineRun.Of("info", "--json");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal("1.29.0", run.Json.GetProperty("onnx_runtime").GetString());
        Assert.Equal(Environment.ProcessorCount, run.Json.GetProperty("processors").GetInt32());
        Assert.Contains("CPUExecutionProvider",
            run.Json.GetProperty("execution_providers").EnumerateArray().Select(provider => provider.GetString()));
    }

    [Fact]
    public void Model_is_told_with_the_thresholds_that_its_rule_chose()
    {
        var run = CommandLineRun.Of("info", "--model", city.KindsModel, "--json");
        var text = CommandLineRun.Of("info", "--model", city.KindsModel);

        JsonElement model = run.Json.GetProperty("model");
        Assert.Equal(("history", "day", "coverage=0.05"),
            (model.GetProperty("architecture").GetString(), model.GetProperty("cadence").GetString(),
            model.GetProperty("threshold_rule").GetString()));
        Assert.Equal(["theft", "other", "any"],
            model.GetProperty("thresholds").EnumerateArray().Select(chosen => chosen.GetProperty("class").GetString()));
        // 31 days of July, 120 cells: 186 of 3,720 cell-periods may be hot; equal risks may leave some out.
        Assert.All(model.GetProperty("thresholds").EnumerateArray(),
            chosen => Assert.InRange(chosen.GetProperty("coverage").GetDouble(), 0.045, 0.05));
        Assert.Contains("Thresholds chosen on validation by coverage=0.05", text.Output, StringComparison.Ordinal);
        Assert.All(text.Output.Split('\n').SkipWhile(line => !line.StartsWith("Thresholds", StringComparison.Ordinal)),
            line => Assert.InRange(line.TrimEnd().Length, 0, 80));
        Assert.Equal(JsonValueKind.Null, CommandLineRun.Of("info", "--json").Json.GetProperty("model").ValueKind);
        Refusals.Failure(CommandLineRun.Of("info", "--model", "none.onnx"), "model 'none.onnx': no such file");
    }

    [Theory]
    [InlineData(CalibrationMethod.Temperature, "slope x log intensity + shift")]
    [InlineData(CalibrationMethod.Isotonic, "by an isotonic line")]
    public void Model_is_told_with_its_calibration(CalibrationMethod method, string title)
    {
        using var folder = new TemporaryFolder();
        string file = folder["calibrated.onnx"];
        using (var fitted = HotspotPredictor.Load(city.Model))
        {
            ClassCalibration one = method == CalibrationMethod.Temperature ? new() { Class = "any", Slope = 0.8125, Shift = -0.25 }
                : new() { Class = "any", Risks = [0, 0.0375, 1], Calibrated = [0, 0.0625, 1] };
            var graph = new OnnxGraphBuilder("yesterday");
            OnnxValue maps = graph.Input("maps", "batch", 1, 1, "row", "column");
            graph.Output("risk", graph.Sigmoid(graph.Gather(maps, 0, 1)), "batch", 1, "row", "column");
            graph.Metadata[ModelMetadata.Key] = (fitted.Metadata with
            {
                Features = new FeatureSpec { Maps = new MapWindowSpec { Lags = [1], Channels = ["any"] } },
                Calibration = new ModelCalibration(method, [one]),
            }).ToJson();
            graph.Save(file);
        }

        var run = CommandLineRun.Of("info", "--model", file, "--json");
        var text = CommandLineRun.Of("info", "--model", file);

        Assert.True(run.ExitCode == 0, run.Error);
        JsonElement calibration = run.Json.GetProperty("model").GetProperty("calibration"), numbers = calibration.GetProperty("classes")[0];
        Assert.Equal($"{method}", calibration.GetProperty("method").GetString());
        Assert.Contains(title, text.Output, StringComparison.Ordinal);
        if (method == CalibrationMethod.Temperature)
            Assert.Equal((0.8125, -0.25), (numbers.GetProperty("slope").GetDouble(), numbers.GetProperty("shift").GetDouble()));
        else
            Assert.Equal(0.0625, numbers.GetProperty("calibrated")[1].GetDouble());
        Assert.Contains(method == CalibrationMethod.Temperature ? "0.8125" : "0.0625", text.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_in_a_file_stands_beside_the_text()
    {
        using var folder = new TemporaryFolder();

        var run = CommandLineRun.Of("info", "--json", folder["info.json"]);

        Assert.Contains("ONNX Runtime  1.29.0", run.Output, StringComparison.Ordinal);
        Assert.Equal("1.29.0",
            JsonDocument.Parse(File.ReadAllText(folder["info.json"])).RootElement.GetProperty("onnx_runtime").GetString());
    }
}
