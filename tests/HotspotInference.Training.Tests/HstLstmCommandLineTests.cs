using System.Globalization;
using System.Text.Json;
using HotspotInference.Cli.Tests;
using HotspotInference.Incidents;

namespace HotspotInference.Training.Tests;

public sealed class HstLstmCommandLineTests : IDisposable
{
    static readonly HstLstmCity s_made = HstLstmCity.Moving(240, steps: 4);

    readonly TemporaryFolder _folder = new();
    readonly string _city;

    public HstLstmCommandLineTests()
    {
        _city = _folder["city.csv"];
        IncidentWriter.Write(_city, s_made.Incidents);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Train_writes_a_model_that_ranks_cells_and_says_what_it_sees()
    {
        (int exitCode, string output, string error) = Run([.. Train(_city, "m.onnx"), "--json"]);

        Assert.True(exitCode == 0, error);
        JsonElement report = JsonDocument.Parse(output).RootElement;
        Assert.Equal(("hst-lstm", "2", "64"), (report.GetProperty("architecture").GetString(),
            report.GetProperty("settings").GetProperty("sessions").GetString(), report.GetProperty("settings").GetProperty("hidden").GetString()));
        Assert.InRange(report.GetProperty("parity_difference").GetDouble(), 0, 1e-5);
        Assert.Equal(2, File.ReadLines(_folder["m.training.csv"]).Skip(1).Count());
        // Five have to be known before the first target; all others are learnt or held, each once.
        int known = s_made.Events.Before(s_made.Events.TimeOf(0).Date.AddDays(1)).Count;
        Assert.Equal(240 - Math.Max(5, known), report.GetProperty("training_windows").GetInt32() + report.GetProperty("validation_windows").GetInt32());
        using var predictor = NextIncidentPredictor.Load(_folder["m.onnx"]);
        Assert.Equal((4, "hst-lstm"), (predictor.Events.Steps, predictor.Metadata.Architecture));
        Assert.Equal(1, predictor.Predict(s_made.Incidents, DateTime.MaxValue).Probabilities.ToArray().Sum(), 1e-5);
    }

    [Fact]
    public void Nothing_after_the_days_learnt_changes_the_model()
    {
        DateTime last = s_made.Events.TimeOf(150).Date, end = last.AddDays(1);
        string other = _folder["other.csv"];
        IncidentWriter.Write(other, s_made.Incidents.Select((incident, i) => incident.Time < end ? incident
            : HstLstmCity.At(incident.Time, i % HstLstmCity.Rows, i % HstLstmCity.Columns)));
        string[] span = ["--name", "m", "--train-to", Day(last), "--validation-share", "0"];

        Assert.Equal(0, Run([.. Train(_city, "a.onnx"), .. span]).ExitCode);
        Assert.Equal(0, Run([.. Train(other, "b.onnx"), .. span]).ExitCode);
        Assert.Equal(0, Run([.. Train(other, "c.onnx"), .. span.Select(argument => argument == Day(last) ? Day(last.AddDays(4)) : argument)]).ExitCode);

        Assert.Equal(File.ReadAllBytes(_folder["a.onnx"]), File.ReadAllBytes(_folder["b.onnx"]));
        Assert.NotEqual(File.ReadAllBytes(_folder["a.onnx"]), File.ReadAllBytes(_folder["c.onnx"]));
    }

    [Fact]
    public void Train_stopped_and_resumed_writes_the_same_model()
    {
        Assert.Equal(0, Run([.. Train(_city, "straight.onnx"), "--name", "m"]).ExitCode);
        using var stopped = new CancellationTokenSource();
        using var error = new StopAt("epoch 1:", stopped);
        string[] arguments = [.. Train(_city, "m.onnx"), "--name", "m"];

        Assert.Equal(1, TrainingCommandLine.Run(arguments, TextWriter.Null, error, null, stopped.Token));
        Assert.Equal(0, Run([.. arguments, "--resume"]).ExitCode);

        Assert.Equal(File.ReadAllBytes(_folder["straight.onnx"]), File.ReadAllBytes(_folder["m.onnx"]));
    }

    [Theory]
    [InlineData("--maps", "counts")]
    [InlineData("--horizon", "2")]
    [InlineData("--loss", "poisson")]
    [InlineData("--class-weights", "2,1")]
    public void Options_of_maps_and_risk_are_refused(string option, string value)
    {
        (int exitCode, _, string error) = Run([.. Train(_city, "m.onnx"), option, value]);

        Assert.Equal(2, exitCode);
        Assert.Contains($"{option} with --architecture hst-lstm", error, StringComparison.Ordinal);
    }

    string[] Train(string incidents, string model) =>
    [
        "train", "--architecture", "hst-lstm", "--incidents", incidents, "--area", "10,20,10.04,20.06", "--grid", "4x6", "--from",
        Day(s_made.Events.TimeOf(0)), "--to", Day(s_made.Events.TimeOf(239)), "--window", "4", "--sessions", "2", "--epochs", "2", "--threads", "1", "--out",
        _folder[model],
    ];

    static string Day(DateTime time) => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    static (int ExitCode, string Output, string Error) Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int exitCode = TrainingCommandLine.Run(arguments, output, error);
        return (exitCode, output.ToString(), error.ToString());
    }
}
