namespace HotspotInference.Cli.Map;

/// <summary>The files that pages are made of, embedded by the build.</summary>
static class PageAssets
{
    /// <summary>A file's text, its lines ended as a browser counts them for a hash.</summary>
    public static string Read(string name)
    {
        using Stream stream = typeof(PageAssets).Assembly.GetManifestResourceStream($"page/{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
