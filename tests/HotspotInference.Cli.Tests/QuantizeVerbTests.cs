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
}
