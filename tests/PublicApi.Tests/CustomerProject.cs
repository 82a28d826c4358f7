using System.Globalization;
using System.Xml.Linq;
using HotspotInference.Models;

namespace HotspotInference.PublicApi.Tests;

/// <summary>The console sample as a project of its own, which gets the libraries as packages.</summary>
static class CustomerProject
{
    static string Sample => Path.Combine(Repository.Root, "samples", "HotspotConsole", "Program.cs");

    /// <summary>Writes project and program into a folder.</summary>
    public static void Write(string folder, string version)
    {
        File.Copy(Sample, Path.Combine(folder, "Program.cs"));
        File.WriteAllText(Path.Combine(folder, "Customer.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <InvariantGlobalization>true</InvariantGlobalization>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <NoWarn>NU1507;NU1900</NoWarn>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="HotspotInference.Core" Version="{version}" />
                <PackageReference Include="HotspotInference.Models" Version="{version}" />
                <PackageReference Include="Microsoft.ML.OnnxRuntime" Version="{VersionOf("Microsoft.ML.OnnxRuntime")}" />
              </ItemGroup>
            </Project>
            """);
    }

    /// <summary>What the program is to say, from the libraries of this build.</summary>
    public static string ExpectedOutput()
    {
        var first = new DateTime(2016, 6, 14, 22, 0, 0);
        var incidents = Enumerable.Range(0, 30).Select(day => new Incident(first.AddDays(day), 38.8285, -77.0015));
        using var predictor = HotspotPredictor.Load(HotspotModels.DcGunfireDaily);
        HotspotForecast next = predictor.Predict(incidents, new DateOnly(2016, 7, 14));
        // The hottest cells of the map, counted from the northern edge: 36 columns a row.
        var hottest = next.Risk.ToArray().Select((risk, cell) => (risk, cell)).OrderByDescending(pair => pair.risk).Take(3);
        string[] lines =
        [
            $"2016-07-14: {Text(next.Risk.ToArray().Max())} at the corner",
            .. hottest.Select(pair => $"row {pair.cell / 36}, column {pair.cell % 36}: {Text(pair.risk)}"),
        ];
        return string.Concat(lines.Select(line => line + Environment.NewLine));
    }

    static string VersionOf(string id) =>
        XDocument.Load(Path.Combine(Repository.Root, "Directory.Packages.props")).Descendants("PackageVersion").Single(
            package => package.Attribute("Include")!.Value == id).Attribute("Version")!.Value;

    static string Text(float risk) => risk.ToString("0.000000", CultureInfo.InvariantCulture);
}
