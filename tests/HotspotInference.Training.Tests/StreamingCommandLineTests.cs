using System.Text.Json;
using HotspotInference.Cli.Tests;
using HotspotInference.Incidents;
using HotspotInference.Simulation;

namespace HotspotInference.Training.Tests;

public sealed class StreamingCommandLineTests : IDisposable
{
    readonly TemporaryFolder _folder = new();
    readonly string _city;

    public StreamingCommandLineTests()
    {
        _city = _folder["city.csv"];
        IncidentWriter.Write(_city, new SimulatedCity(new SimulatedCityOptions { Days = 90 }).Incidents);
    }

    string[] Small => ["train", "--incidents", _city, "--area", "44.94,-30.08,45.06,-29.92", "--grid", "8x8", "--window", "6", "--hidden", "4",
        "--pooling", "none", "--streaming", "3", "--epochs", "2", "--threads", "1", "--name", "m", "--out", _folder["m.onnx"]];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Train_with_streaming_writes_a_model_that_goes_on_with_the_city()
    {
        (int exitCode, string output, string error) = Run([.. Small, "--fixed-batch", "2", "--json"]);

        Assert.True(exitCode == 0, error);
        Assert.InRange(JsonDocument.Parse(output).RootElement.GetProperty("parity_difference").GetDouble(), 0, 1e-5);
        using var predictor = HotspotPredictor.Load(_folder["m.onnx"]);
        Assert.Equal((8, 2), (predictor.Metadata.StateChannels, predictor.Metadata.FixedBatch!.Value));
        Assert.NotNull(predictor.Metadata.Thresholds);
        var incidents = new IncidentReader([_city]).Read().ToList();
        Features.CityState city = predictor.CreateState(incidents, through: new DateOnly(2015, 3, 1));
        predictor.Predict(city);
        city.Append(incidents.Where(incident => incident.Time >= city.KnownUntil), new DateOnly(2015, 3, 2));
        float[] warm = predictor.Predict(city).Risk.ToArray(),
            cold = predictor.Predict(predictor.CreateState(incidents, through: new DateOnly(2015, 3, 2))).Risk.ToArray();
        Assert.NotEqual(cold, warm);
        Assert.All(cold.Zip(warm), pair => Assert.Equal(pair.First, pair.Second, 0.05f));
    }

    [Fact]
    public void Train_with_streaming_that_pauses_and_goes_on_writes_the_same_model()
    {
        Assert.Equal(0, Run(Small).ExitCode);
        byte[] expected = File.ReadAllBytes(_folder["m.onnx"]);

        Assert.Equal(0, Run([.. Small, "--stop-after", "1"]).ExitCode);
        (int resumed, _, string error) = Run([.. Small, "--resume"]);

        Assert.True(resumed == 0, error);
        Assert.Equal(expected, File.ReadAllBytes(_folder["m.onnx"]));
    }

    [Theory]
    [InlineData("--pooling max", 1, "--pooling none")]
    [InlineData("--fixed-batch 0", 2, "at least 1")]
    [InlineData("--architecture hst-lstm --fixed-batch 1", 2, "--fixed-batch")]
    public void What_cannot_be_streamed_or_fixed_is_refused(string options, int exitCode, string expected)
    {
        string[] given = options.Split(' ');
        string[] rest = given[0] == "--architecture" ? ["train", "--incidents", _city, "--area", "44.94,-30.08,45.06,-29.92", "--grid", "8x8",
            "--out", _folder["m.onnx"]] : [.. Small.Where((_, i) => !(given[0] == "--pooling" && (Small[i] == given[0] || (i > 0 && Small[i - 1] == given[0]))))];

        (int found, _, string error) = Run([.. rest, .. given]);

        Assert.Equal(exitCode, found);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    static (int ExitCode, string Output, string Error) Run(string[] args)
    {
        using StringWriter stdout = new(), stderr = new();
        int exitCode = TrainingCommandLine.Run(args, stdout, stderr, null, TestContext.Current.CancellationToken);
        return (exitCode, stdout.ToString(), stderr.ToString());
    }
}
