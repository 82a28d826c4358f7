using System.Globalization;
using System.Text.Json;
using HotspotInference.Cli.Tests;
using HotspotInference.Incidents;
using HotspotInference.Prediction;
using HotspotInference.Simulation;

namespace HotspotInference.Training.Tests;

public sealed class CommandLineTests : IDisposable
{
    readonly TemporaryFolder _folder = new();
    readonly string _city;

    public CommandLineTests()
    {
        _city = _folder["city.csv"];
        IncidentWriter.Write(_city, new SimulatedCity(new SimulatedCityOptions { Days = 90 }).Incidents);
    }

    string[] Small => ["train", "--incidents", _city, "--area", "44.94,-30.08,45.06,-29.92", "--grid", "8x8", "--window", "4", "--hidden",
        "4", "--epochs", "2", "--threads", "1",
        "--out", _folder["m.onnx"]];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_option_has_a_name_of_its_own() =>
        Assert.Equal([], new Verbs.TrainVerb().Options.CountBy(option => option.Name).Where(option => option.Value > 1).Select(option => option.Key));

    [Fact]
    public void Fast_model_computes_with_eight_bits_or_stays_in_full_precision()
    {
        (int exitCode, _, string error) = Run([.. Small, "--precision", "fast"]);

        Assert.True(exitCode == 0, error);
        using var predictor = HotspotPredictor.Load(_folder["m.onnx"]);
        bool isRefused = error.Contains("is the model in full precision", StringComparison.Ordinal);
        Assert.Equal(isRefused ? null : "int8", predictor.Metadata.Precision);
        Assert.NotEqual(isRefused, error.Contains("Eight bits, class any: average precision", StringComparison.Ordinal));
        Assert.NotNull(predictor.Metadata.Thresholds);
    }

    [Theory]
    [InlineData("--architecture", "hotspotnet", "expected convlstm")]
    [InlineData("--validation-share", "0", "needs days held for validation")]
    [InlineData("--padding", "reflect", "expected --padding zero")]
    public void Fast_model_of_what_cannot_be_is_refused(string option, string value, string said)
    {
        (int exitCode, _, string error) = Run([.. Small, "--precision", "fast", option, value]);

        Assert.Equal(2, exitCode);
        Assert.Contains(said, error, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["m.onnx"]));
    }

    [Fact]
    public void Train_writes_a_model_that_forecasts_and_what_it_saw_on_the_way()
    {
        (int exitCode, string output, string error) = Run([.. Small, "--json"]);

        Assert.True(exitCode == 0, error);
        JsonElement report = JsonDocument.Parse(output).RootElement;
        Assert.Equal("convlstm", report.GetProperty("architecture").GetString());
        Assert.InRange(report.GetProperty("parity_difference").GetDouble(), 0, 1e-5);
        Assert.False(report.GetProperty("leaky").GetBoolean());
        string[] table = File.ReadAllLines(_folder["m.training.csv"]);
        Assert.Equal(3, table.Length);
        Assert.StartsWith("2,", table[2], StringComparison.Ordinal);
        Assert.Equal(report.GetProperty("best").GetProperty("validation_loss").GetDouble(),
            table[1..].Min(line => double.Parse(line.Split(',')[2], CultureInfo.InvariantCulture)));
        Assert.Contains("<polyline", File.ReadAllText(_folder["m.training.svg"]), StringComparison.Ordinal);

        using var predictor = HotspotPredictor.Load(_folder["m.onnx"]);
        HotspotForecast forecast = predictor.Predict(predictor.CreateState(new IncidentReader([_city]).Read()));
        Assert.NotNull(predictor.Metadata.Thresholds);
        Assert.NotEmpty(forecast.Hotspots(percentile: 96).Cells);
        Assert.Equal(new DateOnly(2015, 1, 1), predictor.Metadata.HistoryFrom);
        Assert.Equal(new DaySpan(new(2015, 1, 5), new(2015, 3, 14)), predictor.Metadata.Training);
    }

    [Fact]
    public void Train_with_weights_for_each_cell_writes_a_model_for_its_grid()
    {
        (int exitCode, _, string error) = Run([.. Small, "--peephole", "cell", "--loss", "poisson", "--maps", "counts"]);

        Assert.True(exitCode == 0, error);
        using var predictor = HotspotPredictor.Load(_folder["m.onnx"]);
        Assert.Equal(GridMode.Fixed, predictor.Metadata.Grid);
        Assert.True(predictor.HasIntensity);
        Assert.Null(predictor.Features.Maps!.BinaryThreshold);
    }

    [Fact]
    public void Train_resumed_with_other_options_is_refused_and_with_more_epochs_goes_on()
    {
        Assert.Equal(0, Run(Small).ExitCode);

        (int exitCode, _, string error) = Run([.. Small, "--batch", "4", "--resume"]);
        (int resumed, string output, _) = Run([.. Small.Select(argument => argument == "2" ? "3" : argument), "--resume", "--json"]);

        Assert.Equal(1, exitCode);
        Assert.Contains("--batch '8'", error, StringComparison.Ordinal);
        Assert.Equal(0, resumed);
        Assert.Equal(3, JsonDocument.Parse(output).RootElement.GetProperty("epochs").GetInt32());
    }

    [Theory]
    [InlineData("plateau")]
    [InlineData("cosine")]
    public void Train_that_pauses_and_goes_on_writes_the_same_model(string schedule)
    {
        string[] whole = [.. Small, "--schedule", schedule, "--name", "m"];
        Assert.Equal(0, Run(whole).ExitCode);
        byte[] expected = File.ReadAllBytes(_folder["m.onnx"]);

        (int exitCode, string output, _) = Run([.. whole, "--stop-after", "1", "--json"]);
        byte[] paused = File.ReadAllBytes(_folder["m.onnx"]);
        (int resumed, _, string error) = Run([.. whole, "--resume"]);

        Assert.Equal(0, exitCode);
        Assert.Equal("Paused", JsonDocument.Parse(output).RootElement.GetProperty("stopped").GetString());
        Assert.NotEqual(expected, paused);
        Assert.True(resumed == 0, error);
        Assert.Equal(expected, File.ReadAllBytes(_folder["m.onnx"]));
    }

    [Fact]
    public void Train_asked_to_stop_saves_and_says_how_to_go_on()
    {
        using var stopped = new CancellationTokenSource();
        using var error = new StopAt("epoch 3", stopped);

        int exitCode = TrainingCommandLine.Run([.. Small.Select(argument => argument == "2" ? "500" : argument)], TextWriter.Null, error,
            null, stopped.Token);

        Assert.Equal(1, exitCode);
        Assert.Contains("--resume", error.ToString(), StringComparison.Ordinal);
        Assert.True(File.Exists(_folder["m.checkpoint"]));
        Assert.False(File.Exists(_folder["m.onnx"]));
    }

    [Fact]
    public void Preset_of_the_article_is_its_settings_marked_leaky()
    {
        (int exitCode, string output, string error) = Run(["train", "--incidents", _city, "--preset", "omdena", "--hidden", "2", "--epochs",
            "1", "--json", "--threads", "1",
            "--out", _folder["m.onnx"]]);

        Assert.True(exitCode == 0, error);
        JsonElement report = JsonDocument.Parse(output).RootElement;
        Assert.True(report.GetProperty("leaky").GetBoolean());
        Assert.Contains("LEAKY", error, StringComparison.Ordinal);
        Assert.Equal(1, report.GetProperty("epochs").GetInt32());
        using var predictor = HotspotPredictor.Load(_folder["m.onnx"]);
        Assert.Equal((32, 32), (predictor.Heatmaps.Grid.Rows, predictor.Heatmaps.Grid.Columns));
        Assert.Equal(Enumerable.Range(1, 16).Reverse(), predictor.Features.Maps!.Lags);
        Assert.Equal((Heatmaps.MissingPeriods.EmptyPeriods, Heatmaps.FillMethod.Linear),
            (predictor.Heatmaps.MissingPeriods, predictor.Heatmaps.Filling));
        Assert.Equal(1e-4, report.GetProperty("best").GetProperty("learning_rate").GetDouble());
        // 74 windows of 90 days, the last fifth held.
        Assert.Equal((59, 15), (report.GetProperty("training_windows").GetInt32(), report.GetProperty("validation_windows").GetInt32()));
    }

    [Theory]
    [InlineData("--epochs", "0", "at least 1")]
    [InlineData("--architecture", "transformer", "convlstm")]
    [InlineData("--preset", "omega", "omdena, shotspotter")]
    [InlineData("--class-weights", "20", "base-rate")]
    [InlineData("--hidden", "x", "whole numbers")]
    [InlineData("--learning-rate", "2", "below 1")]
    [InlineData("--window", "4 --window 4", "2 values; expected one")]
    [InlineData("--train-to", "2014-01-01", "training")]
    public void Option_that_cannot_be_used_is_bad_usage(string option, string value, string expected)
    {
        (int exitCode, _, string error) = Run(["train", "--incidents", _city, "--out", _folder["m.onnx"], option, .. value.Split(' ')]);

        Assert.Equal(2, exitCode);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    static (int ExitCode, string Output, string Error) Run(string[] args)
    {
        using StringWriter stdout = new(), stderr = new();
        int exitCode = TrainingCommandLine.Run(args, stdout, stderr, null, TestContext.Current.CancellationToken);
        return (exitCode, stdout.ToString(), stderr.ToString());
    }
}
