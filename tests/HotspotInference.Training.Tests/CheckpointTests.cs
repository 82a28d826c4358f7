using HotspotInference.Cli.Tests;

namespace HotspotInference.Training.Tests;

public sealed class CheckpointTests : IDisposable
{
    static readonly Dictionary<string, string> s_identity = new() { ["architecture"] = "convlstm", ["--hidden"] = "4" };

    static readonly TrainerState s_state = new(new EpochLog(0, 0.5, 0.4, 1e-3, 0, 0),
        [new EpochLog(1, 0.1 + 0.2, null, 1e-3, 50, 2), new EpochLog(2, 0.25, 1 / 3.0, 1e-4, 51, 2)], 3, Math.PI,
        [1, 2, 3], [4, 5], [6], [7, 8]);

    readonly TemporaryFolder _folder = new();

    string File => _folder["a.checkpoint"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Checkpoint_that_was_saved_loads_as_it_was()
    {
        Checkpoint.Save(File, s_identity, s_state);

        TrainerState loaded = Checkpoint.Load(File, s_identity);

        Assert.Equal(s_state.Start, loaded.Start);
        Assert.Equal(s_state.Epochs, loaded.Epochs);
        Assert.Equal((3, Math.PI), (loaded.Steps, loaded.LossSum));
        Assert.Equal(s_state.Weights, loaded.Weights);
        Assert.Equal(s_state.BestWeights, loaded.BestWeights);
        Assert.Equal(s_state.Optimizer, loaded.Optimizer);
        Assert.Equal(s_state.Random, loaded.Random);
    }

    [Fact]
    public void Checkpoint_of_another_architecture_names_both()
    {
        Checkpoint.Save(File, s_identity, s_state);

        HotspotException failure = Assert.Throws<HotspotException>(() =>
            Checkpoint.Load(File, new Dictionary<string, string> { ["architecture"] = "unet", ["--depth"] = "4" }));

        Assert.Equal(("a training with architecture 'convlstm'", "'unet', as asked for now"), (failure.Found, failure.Expected));
    }

    [Theory]
    [InlineData("--hidden", "8")]
    [InlineData("--layers", "2")]
    public void Checkpoint_of_other_options_names_the_one(string name, string value)
    {
        Checkpoint.Save(File, s_identity, s_state);

        HotspotException failure = Assert.Throws<HotspotException>(() =>
            Checkpoint.Load(File, new Dictionary<string, string>(s_identity) { [name] = value }));

        Assert.Contains($"{name} '", failure.Found, StringComparison.Ordinal);
        Assert.Contains($"'{value}'", failure.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void Checkpoint_with_any_byte_changed_or_cut_off_is_refused()
    {
        Checkpoint.Save(File, s_identity, s_state);
        byte[] whole = System.IO.File.ReadAllBytes(File);
        for (int i = 0; i < whole.Length; i++)
        {
            byte[] damaged = [.. whole];
            damaged[i] ^= 0x10;
            System.IO.File.WriteAllBytes(File, damaged);
            Assert.Throws<HotspotException>(() => Checkpoint.Load(File, s_identity));
            System.IO.File.WriteAllBytes(File, whole[..i]);
            Assert.Throws<HotspotException>(() => Checkpoint.Load(File, s_identity));
        }
    }

    [Fact]
    public void Checkpoint_that_is_missing_says_what_to_do()
    {
        HotspotException failure = Assert.Throws<HotspotException>(() => Checkpoint.Load(File, s_identity));

        Assert.Contains("--resume", failure.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Checkpoint_that_cannot_be_written_leaves_the_one_before_whole()
    {
        Checkpoint.Save(File, s_identity, s_state);
        // Something else stands where the new file is first written.
        Directory.CreateDirectory(File + ".partial");

        Assert.Throws<HotspotException>(() => Checkpoint.Save(File, s_identity, s_state with { Steps = 4 }));

        Assert.Equal(3, Checkpoint.Load(File, s_identity).Steps);
    }
}
