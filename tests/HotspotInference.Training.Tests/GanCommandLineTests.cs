using System.Text.Json;
using HotspotInference.Cli.Tests;
using HotspotInference.Incidents;
using HotspotInference.Prediction;
using HotspotInference.Simulation;

namespace HotspotInference.Training.Tests;

public sealed class GanCommandLineTests : IDisposable
{
    static readonly SimulatedCity s_simulated = new(new SimulatedCityOptions { Days = 70 });

    readonly TemporaryFolder _folder = new();
    readonly string _city;

    public GanCommandLineTests()
    {
        _city = _folder["city.csv"];
        IncidentWriter.Write(_city, s_simulated.Incidents);
    }

    string[] Small => ["train", "--incidents", _city, "--area", "44.94,-30.08,45.06,-29.92", "--grid", "9x8", "--window", "3", "--hidden",
        "4,6", "--epochs", "1", "--threads", "1", "--out", _folder["m.onnx"]];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Train_reports_how_far_the_draws_are_apart()
    {
        (int exitCode, string output, string error) = Run([.. Small, "--architecture", "gan", "--draws", "3", "--json"]);

        Assert.True(exitCode == 0, error);
        JsonElement report = JsonDocument.Parse(output).RootElement, draws = report.GetProperty("draws");
        Assert.Equal(3, draws.GetProperty("draws").GetInt32());
        Assert.InRange(draws.GetProperty("deviations")[0].GetDouble(), 1e-6, draws.GetProperty("mean_risks")[0].GetDouble());
        Assert.InRange(report.GetProperty("parity_difference").GetDouble(), 0, 1e-5);
        using var predictor = HotspotPredictor.Load(_folder["m.onnx"]);
        Assert.Equal(("gan", GridMode.Any), (predictor.Metadata.Architecture, predictor.Metadata.Grid));
        HotspotForecast first = predictor.Predict(predictor.CreateState(s_simulated.Incidents)),
            again = predictor.Predict(predictor.CreateState(s_simulated.Incidents));
        Assert.Equal(first.Risk.ToArray(), again.Risk.ToArray());
    }

    [Theory]
    [InlineData("gan", "draws of noise it deviates by")]
    [InlineData("encoder-decoder", "encoder-decoder, ")]
    public void Train_says_what_it_made(string architecture, string expected)
    {
        (int exitCode, string output, string error) = Run([.. Small, "--architecture", architecture]);

        Assert.True(exitCode == 0, error);
        Assert.Contains(expected, output, StringComparison.Ordinal);
    }

    [Fact]
    public void Architecture_without_draws_reports_none()
    {
        (int exitCode, string output, string error) = Run([.. Small, "--architecture", "encoder-decoder", "--json"]);

        Assert.True(exitCode == 0, error);
        Assert.Equal(JsonValueKind.Null, JsonDocument.Parse(output).RootElement.GetProperty("draws").ValueKind);
    }

    static (int ExitCode, string Output, string Error) Run(string[] args)
    {
        using StringWriter stdout = new(), stderr = new();
        int exitCode = TrainingCommandLine.Run(args, stdout, stderr, null, TestContext.Current.CancellationToken);
        return (exitCode, stdout.ToString(), stderr.ToString());
    }
}
