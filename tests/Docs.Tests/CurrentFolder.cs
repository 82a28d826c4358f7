namespace HotspotInference.Docs.Tests;

/// <summary>An empty folder that is the current one until it is disposed, and gone then. Tests that take it are of its collection: there is but one.</summary>
[CollectionDefinition(nameof(CurrentFolder))]
public sealed class CurrentFolder : IDisposable
{
    readonly string _before = Directory.GetCurrentDirectory();
    readonly string _path = Directory.CreateTempSubdirectory("hotspot").FullName;

    /// <summary>Makes the folder, with the shipped models in it as in a clone.</summary>
    public CurrentFolder()
    {
        Directory.CreateSymbolicLink(Path.Combine(_path, "onnx"), Path.Combine(Repository.Root, "onnx"));
        Directory.SetCurrentDirectory(_path);
    }

    public void Dispose()
    {
        Directory.SetCurrentDirectory(_before);
        Directory.Delete(_path, recursive: true);
    }
}
