using HotspotInference.Docs.Tests.Markdown;
using Microsoft.ML.OnnxRuntime;

namespace HotspotInference.Docs.Tests;

/// <summary>Messages in docs/faq.md and docs/gpu.md that no command of theirs brings out are the program's own words.</summary>
public sealed class MessageTests
{
    static readonly string s_faq = File.ReadAllText(Pages.All["docs/faq.md"].Path);

    [Theory]
    [InlineData("The .NET 10 SDK is missing. Install it: https://dotnet.microsoft.com/download/dotnet/10.0", "substitutes/setup.sh")]
    [InlineData("Leaflet is missing: 'npm ci' in ", "src/HotspotInference.Cli/HotspotInference.Cli.csproj")]
    [InlineData("not found beside this program or on the PATH", "src/HotspotInference.Cli/Verbs/TrainingToolVerb.cs")]
    [InlineData("the system has no time zones, so --time-zone will not work. Install them: apt-get install tzdata.", "src/HotspotInference.Cli/Verbs/InfoVerb.cs")]
    [InlineData("leaky: a forecaster could see what it forecast. These numbers mean nothing.", "src/HotspotInference.Cli/Verbs/EvaluateVerb.cs")]
    [InlineData("the grid aliases on the lattice of the coordinates", "src/HotspotInference.Cli/Options/HeatmapOptions.cs")]
    public void Message_is_the_programs(string message, string source)
    {
        Assert.Contains(message, s_faq, StringComparison.Ordinal);
        Assert.Contains(message, File.ReadAllText(Path.Combine(Repository.Root, source)), StringComparison.Ordinal);
    }

    [Fact]
    public void Message_of_a_missing_card_is_the_librarys()
    {
        if (OrtEnv.Instance().GetAvailableProviders().Contains("CUDAExecutionProvider"))
            Assert.Skip("This ONNX Runtime was built with CUDA.");

        var e = Assert.Throws<HotspotException>(() => HotspotPredictor.Load(
            Path.Combine(Repository.Root, "onnx", "demo-city.onnx"), new HotspotPredictorOptions { Device = InferenceDevice.Cuda }));

        Assert.Contains(e.Message, string.Join(' ', File.ReadAllText(Pages.All["docs/gpu.md"].Path).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.StartsWith(s_faq[(s_faq.IndexOf("device Cuda:", StringComparison.Ordinal))..].Split('\n')[0], e.Message, StringComparison.Ordinal);
    }
}
