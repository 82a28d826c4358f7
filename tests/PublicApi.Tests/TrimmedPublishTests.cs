using System.Runtime.InteropServices;

namespace HotspotInference.PublicApi.Tests;

/// <summary>A program that only predicts, published trimmed with the runtime inside.</summary>
[Collection(nameof(SharedPackages))]
[Trait("Category", "Slow")]
public sealed class TrimmedPublishTests(Packed packed)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Published_program_runs_without_a_runtime_and_our_assemblies_warn_of_nothing(bool singleFile)
    {
        string folder = packed.CreateCustomer(singleFile ? "single" : "trimmed");
        CustomerProject.Write(folder, packed.Version);

        // The analyzers for single files and ahead-of-time compilation look at the same code.
        string said = ToolRun.Dotnet(
            folder, "publish", "-c", "Release", "-nologo", "-v", "minimal", "-r", RuntimeInformation.RuntimeIdentifier, "--self-contained",
            "-p:PublishTrimmed=true", "-p:TrimmerSingleWarn=false", "-p:TreatWarningsAsErrors=false", "-p:EnableAotAnalyzer=true",
            "-p:EnableSingleFileAnalyzer=true", $"-p:PublishSingleFile={singleFile}", "-p:IncludeNativeLibrariesForSelfExtract=true",
            "-o", "published");

        string[] warnings = [.. said.Split('\n').Where(line => line.Contains("warning IL", StringComparison.Ordinal)).Distinct()];
        Assert.True(warnings.Length == 0, string.Join('\n', warnings));
        string program = Path.Combine(folder, "published", OperatingSystem.IsWindows() ? "Customer.exe" : "Customer");
        Assert.Equal(CustomerProject.ExpectedOutput(), ToolRun.Of(program, folder));
    }

    [Fact]
    public void Program_compiled_ahead_of_time_says_the_same()
    {
        string folder = packed.CreateCustomer("aot");
        CustomerProject.Write(folder, packed.Version);

        (int exitCode, string said, _) = ToolRun.Try("dotnet", folder, "publish", "-c", "Release", "-nologo", "-v", "minimal", "-r",
            RuntimeInformation.RuntimeIdentifier, "-p:PublishAot=true", "-p:TrimmerSingleWarn=false", "-p:TreatWarningsAsErrors=false", "-o", "published");

        // NuGet's messages for a package, or a version of it, that no feed has; and the SDK's for a machine without a linker.
        if (said.Contains("NU1101", StringComparison.Ordinal) || said.Contains("NU1102", StringComparison.Ordinal))
            Assert.Skip("The feed does not have the runtime pack of Native AOT.");
        if (said.Contains("Platform linker", StringComparison.Ordinal))
            Assert.Skip("This machine has no linker for Native AOT.");
        Assert.True(exitCode == 0, said);
        // What other packages warn of is theirs to mend.
        Assert.DoesNotContain(said.Split('\n'), line => line.Contains("warning IL", StringComparison.Ordinal)
            && line.Contains("HotspotInference.", StringComparison.Ordinal));
        string program = Path.Combine(folder, "published", OperatingSystem.IsWindows() ? "Customer.exe" : "Customer");
        Assert.Equal(CustomerProject.ExpectedOutput(), ToolRun.Of(program, folder));
    }
}
