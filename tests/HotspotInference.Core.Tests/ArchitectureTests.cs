namespace HotspotInference.Tests;

/// <summary>Data goes one way: a folder of the core uses only folders to its left (docs/architecture.md).</summary>
public sealed class ArchitectureTests
{
    static readonly string[] s_stages =
    [
        "Periods", "Incidents", "Grids", "Heatmaps", "Trends", "Features", "Forecasts", "Prediction", "Baselines", "Evaluation",
        "Rendering", "Simulation",
    ];

    [Fact]
    public void Every_folder_uses_only_folders_to_its_left()
    {
        string core = Path.Combine(Repository.Root, "src", "HotspotInference.Core");
        var backwards = new List<string>();
        foreach (string file in Directory.EnumerateFiles(core, "*.cs", SearchOption.AllDirectories))
        {
            int stage = Array.IndexOf(s_stages, Path.GetRelativePath(core, file).Split(Path.DirectorySeparatorChar)[0]);
            if (stage < 0)
                continue;
            foreach (string line in File.ReadLines(file)
                .Where(line => line.StartsWith("using HotspotInference.", StringComparison.Ordinal)))
            {
                if (Array.IndexOf(s_stages, line["using HotspotInference.".Length..].TrimEnd(';')) > stage)
                    backwards.Add($"{Path.GetFileName(file)}: {line}");
            }
        }
        Assert.Empty(backwards);
    }

    [Fact]
    public void Every_folder_of_the_core_is_a_stage()
    {
        IEnumerable<string> folders = Directory.EnumerateDirectories(Path.Combine(Repository.Root, "src", "HotspotInference.Core"))
            .Select(path => Path.GetFileName(path)!);

        Assert.Equal(s_stages.Order(), folders.Except(["bin", "obj"]).Order());
    }
}
