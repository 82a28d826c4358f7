namespace HotspotInference.Onnx;

/// <summary>Files that appear complete or not at all.</summary>
static class AtomicFile
{
    /// <summary>
    /// Writes a file beside its place under another name, then moves it there, over one of that name. Where writing fails what stood
    /// there before is untouched.
    /// </summary>
    /// <param name="path">Where the file goes.</param>
    /// <param name="what">What it is, for the message.</param>
    /// <param name="write">Writes the content; the stream is closed afterwards.</param>
    /// <exception cref="HotspotException">The file cannot be written.</exception>
    public static void Write(string path, string what, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        string partial = path + ".partial";
        try
        {
            using (FileStream stream = File.Create(partial))
            {
                write(stream);
                // A full disk or a power cut must show before the old file goes.
                stream.Flush(flushToDisk: true);
            }
            File.Move(partial, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HotspotException($"{what} '{path}'", $"it cannot be written ({e.Message})",
                "a place where files can be created, with room",
                "Name an existing, writable folder and a file in it, and see that the disk is not full.", e);
        }
        finally
        {
            if (File.Exists(partial))
                File.Delete(partial);
        }
    }
}
