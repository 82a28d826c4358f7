using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using HotspotInference.Cli.Tests;
using HotspotInference.Incidents;
using HotspotInference.Prediction;
using HotspotInference.Simulation;

namespace HotspotInference.Training.Tests;

public sealed class UpdateTests : IDisposable
{
    static readonly DateTime s_start = new(2015, 1, 1);

    readonly TemporaryFolder _folder = new();
    readonly Incident[] _incidents = [.. new SimulatedCity(new SimulatedCityOptions { Days = 150 }).Incidents];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("convlstm", "--hidden", "3", "--window", "4", "--peephole", "cell", "--horizon", "2")]
    [InlineData("hotspotnet", "--width", "3", "--members", "1", "--cells", "bias")]
    [InlineData("biconvlstm", "--window", "4", "--hidden", "3")]
    [InlineData("st-resnet", "--closeness", "1,2", "--period", "7", "--trend", "14", "--hidden", "3", "--residual-units", "1")]
    [InlineData("sftt", "--window", "4", "--hidden", "8")]
    [InlineData("st-transformer", "--window", "4")]
    [InlineData("encoder-decoder", "--window", "4")]
    [InlineData("gan", "--window", "4")]
    public void Every_architecture_goes_on_with_new_incidents(string architecture, params string[] more)
    {
        // 80 days to learn, 20 of validation; then 50 more.
        Write("old.csv", 100);
        Write("all.csv", 150);
        Expect(Run([.. Train("old.csv"), "--architecture", architecture, "--train-to", "2015-03-21", "--validate-to", "2015-04-10", .. more]));
        byte[] old = File.ReadAllBytes(_folder["m.onnx"]), checkpoint = File.ReadAllBytes(_folder["m.checkpoint"]);

        (int exitCode, string output, string error) = Run(["train", "--update", _folder["m.onnx"], "--incidents", _folder["all.csv"], "--threads", "1", "--json"]);

        Assert.True(exitCode is 0 or 3, error);
        JsonElement report = JsonDocument.Parse(output).RootElement, update = report.GetProperty("update");
        Assert.Equal(exitCode == 0, update.GetProperty("published").GetBoolean());
        // 20 of the 50 new days compare, the 20 before them validate; what validated is learnt, and more.
        Assert.Equal(("2015-05-11", "2015-05-30"), (update.GetProperty("compared").GetProperty("first").GetString(),
            update.GetProperty("compared").GetProperty("last").GetString()));
        Assert.Equal((20, 30), (update.GetProperty("periods").GetInt32(), update.GetProperty("new_windows").GetInt32()));
        string[] kept = report.GetProperty("start").GetProperty("kept").EnumerateArray().Select(name => name.GetString()!).ToArray();
        Assert.Equal(architecture == "hotspotnet" ? ["_beta", "_bias", "_log_floor", "_log_weights"] : [], kept.Order(StringComparer.Ordinal));
        using var now = HotspotPredictor.Load(_folder[exitCode == 0 ? "m.onnx" : "m.candidate.onnx"]);
        using var before = HotspotPredictor.Load(old);
        Assert.Equal(new DaySpan(before.Metadata.Training!.Value.First, new(2015, 4, 20)), now.Metadata.Training);
        Assert.Equal(new DaySpan(new(2015, 4, 21), new(2015, 5, 10)), now.Metadata.Validation);
        Assert.Equal((before.Name, before.Heatmaps, before.Metadata.Features.Maps, before.Metadata.HistoryFrom),
            (now.Name, now.Heatmaps, now.Metadata.Features.Maps, now.Metadata.HistoryFrom));
        Assert.Equal(old, File.ReadAllBytes(_folder[exitCode == 0 ? "m.v1.onnx" : "m.onnx"]));
        Assert.Equal(checkpoint, File.ReadAllBytes(_folder[exitCode == 0 ? "m.v1.checkpoint" : "m.checkpoint"]));
    }

    [Fact]
    public void Version_that_is_worse_is_not_published_and_the_model_stays()
    {
        // Five times as many incidents in the days that set the level, and as many as ever in those that compare.
        Write("old.csv", 100);
        Write("all.csv", 150, day => day is >= 110 and < 130 ? 5 : 1);
        Expect(Run([.. Train("old.csv"), "--train-to", "2015-03-21", "--validate-to", "2015-04-10", "--window", "2", "--hidden", "2"]));
        byte[] old = File.ReadAllBytes(_folder["m.onnx"]), checkpoint = File.ReadAllBytes(_folder["m.checkpoint"]);

        (int exitCode, string output, _) = Run(Update("all.csv"));

        Assert.Equal(3, exitCode);
        Assert.Contains("not published: the new version is worse by more than chance: log loss +", output, StringComparison.Ordinal);
        Assert.Equal(old, File.ReadAllBytes(_folder["m.onnx"]));
        Assert.Equal(checkpoint, File.ReadAllBytes(_folder["m.checkpoint"]));
        Assert.True(File.Exists(_folder["m.candidate.onnx"]));
        Assert.False(File.Exists(_folder["m.v1.onnx"]));
    }

    [Fact]
    public void Days_that_compare_reach_neither_version()
    {
        Write("old.csv", 100);
        Expect(Run([.. Train("old.csv"), "--train-to", "2015-03-21", "--validate-to", "2015-04-10", "--window", "2", "--hidden", "2"]));
        byte[] old = File.ReadAllBytes(_folder["m.onnx"]), checkpoint = File.ReadAllBytes(_folder["m.checkpoint"]);

        byte[][] made = [.. new Func<int, int>[] { _ => 1, day => day is >= 130 and < 149 ? 4 : 1 }.Select(times =>
        {
            File.WriteAllBytes(_folder["m.onnx"], old);
            File.WriteAllBytes(_folder["m.checkpoint"], checkpoint);
            Write("all.csv", 150, times);
            int exitCode = Run(Update("all.csv")).ExitCode;
            return File.ReadAllBytes(_folder[exitCode == 0 ? "m.onnx" : "m.candidate.onnx"]);
        })];

        Assert.Equal(made[0], made[1]);
        Assert.NotEqual(old, made[0]);
    }

    [Fact]
    public void Options_of_the_training_are_kept_from_update_to_update_and_those_given_win()
    {
        Write("old.csv", 100);
        Write("more.csv", 120);
        Write("all.csv", 150);
        Expect(Run([.. Train("old.csv"), "--train-to", "2015-03-21", "--validate-to", "2015-04-10", "--window", "3", "--hidden", "2",
            "--loss", "poisson", "--maps", "counts", "--class-weights", "none", "--threshold-rule", "miss=0.5"]));

        Assert.InRange(Run([.. Update("more.csv"), "--epochs", "2"]).ExitCode, 0, 3);
        (int exitCode, string output, string error) = Run([.. Update("all.csv"), "--json", "--keep", "1"]);

        Assert.True(exitCode is 0 or 3, error);
        JsonElement report = JsonDocument.Parse(output).RootElement;
        Assert.Equal("2", report.GetProperty("settings").GetProperty("hidden").GetString());
        using var now = HotspotPredictor.Load(_folder[exitCode == 0 ? "m.onnx" : "m.candidate.onnx"]);
        Assert.True(now.HasIntensity);
        Assert.Equal((3, (float?)null), (now.Features.Maps!.Lags.Count, now.Features.Maps.BinaryThreshold));
        Assert.Equal("miss=0.5", now.Metadata.Selection!.Rule.ToString());
    }

    [Fact]
    public void External_features_are_standardised_as_they_were_and_asked_for()
    {
        Write("old.csv", 100);
        Write("all.csv", 150);
        foreach ((string name, int days) in (ReadOnlySpan<(string, int)>)[("old-days.csv", 100), ("days.csv", 150)])
            _folder.Write(name, ["date,rain", .. Enumerable.Range(0, days).Select(day =>
                string.Create(CultureInfo.InvariantCulture, $"{s_start.AddDays(day):yyyy-MM-dd},{(day > 100 ? 50 : day % 7)}"))]);
        Expect(Run([.. Train("old.csv"), "--train-to", "2015-03-21", "--validate-to", "2015-04-10", "--window", "2", "--hidden", "2",
            "--external-periods", _folder["old-days.csv"], "--external-lag", "1"]));
        ExternalFeatureOf("m.onnx", out double mean, out double scale);

        (int without, _, string refusal) = Run(Update("all.csv"));
        (int exitCode, _, string error) = Run([.. Update("all.csv"), "--external-periods", _folder["days.csv"]]);

        Assert.Equal(2, without);
        Assert.Contains("rain (of periods, 1 before)", refusal, StringComparison.Ordinal);
        Assert.True(exitCode is 0 or 3, error);
        ExternalFeatureOf(exitCode == 0 ? "m.onnx" : "m.candidate.onnx", out double meanNow, out double scaleNow);
        Assert.Equal((mean, scale), (meanNow, scaleNow));

        void ExternalFeatureOf(string file, out double mean, out double scale)
        {
            using var predictor = HotspotPredictor.Load(_folder[file]);
            (mean, scale) = (predictor.Metadata.External[0].Mean, predictor.Metadata.External[0].Scale);
        }
    }

    [Fact]
    public void What_cannot_be_updated_is_said_with_what_to_do()
    {
        Write("old.csv", 100);
        Write("new.csv", 150, day => day < 100 ? 0 : 1);
        Expect(Run([.. Train("old.csv"), "--train-to", "2015-03-21", "--validate-to", "2015-04-10", "--window", "2", "--hidden", "2"]));
        File.Copy(Path.Combine(Repository.Root, "onnx", "demo-city.onnx"), _folder["fitted.onnx"]);
        File.Copy(_folder["m.onnx"], _folder["alone.onnx"]);

        Refuses(1, ["train", "--update", _folder["fitted.onnx"], "--incidents", _folder["old.csv"]], "fit it again to all incidents, with hotspot fit");
        Refuses(1, ["train", "--update", _folder["alone.onnx"], "--incidents", _folder["old.csv"]], "alone.checkpoint': it cannot be read");
        Refuses(1, Update("old.csv"), "update: 0 periods to forecast since 2015-04-10");
        Refuses(1, Update("new.csv"), "the old ones too, from 2015-01-01 on");
        Refuses(2, [.. Update("new.csv"), "--hidden", "4"], "--hidden: given beside --update");
        Refuses(2, [.. Update("new.csv"), "--grid", "4x4"], "--grid: given beside --update");
        Refuses(2, [.. Update("new.csv"), "--out", _folder["n.onnx"]], "--out: given beside --update");
        Refuses(2, [.. Train("old.csv"), "--keep", "2"], "--keep: given without --update");
        Refuses(2, ["train", "--incidents", _folder["old.csv"]], "--out: not given");

        void Refuses(int expected, string[] args, string message)
        {
            (int exitCode, _, string error) = Run(args);
            Assert.Contains(message, error, StringComparison.Ordinal);
            Assert.Equal(expected, exitCode);
        }
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Update_killed_in_the_middle_leaves_the_model_whole()
    {
        Write("old.csv", 100);
        Write("all.csv", 150);
        Expect(Run([.. Train("old.csv"), "--train-to", "2015-03-21", "--validate-to", "2015-04-10", "--window", "4"]));
        byte[] old = File.ReadAllBytes(_folder["m.onnx"]), checkpoint = File.ReadAllBytes(_folder["m.checkpoint"]);

        using (Process process = Process.Start(new ProcessStartInfo("dotnet",
            [Path.Combine(AppContext.BaseDirectory, "hotspot-train.dll"), .. Update("all.csv"), "--epochs", "500", "--patience", "0"]))!)
        {
            while (!process.HasExited && !File.Exists(_folder["m.candidate.checkpoint"]))
                await Task.Delay(5, TestContext.Current.CancellationToken);
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.NotEqual(0, process.ExitCode);
        }

        Assert.Equal(old, File.ReadAllBytes(_folder["m.onnx"]));
        Assert.Equal(checkpoint, File.ReadAllBytes(_folder["m.checkpoint"]));
        Assert.InRange(Run(Update("all.csv")).ExitCode, 0, 3);
        using var predictor = HotspotPredictor.Load(_folder["m.onnx"]);
        Assert.Equal("m", predictor.Name);
    }

    string[] Train(string incidents) => ["train", "--incidents", _folder[incidents], "--area", "44.94,-30.08,45.06,-29.92", "--grid", "8x8", "--from",
        "2015-01-01", "--to", "2015-04-10", "--epochs", "1", "--threads", "1", "--out", _folder["m.onnx"]];

    string[] Update(string incidents) => ["train", "--update", _folder["m.onnx"], "--incidents", _folder[incidents], "--threads", "1"];

    // The incidents of the first days, each so many times.
    void Write(string name, int days, Func<int, int>? times = null) => IncidentWriter.Write(_folder[name], _incidents
        .Select(incident => (Incident: incident, Day: (incident.Time - s_start).Days)).Where(pair => pair.Day < days)
        .SelectMany(pair => Enumerable.Range(0, times?.Invoke(pair.Day) ?? 1).Select(i => pair.Incident with
        {
            // Copies beside the first one, in cells of their own.
            Longitude = -30.08 + (pair.Incident.Longitude + 30.08 + 0.03 * i) % 0.16,
        })));

    static void Expect((int ExitCode, string Output, string Error) run) => Assert.True(run.ExitCode == 0, run.Error);

    static (int ExitCode, string Output, string Error) Run(string[] args)
    {
        using StringWriter stdout = new(), stderr = new();
        int exitCode = TrainingCommandLine.Run(args, stdout, stderr, null, TestContext.Current.CancellationToken);
        return (exitCode, stdout.ToString(), stderr.ToString());
    }
}
