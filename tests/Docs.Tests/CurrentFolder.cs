namespace HotspotInference.Docs.Tests;

/// <summary>
/// An <see cref="EmptyFolder"/> that is the current one until it is disposed. Tests that take it are of its collection: there is but one.
/// </summary>
[CollectionDefinition(nameof(CurrentFolder))]
public sealed class CurrentFolder : IDisposable
{
    readonly string _before = Directory.GetCurrentDirectory();
    readonly EmptyFolder _folder = new();

    /// <summary>Makes the folder the current one.</summary>
    public CurrentFolder() => Directory.SetCurrentDirectory(_folder.Path);

    public void Dispose()
    {
        Directory.SetCurrentDirectory(_before);
        _folder.Dispose();
    }
}
