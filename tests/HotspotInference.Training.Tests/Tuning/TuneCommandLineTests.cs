using System.Diagnostics;
using System.Text.Json;
using HotspotInference.Cli.Tests;
using HotspotInference.Incidents;
using HotspotInference.Simulation;

namespace HotspotInference.Training.Tests.Tuning;

public sealed class TuneCommandLineTests : IDisposable
{
    readonly TemporaryFolder _folder = new();
    readonly string _city;

    public TuneCommandLineTests()
    {
        _city = _folder["city.csv"];
        IncidentWriter.Write(_city, new SimulatedCity(new SimulatedCityOptions { Days = 90 }).Incidents);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--tune depth=int:1..4", "expected one of")]
    [InlineData("--tune hidden=int:0..4", "at least 1")]
    [InlineData("--tune learning-rate=log:1e-3..2", "below 1")]
    [InlineData("--tune hidden=int:1..4 --hidden 8", "Give one of them")]
    [InlineData("--tune loss=cross-entropy|poisson", "cannot be compared")]
    [InlineData("--tune epochs=int:1..4 --halving", "same epochs")]
    [InlineData("--tune width=int:1..4", "architecture convlstm")]
    [InlineData("--tune hidden=int:4..1", "LOW..HIGH")]
    [InlineData("--first-rung 2", "without --halving")]
    [InlineData("--validation-share 0", "--validate-to")]
    [InlineData("--incidents -", "standard input")]
    public void Option_that_cannot_be_used_is_bad_usage(string options, string expected)
    {
        (int exitCode, _, string error) = Run(["tune", "--incidents", _city, "--study", _folder["s.jsonl"], .. options.Split(' ')]);

        Assert.Equal(2, exitCode);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["s.jsonl"]));
    }

    [Fact]
    public void Space_is_read_from_a_file()
    {
        string space = _folder.Write("space", "# of the network", "", "hidden = int:4..1 # swapped");

        (int exitCode, _, string error) = Run(["tune", "--incidents", _city, "--study", _folder["s.jsonl"], "--space", space]);

        Assert.Equal(2, exitCode);
        Assert.Contains("'hidden = int:4..1'", error, StringComparison.Ordinal);
    }

    // Every training is a process: seconds each.
    [Fact]
    [Trait("Category", "Slow")]
    public async Task Study_killed_in_the_middle_and_resumed_is_the_study_that_was_not()
    {
        Assert.Equal(0, (await Tune("whole", killAfter: null)).ExitCode);

        // Two results and what says what it is about; the time that they took may be written shorter.
        int length = File.ReadLines(_folder["whole.jsonl"]).Take(3).Sum(line => line.Length + 1) - 8;
        Assert.NotEqual(0, (await Tune("killed", killAfter: length)).ExitCode);
        (int exitCode, string output) = await Tune("killed", killAfter: null, "--json");

        Assert.Equal(0, exitCode);
        Assert.Equal(Scores("whole"), Scores("killed"));
        JsonElement report = JsonDocument.Parse(output).RootElement;
        Assert.Equal(4, report.GetProperty("trials").GetInt32());
        Assert.Equal(Scores("whole").Count(line => line.Contains("odd", StringComparison.Ordinal)),
            report.GetProperty("failed").GetInt32());
        Assert.Equal([1, 3], report.GetProperty("rung_epochs").EnumerateArray().Select(epochs => epochs.GetInt32()));
        Assert.Equal(3, report.GetProperty("best").GetProperty("epochs").GetInt32());
        Assert.Contains(Scores("whole"), line => line.Contains("odd", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void Study_of_average_precision_scores_blocks_that_the_training_has_not_seen()
    {
        (int exitCode, string output, string error) = Run(["tune", "--incidents", _city, "--study", _folder["s.jsonl"], "--area",
            "44.94,-30.08,45.06,-29.92",
            "--grid", "8x8", "--window", "4", "--epochs", "1", "--tune", "hidden=int:2..3", "--tune", "loss=cross-entropy|poisson",
            "--trials", "2",
            "--workers", "2", "--splits", "1", "--objective", "average-precision", "--threads", "1", "--train-to", "2015-02-28",
            "--validate-to", "2015-03-15", "--json"]);

        Assert.True(exitCode == 0, error);
        JsonElement best = JsonDocument.Parse(output).RootElement.GetProperty("best");
        Assert.InRange(best.GetProperty("score").GetDouble(), -1, -0.01);
        Assert.False(Directory.Exists(_folder["s.trials"]));
        Assert.Contains("<circle", File.ReadAllText(_folder["s.svg"]), StringComparison.Ordinal);
    }

    async Task<(int ExitCode, string Output)> Tune(string name, int? killAfter, params string[] more)
    {
        using Process process = Process.Start(new ProcessStartInfo("dotnet", [
            Path.Combine(AppContext.BaseDirectory, "hotspot-train.dll"), "tune", "--incidents", _city, "--area",
                "44.94,-30.08,45.06,-29.92",
            "--grid", "8x8", "--window", "4", "--epochs", "3", "--halving", "--first-rung", "1", "--splits", "1", "--trials", "4",
            "--threads", "1",
            // An even kernel is refused by the network: a trial that fails.
            "--tune", "hidden=int:2..5", "--tune", "kernels=3|4", "--seed", "2", "--study", _folder[name + ".jsonl"], .. more])
        { RedirectStandardOutput = true })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        if (killAfter is { } length)
        {
            while (!process.HasExited && !(new FileInfo(_folder[name + ".jsonl"]) is { Exists: true } file && file.Length >= length))
                await Task.Delay(5, TestContext.Current.CancellationToken);
            process.Kill();
        }
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output);
    }

    // All of a result but how long it took.
    string[] Scores(string name) => [.. File.ReadLines(_folder[name + ".jsonl"]).Skip(1).Select(line =>
    {
        JsonElement result = JsonDocument.Parse(line).RootElement;
        return string.Join(' ', ((string[])["trial", "rung", "values", "splits", "failure"]).Select(part => result.GetProperty(part)));
    })];

    static (int ExitCode, string Output, string Error) Run(string[] args)
    {
        using StringWriter stdout = new(), stderr = new();
        int exitCode = TrainingCommandLine.Run(args, stdout, stderr, null, TestContext.Current.CancellationToken);
        return (exitCode, stdout.ToString(), stderr.ToString());
    }
}
