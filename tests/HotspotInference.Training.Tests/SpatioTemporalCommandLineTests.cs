using System.Text.Json;
using HotspotInference.Cli.Tests;
using HotspotInference.Features;
using HotspotInference.Incidents;
using HotspotInference.Periods;
using HotspotInference.Prediction;
using HotspotInference.Simulation;

namespace HotspotInference.Training.Tests;

public sealed class SpatioTemporalCommandLineTests : IDisposable
{
    static readonly SimulatedCity s_simulated = new(new SimulatedCityOptions { Days = 120 });

    readonly TemporaryFolder _folder = new();

    public SpatioTemporalCommandLineTests() => IncidentWriter.Write(_folder["city.csv"], s_simulated.Incidents);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Residual_network_is_given_its_lags_and_the_calendar_and_forecasts_from_incidents_alone()
    {
        (int exitCode, string output, string error) = Train("--architecture", "st-resnet", "--closeness", "1,2", "--period", "7",
            "--trend", "28", "--residual-units", "1", "--hidden", "3");

        Assert.True(exitCode == 0, error);
        JsonElement report = JsonDocument.Parse(output).RootElement;
        Assert.InRange(report.GetProperty("parity_difference").GetDouble(), 0, 1e-5);
        // The first day with a window is the 29th; of 92 a fifth is held.
        Assert.Equal((74, 18), (report.GetProperty("training_windows").GetInt32(), report.GetProperty("validation_windows").GetInt32()));
        using var predictor = HotspotPredictor.Load(_folder["m.onnx"]);
        Assert.Equal([28, 7, 2, 1], predictor.Features.Maps!.Lags);
        Assert.Null(predictor.Features.History);
        Assert.Equal(CalendarSpec.Default(Cadence.Day, 74), predictor.Features.Calendar);
        Assert.Equal(GridMode.Any, predictor.Metadata.Grid);
        Assert.True(predictor.HasIntensity);
        Assert.NotEmpty(predictor.Predict(predictor.CreateState(s_simulated.Incidents)).Hotspots(percentile: 96).Cells);
    }

    [Fact]
    public void Residual_network_of_hours_learns_from_sums_on_a_finer_grid()
    {
        (int exitCode, string output, string error) = Train("--architecture", "st-resnet", "--cadence", "6h", "--closeness", "1,2", "--period", "4",
            "--trend", "28", "--cumulate", "4", "--super-resolution", "2", "--fusion", "cell", "--residual-units", "1", "--hidden", "3");

        Assert.True(exitCode == 0, error);
        Assert.InRange(JsonDocument.Parse(output).RootElement.GetProperty("parity_difference").GetDouble(), 0, 1e-5);
        using var predictor = HotspotPredictor.Load(_folder["m.onnx"]);
        Assert.Equal([31, 30, 29, 28, 7, 6, 5, 4, 3, 2, 1], predictor.Features.Maps!.Lags);
        Assert.Contains("hour_sin_1", predictor.Features.Calendar!.Features);
        Assert.Equal(GridMode.Fixed, predictor.Metadata.Grid);
    }

    [Fact]
    public void Lag_below_the_horizon_is_refused_and_says_which_options_to_change()
    {
        (int exitCode, _, string error) = Train("--architecture", "st-resnet", "--horizon", "2");

        Assert.Equal(1, exitCode);
        Assert.Contains("--closeness", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Transformer_is_bound_to_its_grid_and_forecasts_from_incidents_alone()
    {
        (int exitCode, string output, string error) = Train("--architecture", "st-transformer", "--window", "4", "--hidden", "8", "--blocks", "1",
            "--patch", "3");

        Assert.True(exitCode == 0, error);
        Assert.InRange(JsonDocument.Parse(output).RootElement.GetProperty("parity_difference").GetDouble(), 0, 1e-5);
        using var predictor = HotspotPredictor.Load(_folder["m.onnx"]);
        Assert.Equal((GridMode.Fixed, 4), (predictor.Metadata.Grid, predictor.Features.Maps!.Lags.Count));
        Assert.NotEmpty(predictor.Predict(predictor.CreateState(s_simulated.Incidents)).Hotspots(percentile: 96).Cells);
    }

    (int ExitCode, string Output, string Error) Train(params string[] options)
    {
        using StringWriter stdout = new(), stderr = new();
        int exitCode = TrainingCommandLine.Run(["train", "--incidents", _folder["city.csv"], "--area", "44.94,-30.08,45.06,-29.92", "--grid", "8x8",
            "--epochs", "1", "--threads", "1", "--out", _folder["m.onnx"], "--json", .. options], stdout, stderr, null,
            TestContext.Current.CancellationToken);
        return (exitCode, stdout.ToString(), stderr.ToString());
    }
}
