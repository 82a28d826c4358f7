namespace HotspotInference.Docs.Tests.Markdown;

/// <summary>The pages of the repository.</summary>
static class Pages
{
    /// <summary>All that readers get, by their paths from the root.</summary>
    public static IReadOnlyDictionary<string, Page> All { get; } = Files().Select(file => new Page(file)).ToDictionary(page => page.Name);

    /// <summary>Their names, for theories.</summary>
    public static TheoryData<string> Names => [.. All.Keys];

    static IEnumerable<string> Files()
    {
        string[] single = ["README.md", "RELEASENOTES.md", "src/PackageReadme.md", "substitutes/README.md"];
        string[] folders = ["docs", "onnx", "samples", "benchmarks"];
        string parts = Path.Combine(Repository.Root, "docs", "results");
        return single.Select(file => Path.Combine(Repository.Root, file))
            .Concat(folders.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.md", SearchOption.AllDirectories)))
            // What builds and package managers leave, and the parts that docs/results.md is put together from: their links are meant from
            // there.
            .Where(file => !file.StartsWith(parts + Path.DirectorySeparatorChar, StringComparison.Ordinal)
                && !file.Split(Path.DirectorySeparatorChar).Any(folder => folder is "bin" or "obj" or "node_modules"))
            .Order(StringComparer.Ordinal);
    }
}
