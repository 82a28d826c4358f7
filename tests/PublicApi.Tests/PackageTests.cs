using System.IO.Compression;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace HotspotInference.PublicApi.Tests;

/// <summary>What stands in the packages.</summary>
[Collection(nameof(SharedPackages))]
public sealed class PackageTests(Packed packed)
{
    public static TheoryData<string> Libraries =>
        ["HotspotInference.Core", "HotspotInference", "HotspotInference.Models", "HotspotInference.Onnx"];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Package_has_readme_icon_documentation_and_symbols(string id)
    {
        using ZipArchive package = packed.Open(id), symbols = packed.Open(id, ".snupkg");
        string[] files = [.. package.Entries.Select(entry => entry.FullName)];

        Assert.Contains("README.md", files);
        Assert.Contains("icon.png", files);
        Assert.Contains($"lib/net10.0/{id}.dll", files);
        Assert.Contains($"lib/net10.0/{id}.xml", files);
        Assert.Contains(symbols.Entries, entry => entry.FullName == $"lib/net10.0/{id}.pdb");
        // The repository's own has relative links, which lead nowhere in a package; that this one has none is looked at in
        // tests/Docs.Tests.
        using var readme = new StreamReader(package.GetEntry("README.md")!.Open());
        Assert.Equal(File.ReadAllText(Path.Combine(Repository.Root, "src", "PackageReadme.md")), readme.ReadToEnd());
        // Nothing else came along: a test's, a sample's, another library's.
        Assert.Single(files, file => file.EndsWith(".dll", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Package_says_its_licence_and_what_it_needs_in_this_version(string id)
    {
        XElement metadata = packed.Metadata(id);

        Assert.Equal("MIT", Value(metadata, "license"));
        Assert.Equal("README.md", Value(metadata, "readme"));
        Assert.Equal("icon.png", Value(metadata, "icon"));
        Assert.NotEqual("Package Description", Value(metadata, "description"));
        Assert.All(
            Dependencies(metadata).Where(dependency => dependency.Id.StartsWith("Hotspot", StringComparison.Ordinal)),
            dependency => Assert.Equal(packed.Version, dependency.Version));
    }

    [Theory]
    [InlineData("HotspotInference.Core", "CsvHelper Microsoft.Extensions.Logging.Abstractions Microsoft.ML.OnnxRuntime.Managed System.IO.Hashing System.Numerics.Tensors")]
    [InlineData("HotspotInference", "HotspotInference.Core Microsoft.ML")]
    [InlineData("HotspotInference.Models", "")]
    [InlineData("HotspotInference.Onnx", "Google.Protobuf HotspotInference.Core MathNet.Numerics")]
    public void Package_depends_on_no_more_than_it_should(string id, string dependencies) =>
        Assert.Equal(dependencies, string.Join(' ', Dependencies(packed.Metadata(id)).Select(dependency => dependency.Id)));

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Assembly_is_built_deterministically(string id)
    {
        using ZipArchive package = packed.Open(id);
        using Stream entry = package.GetEntry($"lib/net10.0/{id}.dll")!.Open();
        using var content = new MemoryStream();
        entry.CopyTo(content);
        content.Position = 0;
        using var assembly = new PEReader(content);

        Assert.Contains(assembly.ReadDebugDirectory(), found => found.Type == DebugDirectoryEntryType.Reproducible);
    }

    [Fact]
    public void Package_of_the_same_sources_is_the_same()
    {
        string again = packed.CreateCustomer("again"), name = $"HotspotInference.Models.{packed.Version}.nupkg";

        packed.Pack("src/HotspotInference.Models/HotspotInference.Models.csproj", again);

        Assert.Equal(File.ReadAllBytes(Path.Combine(packed.Folder, name)), File.ReadAllBytes(Path.Combine(again, name)));
    }

    [Fact]
    public void Models_come_with_their_cards()
    {
        using ZipArchive package = packed.Open("HotspotInference.Models");
        var cards = package.Entries.Where(entry => Path.GetDirectoryName(entry.FullName) == "models").Select(entry => entry.Name);
        var models = Directory.GetFiles(Path.Combine(Repository.Root, "onnx"), "*.onnx").Select(Path.GetFileNameWithoutExtension);

        Assert.Equal(models.Select(name => $"{name}.md").Order(StringComparer.Ordinal), cards.Order(StringComparer.Ordinal));
    }

    static string? Value(XElement metadata, string name) =>
        metadata.Elements().SingleOrDefault(element => element.Name.LocalName == name)?.Value;

    static IEnumerable<(string Id, string Version)> Dependencies(XElement metadata) =>
        metadata.Descendants().Where(element => element.Name.LocalName == "dependency")
            .Select(element => (element.Attribute("id")!.Value, element.Attribute("version")!.Value)).Order();
}
