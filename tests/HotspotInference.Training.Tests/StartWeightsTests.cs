using System.Text.Json;
using HotspotInference.Cli.Tests;
using HotspotInference.Incidents;
using HotspotInference.Simulation;
using HotspotInference.Training.Architectures;
using TorchSharp;

namespace HotspotInference.Training.Tests;

public sealed class StartWeightsTests : IDisposable
{
    static readonly string[] s_own = ["_log_weights", "_log_floor", "_bias", "_beta"];

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Network_takes_the_correction_of_the_best_epoch_and_keeps_its_own_mixture()
    {
        using Network learnt = HotspotNetCity.Random().Network(), network = HotspotNetCity.Random(rows: 5, days: 140).Network();
        byte[] last = Bytes(learnt);
        Disturb(learnt);
        string file = Save("hotspotnet", last, best: Bytes(learnt));
        Dictionary<string, float[]> before = Values(network), there = Values(learnt);

        StartReport report = StartWeights.Load(file, ArchitectureRegistry.Find("hotspotnet")).ApplyTo(network);

        Dictionary<string, float[]> after = Values(network);
        Assert.Equal(s_own.Order(), report.Kept.Order());
        Assert.Equal(after.Keys.Except(s_own).Order(), report.Taken.Order());
        Assert.All(after, weights => Assert.Equal((s_own.Contains(weights.Key) ? before : there)[weights.Key], weights.Value));
        Assert.NotEqual(before["_corrections.0._rate_kernel"], after["_corrections.0._rate_kernel"]);
    }

    [Fact]
    public void Weights_of_another_shape_or_name_are_left_as_they_begin()
    {
        using Network learnt = HotspotNetCity.Random().Network(("members", "1")), network = HotspotNetCity.Random().Network(("width", "6"));
        Disturb(learnt);
        string file = Save("hotspotnet", Bytes(learnt), null);
        Dictionary<string, float[]> before = Values(network);

        StartReport report = StartWeights.Load(file, ArchitectureRegistry.Find("hotspotnet")).ApplyTo(network);

        // The ConvLSTM and the last bias know nothing of the width; the second member has no counterpart.
        Assert.All(report.Taken, name => Assert.StartsWith("_corrections.0.", name, StringComparison.Ordinal));
        Assert.Contains("_corrections.0._last_bias", report.Taken);
        Assert.Contains("_corrections.0._rate_kernel", report.Kept);
        Dictionary<string, float[]> after = Values(network);
        Assert.All(report.Kept, name => Assert.Equal(before[name], after[name]));
    }

    [Fact]
    public void Checkpoint_that_does_not_fit_is_refused()
    {
        TinyCity city = TinyCity.Moving();
        using Network learnt = HotspotNetCity.Random().Network(), network = city.Network();
        string file = Save("hotspotnet", Bytes(learnt), null), other = Save("convlstm", Bytes(learnt), null, "other");
        Architecture convLstm = ArchitectureRegistry.Find("convlstm");

        Assert.Contains("'hotspotnet'", Assert.Throws<HotspotException>(() => StartWeights.Load(file, convLstm)).Found, StringComparison.Ordinal);
        Assert.Contains("no weights", Assert.Throws<HotspotException>(() => StartWeights.Load(other, convLstm).ApplyTo(network)).Found, StringComparison.Ordinal);
        Assert.Contains("cannot be read", Assert.Throws<HotspotException>(() => StartWeights.Load(_folder["none"], convLstm)).Found, StringComparison.Ordinal);
        File.WriteAllText(_folder["text"], "not a checkpoint");
        Assert.Contains("first bytes", Assert.Throws<HotspotException>(() => StartWeights.Load(_folder["text"], convLstm)).Found, StringComparison.Ordinal);
    }

    [Fact]
    public void Train_starts_from_another_city_and_resume_asks_for_the_same_start()
    {
        string here = City(1, 120), there = City(2, 90);
        Assert.Equal(0, Run([.. Train(here, "a.onnx", "8x8")]).ExitCode);

        (int exitCode, string output, string error) = Run([.. Train(there, "b.onnx", "6x7"), "--start", _folder["a.checkpoint"], "--json"]);
        (int without, _, string refusal) = Run([.. Train(there, "b.onnx", "6x7"), "--resume"]);
        (int resumed, _, _) = Run([.. Train(there, "b.onnx", "6x7"), "--start", _folder["a.checkpoint"], "--resume"]);
        (int scratch, _, _) = Run([.. Train(there, "c.onnx", "6x7"), "--name", "b"]);

        Assert.True(exitCode == 0, error);
        JsonElement start = JsonDocument.Parse(output).RootElement.GetProperty("start");
        Assert.Equal(s_own.Order(), start.GetProperty("kept").EnumerateArray().Select(name => name.GetString()!).Order());
        Assert.True(start.GetProperty("taken").GetArrayLength() > 4);
        Assert.Contains("Starting from", error, StringComparison.Ordinal);
        Assert.Contains("4 not (", error, StringComparison.Ordinal);
        Assert.Equal((1, 0, 0), (without, resumed, scratch));
        Assert.Contains("--start", refusal, StringComparison.Ordinal);
        Assert.NotEqual(File.ReadAllBytes(_folder["b.onnx"]), File.ReadAllBytes(_folder["c.onnx"]));
    }

    string City(int seed, int days)
    {
        string file = _folder[$"city{seed}.csv"];
        IncidentWriter.Write(file, new SimulatedCity(new SimulatedCityOptions { Seed = seed, Days = days }).Incidents);
        return file;
    }

    string[] Train(string incidents, string model, string grid) =>
    [
        "train", "--incidents", incidents, "--area", "44.94,-30.08,45.06,-29.92", "--grid", grid, "--architecture", "hotspotnet", "--width", "4",
        "--epochs", "1", "--threads", "1", "--out", _folder[model],
    ];

    string Save(string architecture, byte[] weights, byte[]? best, string name = "a")
    {
        Checkpoint.Save(_folder[name], new Dictionary<string, string> { ["architecture"] = architecture },
            new TrainerState(null, [], 0, 0, weights, best, [], []));
        return _folder[name];
    }

    static byte[] Bytes(Network network)
    {
        using var buffer = new MemoryStream();
        using var writer = new BinaryWriter(buffer);
        network.save(writer);
        return buffer.ToArray();
    }

    static void Disturb(Network network)
    {
        using var noGrad = torch.no_grad();
        foreach (torch.Tensor weights in network.state_dict().Values)
            weights.add_(1).Dispose();
    }

    static Dictionary<string, float[]> Values(Network network) =>
        network.state_dict().ToDictionary(weights => weights.Key, weights => weights.Value.contiguous().data<float>().ToArray());

    static (int ExitCode, string Output, string Error) Run(string[] args)
    {
        using StringWriter stdout = new(), stderr = new();
        int exitCode = TrainingCommandLine.Run(args, stdout, stderr, null, TestContext.Current.CancellationToken);
        return (exitCode, stdout.ToString(), stderr.ToString());
    }
}
