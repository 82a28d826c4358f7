namespace HotspotInference.Docs.Tests;

/// <summary>A folder with nothing in it but the shipped models, as in a clone; gone when it is disposed.</summary>
sealed class EmptyFolder : IDisposable
{
    public EmptyFolder() => Directory.CreateSymbolicLink(this["onnx"], System.IO.Path.Combine(Repository.Root, "onnx"));

    /// <summary>Its path.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("hotspot").FullName;

    /// <summary>The path of a file in it.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
