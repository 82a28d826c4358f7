using System.Text.Json;
using HotspotInference.Cli.Tests;
using HotspotInference.Incidents;
using HotspotInference.Simulation;

namespace HotspotInference.Training.Tests;

public sealed class KindCommandLineTests : IDisposable
{
    readonly TemporaryFolder _folder = new();
    readonly string _city;

    public KindCommandLineTests()
    {
        _city = _folder["city.csv"];
        // In the west more are of kind a, in the east of kind b.
        var random = new Random(5);
        IncidentWriter.Write(_city, new SimulatedCity(new SimulatedCityOptions { Days = 90 }).Incidents
            .Select(incident => incident with { Kinds = random.NextDouble() < (incident.Longitude < -30 ? 0.9 : 0.2) ? "a" : "b" }));
    }

    string[] Small => ["train", "--incidents", _city, "--area", "44.94,-30.08,45.06,-29.92", "--grid", "6x6", "--window", "3", "--kinds", "a,b",
        "--epochs", "2", "--threads", "1", "--out", _folder["m.onnx"]];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Sftt_learns_the_kinds_too_and_its_model_tells_them()
    {
        (int exitCode, string output, string error) = Run([.. Small, "--architecture", "sftt", "--filters", "4", "--features", "8", "--hidden", "8", "--json"]);

        Assert.True(exitCode == 0, error);
        JsonElement report = JsonDocument.Parse(output).RootElement;
        Assert.InRange(report.GetProperty("parity_difference").GetDouble(), 0, 1e-5);
        JsonElement kinds = report.GetProperty("kinds");
        Assert.True(kinds.GetProperty("incidents").GetInt32() > 0);
        Assert.True(kinds.GetProperty("shares_cross_entropy").GetDouble() > 0);
        using var predictor = HotspotPredictor.Load(_folder["m.onnx"]);
        HotspotForecast forecast = predictor.Predict(predictor.CreateState(new IncidentReader([_city]).Read()));
        Assert.Equal(["a", "b"], forecast.Kinds);
        Assert.Equal(1, forecast.KindsOf(2, 3).Sum(kind => kind.Probability), 1e-5);
        // Nothing of any kind is nothing at all.
        float[] a = forecast.RiskMap("a").ToArray(), b = forecast.RiskMap("b").ToArray(), any = forecast.RiskMap().ToArray();
        Assert.All(Enumerable.Range(0, 36), cell => Assert.Equal(1 - any[cell], (1 - a[cell]) * (1 - b[cell]), 1e-5));
    }

    [Fact]
    public void Two_heads_can_be_asked_of_another_architecture_and_are_part_of_what_is_resumed()
    {
        string[] heads = ["--architecture", "convlstm", "--layers", "1", "--hidden", "2", "--heads", "kinds"];
        (int exitCode, _, string error) = Run([.. Small, .. heads]);
        (int other, _, string refusal) = Run([.. Small, .. heads, "--kind-weight", "2", "--resume"]);

        Assert.True(exitCode == 0, error);
        using var predictor = HotspotPredictor.Load(_folder["m.onnx"]);
        Assert.True(predictor.HasKind);
        Assert.Equal(1, other);
        Assert.Contains("--heads", refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--heads: kinds with --architecture hotspotnet", "--architecture", "hotspotnet", "--heads", "kinds")]
    [InlineData("--calibration", "--loss", "occurrence", "--heads", "kinds", "--calibration", "temperature")]
    [InlineData("above 0", "--kind-weight", "0")]
    [InlineData("classes, kinds", "--heads", "both")]
    public void Heads_that_cannot_be_had_are_bad_usage(string expected, params string[] options)
    {
        (int exitCode, _, string error) = Run([.. Small, .. options]);

        Assert.Equal(2, exitCode);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Preset_of_the_report_is_biconvlstm_with_its_class_weights()
    {
        (int exitCode, string output, string error) = Run([.. Small, "--preset", "shotspotter", "--filters", "2", "--hidden", "2", "--layers", "1", "--json"]);

        Assert.True(exitCode == 0, error);
        Assert.Equal("biconvlstm", JsonDocument.Parse(output).RootElement.GetProperty("architecture").GetString());
        Assert.Contains("--class-weights 100,1", error, StringComparison.Ordinal);
    }

    static (int ExitCode, string Output, string Error) Run(string[] args)
    {
        using StringWriter stdout = new(), stderr = new();
        int exitCode = TrainingCommandLine.Run(args, stdout, stderr, null, TestContext.Current.CancellationToken);
        return (exitCode, stdout.ToString(), stderr.ToString());
    }
}
