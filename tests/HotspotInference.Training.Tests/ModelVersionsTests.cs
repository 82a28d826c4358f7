using HotspotInference.Cli.Tests;
using HotspotInference.Training.Updates;

namespace HotspotInference.Training.Tests;

public sealed class ModelVersionsTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Replaced_models_are_kept_under_their_numbers_up_to_the_limit()
    {
        var versions = new ModelVersions(_folder["city.onnx"]);
        Write(versions.File, versions.Checkpoint, "first");
        // Of another model, and of none.
        File.WriteAllText(_folder["city.v1.2.onnx"], "");
        File.WriteAllText(_folder["city2.v9.onnx"], "");

        string[] kept = [.. new[] { "second", "third", "fourth" }.Select(content =>
        {
            Write(versions.Candidate, _folder["city.candidate.checkpoint"], content);
            return Path.GetFileName(versions.Publish(keep: 2));
        })];

        Assert.Equal(["city.v1.onnx", "city.v2.onnx", "city.v3.onnx"], kept);
        Assert.Equal(["fourth", "second", "third"],
            new[] { "city.onnx", "city.v2.onnx", "city.v3.onnx" }.Select(name => File.ReadAllText(_folder[name])));
        Assert.Equal(["fourth", "second", "third"], new[] { "city.checkpoint", "city.v2.checkpoint", "city.v3.checkpoint" }.Select(Content));
        Assert.Equal(["city.checkpoint", "city.onnx", "city.v1.2.onnx", "city.v2.checkpoint", "city.v2.onnx", "city.v3.checkpoint", "city.v3.onnx",
            "city2.v9.onnx"], Directory.EnumerateFiles(Path.GetDirectoryName(versions.File)!).Select(name => Path.GetFileName(name)!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Replacement_that_broke_off_between_model_and_checkpoint_is_ended()
    {
        var versions = new ModelVersions(_folder["city.onnx"]);
        Write(versions.File, versions.Checkpoint, "old");
        Write(versions.Candidate, _folder["city.candidate.checkpoint"], "new");

        versions.Recover("old");
        Assert.Equal("old", Content("city.checkpoint"));
        File.Move(versions.Candidate, versions.File, overwrite: true);
        versions.Recover("new");

        Assert.Equal("new", Content("city.checkpoint"));
        Assert.False(File.Exists(_folder["city.candidate.checkpoint"]));
    }

    [Fact]
    public void Model_that_cannot_be_kept_is_not_replaced()
    {
        var versions = new ModelVersions(_folder["city.onnx"]);
        Write(versions.File, versions.Checkpoint, "old");
        Write(versions.Candidate, _folder["city.candidate.checkpoint"], "new");
        // A folder stands where the old model would go.
        Directory.CreateDirectory(_folder["city.v1.onnx"]);

        Assert.Throws<HotspotException>(() => versions.Publish(keep: 1));

        Assert.Equal(("old", "old"), (File.ReadAllText(versions.File), Content("city.checkpoint")));
    }

    // The incidents stand for the content.
    string Content(string name) => Checkpoint.LoadAny(_folder[name]).Identity["incidents"];

    static void Write(string model, string checkpoint, string content)
    {
        File.WriteAllText(model, content);
        Checkpoint.Save(checkpoint, new Dictionary<string, string> { ["incidents"] = content }, new TrainerState(null, [], 0, 0, [], null, [], []));
    }
}
