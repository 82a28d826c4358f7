namespace HotspotInference.PublicApi.Tests;

/// <summary>The listing itself, on lines that a reader of the sources would expect.</summary>
public sealed class ApiListingTests
{
    static readonly string[] s_core = [.. ApiListing.Of(typeof(HotspotPredictor).Assembly)];

    [Theory]
    [InlineData("sealed class HotspotInference.HotspotPredictor : IDisposable, IIntensityForecaster, IRiskForecaster")]
    [InlineData("sealed record class HotspotInference.HotspotPredictorOptions")]
    [InlineData("    static HotspotPredictor Load(string path, HotspotPredictorOptions? options = null)")]
    [InlineData("    CityState CreateState(IEnumerable<Incident> incidents, out PlacementReport report, DateOnly? through = null)")]
    [InlineData("    BorderPolicy? Border { get; init; }")]
    [InlineData("    void Predict(in HotspotInput input, Span<float> risk)")]
    public void Listing_of_the_core_has_the_line(string line) => Assert.Contains(line, s_core);

    [Fact]
    public void Listing_leaves_out_what_is_internal()
    {
        Assert.DoesNotContain(s_core, line => line.Contains("BufferCount", StringComparison.Ordinal));
        Assert.DoesNotContain(s_core, line => line.Contains("ModelBuffersPool", StringComparison.Ordinal));
    }

    [Fact]
    public void Difference_names_the_type_of_a_member()
    {
        string[] before = ["class A", "    void F()", "class B", "    void F()"];
        string[] after = ["class A", "    void F(int x)", "class B", "    void F()"];

        Assert.Equal(["- class A | void F()", "+ class A | void F(int x)"], ApiDifference.Lines(before, after));
    }
}
