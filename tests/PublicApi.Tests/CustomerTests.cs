namespace HotspotInference.PublicApi.Tests;

/// <summary>A customer's project outside the repository, made of nothing but packages.</summary>
[Collection(nameof(PackedCollection))]
public sealed class CustomerTests(Packed packed)
{
    [Fact]
    public void Five_lines_with_the_packages_give_the_forecast()
    {
        string folder = packed.CreateCustomer("console");
        CustomerProject.Write(folder, packed.Version);

        ToolRun.Dotnet(folder, "build", "-c", "Release", "-nologo", "-v", "quiet");

        Assert.Equal(CustomerProject.ExpectedOutput(), ToolRun.Dotnet(folder, Path.Combine("bin", "Release", "net10.0", "Customer.dll")));
    }

    [Fact]
    public void Tool_installs_from_its_package_and_runs()
    {
        string folder = packed.CreateCustomer("tool");

        ToolRun.Dotnet(folder, "tool", "install", "HotspotInference.Cli", "--version", packed.Version, "--tool-path", "tools");

        string said = ToolRun.Of(Path.Combine(folder, "tools", OperatingSystem.IsWindows() ? "hotspot.exe" : "hotspot"), folder, "info");
        Assert.Contains("ONNX Runtime", said, StringComparison.Ordinal);
        Assert.Contains("CPUExecutionProvider", said, StringComparison.Ordinal);
    }
}
