using System.Text.Json;

namespace HotspotInference.Cli.Tests;

public sealed class BenchVerbTests(SmallCity city)
{
    [Fact]
    public void Each_model_is_measured_at_each_batch_size()
    {
        var run = CommandLineRun.Of("bench", "--model", city.Model, "--model", city.KindsModel, "--batch", "1,3", "--seconds", "0.01", "--threads", "1", "--json");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(("cpu", 1), (run.Json.GetProperty("device").GetString(), run.Json.GetProperty("threads").GetInt32()));
        JsonElement[] models = [.. run.Json.GetProperty("models").EnumerateArray()];
        Assert.Equal([Path.GetFileNameWithoutExtension(city.Model), Path.GetFileNameWithoutExtension(city.KindsModel)],
            models.Select(model => model.GetProperty("name").GetString()));
        Assert.All(models, model =>
        {
            JsonElement[] runs = [.. model.GetProperty("runs").EnumerateArray()];
            Assert.Equal([1, 3], runs.Select(batch => batch.GetProperty("batch").GetInt32()));
            Assert.All(runs, batch =>
            {
                Assert.InRange(batch.GetProperty("calls").GetInt32(), 5, int.MaxValue);
                Assert.InRange(batch.GetProperty("p50_ms").GetDouble(), double.Epsilon, batch.GetProperty("p99_ms").GetDouble());
                Assert.InRange(batch.GetProperty("windows_per_second").GetDouble(), double.Epsilon, double.MaxValue);
                // Nothing to compare the processor with.
                Assert.Equal(JsonValueKind.Null, batch.GetProperty("difference").ValueKind);
            });
        });
    }

    [Fact]
    public void Table_has_a_line_a_model_and_batch_size()
    {
        var run = CommandLineRun.Of("bench", "--model", city.Model, "--batch", "2", "--seconds", "0.01");

        Assert.Equal(0, run.ExitCode);
        string line = Assert.Single(run.Output.Split('\n'), line => line.StartsWith(Path.GetFileNameWithoutExtension(city.Model) + " ", StringComparison.Ordinal));
        Assert.Equal("2", line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]);
    }

    [Fact]
    public void Device_that_is_missing_is_a_failure_with_a_remedy()
    {
        if (Microsoft.ML.OnnxRuntime.OrtEnv.Instance().GetAvailableProviders().Contains("CUDAExecutionProvider"))
            Assert.Skip("CUDA is available here.");

        Refusals.Failure(CommandLineRun.Of("bench", "--device", "cuda", "--model", city.Model, "--seconds", "0.01"), "device Cuda", "Microsoft.ML.OnnxRuntime.Gpu");
    }

    [Theory]
    [InlineData("--threads", "0")]
    [InlineData("--batch", "0")]
    [InlineData("--batch", "many")]
    [InlineData("--seconds", "0")]
    [InlineData("--device-id", "-1")]
    [InlineData("--device", "tpu")]
    public void Options_out_of_range_are_bad_usage(string option, string value)
    {
        var run = CommandLineRun.Of("bench", option, value);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(option, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_model_is_named() =>
        Refusals.Failure(CommandLineRun.Of("bench", "--model", "none.onnx"), "model 'none.onnx': no such file");
}
