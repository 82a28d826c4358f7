using System.Reflection;

namespace HotspotInference.PublicApi.Tests;

/// <summary>What was built with these tests, in their configuration.</summary>
static class Built
{
    /// <summary>Debug or Release.</summary>
    public static string Configuration { get; } =
        typeof(Built).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    /// <summary>The folder of a sample's program.</summary>
    public static string FolderOf(string sample) => Path.Combine(Repository.Root, "samples", sample, "bin", Configuration, "net10.0");
}
