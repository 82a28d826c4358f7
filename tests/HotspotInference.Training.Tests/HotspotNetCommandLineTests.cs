using System.Globalization;
using System.Text.Json;
using HotspotInference.Cli.Tests;
using HotspotInference.Features;
using HotspotInference.Incidents;
using HotspotInference.Simulation;

namespace HotspotInference.Training.Tests;

public sealed class HotspotNetCommandLineTests : IDisposable
{
    static readonly SimulatedCity s_simulated = new(new SimulatedCityOptions { Days = 120 });

    readonly TemporaryFolder _folder = new();
    readonly string _city;

    public HotspotNetCommandLineTests()
    {
        _city = _folder["city.csv"];
        IncidentWriter.Write(_city, s_simulated.Incidents);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Train_takes_the_architectures_defaults_and_writes_a_model_that_forecasts()
    {
        (int exitCode, string output, string error) = Run([.. Train(_city, "m.onnx"), "--json"]);

        Assert.True(exitCode == 0, error);
        JsonElement report = JsonDocument.Parse(output).RootElement;
        Assert.Equal(("hotspotnet", 5, "4"), (report.GetProperty("architecture").GetString(), report.GetProperty("epochs").GetInt32(),
            report.GetProperty("settings").GetProperty("hidden").GetString()));
        Assert.InRange(report.GetProperty("parity_difference").GetDouble(), 0, 1e-5);
        Assert.InRange(report.GetProperty("calibration")[0].GetDouble(), 0.8, 1.25);
        // A quarter of the days is history only; then 90, of which the last fifth is held.
        Assert.Equal((72, 18), (report.GetProperty("training_windows").GetInt32(), report.GetProperty("validation_windows").GetInt32()));
        // A cosine from 0.001: column 4 of each epoch's row.
        Assert.Equal([1e-3, 9.05e-4, 6.55e-4, 3.45e-4, 9.5e-5], File.ReadLines(_folder["m.training.csv"]).Skip(1)
            .Select(line => Math.Round(double.Parse(line.Split(',')[3], CultureInfo.InvariantCulture), 6)),
                (a, b) => Math.Abs(a - b) < 1e-6);

        using var predictor = HotspotPredictor.Load(_folder["m.onnx"]);
        HotspotForecast forecast = predictor.Predict(predictor.CreateState(s_simulated.Incidents));
        Assert.Equal((4, null), (predictor.Features.Maps!.Lags.Count, predictor.Features.Maps.BinaryThreshold));
        Assert.Equal(HistorySpec.Extended(predictor.Heatmaps), predictor.Features.History);
        // 72 days are learnt: four half-lives of 14 of them, and no year.
        Assert.Equal("total_14",
            predictor.Features.Calendar!.Features.Last(feature => feature.StartsWith("total", StringComparison.Ordinal)));
        Assert.DoesNotContain("year_sin_1", predictor.Features.Calendar.Features);
        Assert.True(predictor.HasIntensity);
        Assert.NotEmpty(forecast.Hotspots(percentile: 96).Cells);
    }

    [Fact]
    public void Options_that_are_given_win_over_the_architectures_defaults()
    {
        (int exitCode, string output,
            string error) = Run([.. Train(_city, "m.onnx"), "--epochs", "2", "--schedule", "plateau", "--hidden", "2", "--window", "3",
            "--maps", "binary", "--loss", "cross-entropy", "--mixture", "trained", "--members", "1", "--json"]);

        Assert.True(exitCode == 0, error);
        JsonElement report = JsonDocument.Parse(output).RootElement;
        Assert.Equal((2, "2", "trained"),
            (report.GetProperty("epochs").GetInt32(), report.GetProperty("settings").GetProperty("hidden").GetString(),
            report.GetProperty("settings").GetProperty("mixture").GetString()));
        Assert.All(File.ReadLines(_folder["m.training.csv"]).Skip(1), line => Assert.Equal("0.001", line.Split(',')[3]));
        using var predictor = HotspotPredictor.Load(_folder["m.onnx"]);
        Assert.Equal((3, 1f), (predictor.Features.Maps!.Lags.Count, predictor.Features.Maps.BinaryThreshold));
        Assert.False(predictor.HasIntensity);
    }

    [Fact]
    public void Train_goes_on_from_a_checkpoint_but_not_over_another_cosine()
    {
        Assert.Equal(0, Run([.. Train(_city, "straight.onnx"), "--name", "m", "--epochs", "3"]).ExitCode);
        using var stopped = new CancellationTokenSource();
        using var error = new StopAt("epoch 2", stopped);
        string[] arguments = [.. Train(_city, "m.onnx"), "--name", "m", "--epochs", "3"];

        Assert.Equal(1, TrainingCommandLine.Run(arguments, TextWriter.Null, error, null, stopped.Token));
        (int longer, _, string refusal) = Run([.. Train(_city, "m.onnx"), "--name", "m", "--epochs", "4", "--resume"]);
        (int resumed, _, _) = Run([.. arguments, "--resume"]);

        Assert.Equal((1, 0), (longer, resumed));
        Assert.Contains("over 4 epochs", refusal, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(_folder["straight.onnx"]), File.ReadAllBytes(_folder["m.onnx"]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Nothing_after_the_days_learnt_changes_the_model(int horizon)
    {
        DateTime end = s_simulated.Options.Start.AddDays(100).ToDateTime(TimeOnly.MinValue);
        string other = _folder["other.csv"];
        IncidentWriter.Write(other,
            s_simulated.Incidents.Select(incident => incident.Time < end ? incident : incident with { Latitude = 45, Longitude = -30 }));
        string[] span = ["--name", "m", "--epochs", "1", "--horizon", $"{horizon}", "--train-to", "2015-04-10", "--validation-share", "0"];

        Assert.Equal(0, Run([.. Train(_city, "a.onnx"), .. span]).ExitCode);
        Assert.Equal(0, Run([.. Train(other, "b.onnx"), .. span]).ExitCode);
        Assert.Equal(0,
            Run([.. Train(other, "c.onnx"), .. span.Select(argument => argument == "2015-04-10" ? "2015-04-11" : argument)]).ExitCode);

        Assert.Equal(File.ReadAllBytes(_folder["a.onnx"]), File.ReadAllBytes(_folder["b.onnx"]));
        Assert.NotEqual(File.ReadAllBytes(_folder["a.onnx"]), File.ReadAllBytes(_folder["c.onnx"]));
    }

    [Fact]
    public void Kinds_are_learnt_by_one_network_and_forecast_apart()
    {
        (int exitCode, string output,
            string error) = Run([.. Train(_city, "m.onnx"), "--epochs", "1", "--kinds", "theft=theft other=*", "--json"]);

        Assert.True(exitCode == 0, error);
        using var predictor = HotspotPredictor.Load(_folder["m.onnx"]);
        Assert.Equal(["theft", "other", "any"], predictor.Classes);
        Assert.All(JsonDocument.Parse(output).RootElement.GetProperty("calibration").EnumerateArray(),
            ratio => Assert.InRange(ratio.GetDouble(), 0.7, 1.4));
    }

    [Theory]
    [InlineData("temperature")]
    [InlineData("isotonic")]
    public void Calibration_is_fitted_to_the_days_of_validation_and_no_later_ones(string kind)
    {
        DateTime end = s_simulated.Options.Start.AddDays(110).ToDateTime(TimeOnly.MinValue);
        string other = _folder["other.csv"];
        IncidentWriter.Write(other, s_simulated.Incidents.Select(incident => incident.Time < end ? incident
            : incident with { Latitude = 45, Longitude = -30 }));
        // The first 110 days end on April 20th.
        string[] options = ["--name", "m", "--epochs", "1", "--train-to", "2015-03-31", "--validate-to", "2015-04-20", "--calibration", kind];

        (int exitCode, _, string error) = Run([.. Train(_city, "a.onnx"), .. options]);
        Assert.True(exitCode == 0, error);
        Assert.Equal(0, Run([.. Train(other, "b.onnx"), .. options]).ExitCode);

        Assert.Equal(File.ReadAllBytes(_folder["a.onnx"]), File.ReadAllBytes(_folder["b.onnx"]));
        using var predictor = HotspotPredictor.Load(_folder["a.onnx"]);
        Assert.Equal(kind, predictor.Metadata.Calibration!.Method.ToString(), ignoreCase: true);
        Assert.Equal(["any"], predictor.Metadata.Calibration.Classes.Select(one => one.Class));
    }

    [Theory]
    [InlineData("--loss", "cross-entropy", "--loss occurrence")]
    [InlineData("--validation-share", "0", "validation")]
    public void Calibration_that_cannot_be_is_bad_usage(string option, string value, string expected)
    {
        (int exitCode, _, string error) = Run([.. Train(_city, "m.onnx"), "--calibration", "temperature", option, value]);

        Assert.Equal(2, exitCode);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    string[] Train(string incidents, string model) =>
    [
        "train", "--incidents", incidents, "--area", "44.94,-30.08,45.06,-29.92", "--grid", "8x8", "--from", "2015-01-01",
        "--to", "2015-04-30",
        "--architecture", "hotspotnet", "--width", "4", "--threads", "1", "--out", _folder[model],
    ];

    static (int ExitCode, string Output, string Error) Run(string[] args)
    {
        using StringWriter stdout = new(), stderr = new();
        int exitCode = TrainingCommandLine.Run(args, stdout, stderr, null, TestContext.Current.CancellationToken);
        return (exitCode, stdout.ToString(), stderr.ToString());
    }
}
