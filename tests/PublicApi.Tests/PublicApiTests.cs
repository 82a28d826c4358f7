using System.Reflection;
using HotspotInference.Models;
using HotspotInference.Onnx;

namespace HotspotInference.PublicApi.Tests;

/// <summary>What the libraries offer is what stands in the files beside this one: a change of it is seen, and meant.</summary>
public sealed class PublicApiTests
{
    /// <summary>Set to 1, the tests write the files instead of comparing them.</summary>
    const string Update = "HOTSPOT_UPDATE_PUBLIC_API";

    public static TheoryData<string> Libraries => [.. s_libraries.Keys];

    static readonly Dictionary<string, Assembly> s_libraries = new Assembly[]
    {
        typeof(HotspotPredictor).Assembly, typeof(HotspotDataCatalog).Assembly, typeof(HotspotModels).Assembly,
        typeof(ModelTransfer).Assembly,
    }.ToDictionary(assembly => assembly.GetName().Name!);

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Library_offers_what_its_file_says(string name)
    {
        string file = Path.Combine(Repository.Root, "tests", "PublicApi.Tests", name + ".txt");
        string[] offered = [.. ApiListing.Of(s_libraries[name])];
        Assert.NotEmpty(offered);
        if (Environment.GetEnvironmentVariable(Update) == "1")
            File.WriteAllText(file, string.Join('\n', offered) + "\n");

        string[] written = File.Exists(file) ? File.ReadAllLines(file) : [];
        string difference = string.Join('\n', [
            .. ApiDifference.Lines(written, offered).Take(40),
            $"{name} offers something else than {file} says. Where that is meant, write the file anew and commit it:",
            $"    {Update}=1 dotnet test --project tests/PublicApi.Tests -c Release",
        ]);
        Assert.True(offered.SequenceEqual(written), difference);
    }
}
