using System.IO.Compression;
using System.Reflection;
using System.Xml.Linq;

namespace HotspotInference.PublicApi.Tests;

/// <summary>What <c>dotnet pack</c> makes of the libraries and the command line, in a folder and a version of this run.</summary>
public sealed class Packed : IDisposable
{
    readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("hotspot-packages");

    public Packed()
    {
        Pack("src/Packages.proj", Folder);
        // What packages depend on comes from the machine's feeds, and from the folder of those that this machine had to build.
        File.WriteAllText(Path.Combine(_root.FullName, "NuGet.config"), $"""
            <configuration>
              <packageSources>
                <add key="packed" value="{Folder}" />
                <add key="feed" value="{Path.Combine(Repository.Root, "feed")}" />
              </packageSources>
              <config>
                <add key="globalPackagesFolder" value="{Path.Combine(_root.FullName, "restored")}" />
              </config>
            </configuration>
            """);
    }

    /// <summary>A version that no feed has.</summary>
    public string Version { get; } = $"0.1.0-test.r{Guid.NewGuid():N}";

    /// <summary>Where the packages lie.</summary>
    public string Folder => Path.Combine(_root.FullName, "packages");

    /// <summary>Packs what is built, a project or all, into a folder: always with the same time, so that the same gives the same.</summary>
    public void Pack(string project, string folder) => ToolRun.Dotnet(
        Repository.Root, "msbuild", project, "-t:Pack", "-nologo", "-nodeReuse:false", "-p:NoBuild=true",
        $"-p:Configuration={Configuration}", $"-p:PackageVersion={Version}", $"-p:PackageOutputPath={folder}",
        "-p:DeterministicTimestamp=2026-01-01T00:00:00Z");

    static string Configuration => typeof(Packed).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    /// <summary>An empty folder for a customer, outside the repository, whose packages come from here.</summary>
    public string CreateCustomer(string name) => _root.CreateSubdirectory(name).FullName;

    /// <summary>A package, or with <c>.snupkg</c> its symbols.</summary>
    public ZipArchive Open(string id, string extension = ".nupkg") => ZipFile.OpenRead(Path.Combine(Folder, $"{id}.{Version}{extension}"));

    /// <summary>What a package says of itself.</summary>
    public XElement Metadata(string id)
    {
        using ZipArchive package = Open(id);
        using Stream manifest = package.GetEntry($"{id}.nuspec")!.Open();
        return XDocument.Load(manifest).Root!.Elements().Single(element => element.Name.LocalName == "metadata");
    }

    public void Dispose() => _root.Delete(recursive: true);
}
