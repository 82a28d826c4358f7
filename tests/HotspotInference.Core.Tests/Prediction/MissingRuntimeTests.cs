namespace HotspotInference.Tests.Prediction;

public sealed class MissingRuntimeTests
{
    static readonly string s_model = Path.Combine(Repository.Root, "onnx", "demo-city.onnx");

    // This project does not reference the package with the native library, like an application that forgot it. Models are run in
    // HotspotInference.Onnx.Tests.
    [Fact]
    public void Load_without_the_native_library_names_the_packages_to_add()
    {
        if (OperatingSystem.IsWindows())
            Assert.Skip("Windows brings an ONNX Runtime of its own.");

        var e = Assert.Throws<HotspotException>(() => HotspotPredictor.Load(s_model));

        Assert.Equal("ONNX Runtime", e.Subject);
        Assert.Contains("Microsoft.ML.OnnxRuntime (processor)", e.Expected, StringComparison.Ordinal);
        Assert.Contains("Microsoft.ML.OnnxRuntime.Gpu", e.Expected, StringComparison.Ordinal);
        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "faq.md"));
        Assert.Contains($"ONNX Runtime: its native library cannot be loaded (...); expected {e.Expected}. {e.Remedy}", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Metadata_are_read_without_the_native_library() =>
        Assert.Equal("demo city", HotspotPredictor.ReadMetadata(s_model).Name);
}
